import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Faults, Strike } from './faults.mts';
import type { Store } from './store.mts';
import type { JournalEntry, Origin } from './types.mts';

/** The most journal entries. The oldest are dropped first. */
const journalLimit = 100_000;

interface Stats {
	inFlight: number;
	maxInFlight: number;
	requests: number;
}

interface Passage {
	entry: JournalEntry;
	/** Unset while the faults decide. */
	strike?: Strike;
}

/** Handles every request of the APIs and of the files origin: journal, counters, faults. */
export class Gate {
	readonly stats: Stats = { inFlight: 0, maxInFlight: 0, requests: 0 };
	private readonly passages = new WeakMap<FastifyRequest, Passage>();
	private counter = 0;

	constructor(
		private readonly store: Store,
		private readonly faults: Faults,
	) {}

	resetStats(): void {
		this.stats.maxInFlight = this.stats.inFlight;
		this.stats.requests = 0;
	}

	/**
	 * Adds a request to the journal and applies the faults.
	 * @returns false if it was answered or dropped here
	 */
	async enter(request: FastifyRequest, reply: FastifyReply, api: Origin): Promise<boolean> {
		const entry = this.open(request, api);
		const started = performance.now();
		const passage: Passage = { entry };
		this.passages.set(request, passage);
		reply.raw.once('close', () => {
			this.stats.inFlight -= 1;
			passage.strike?.release();
			entry.ms = Math.round((performance.now() - started) * 10) / 10;
			if (!reply.raw.writableFinished) entry.status = null;
		});
		const strike = await this.faults.strike({ api, method: request.method, path: entry.path });
		if (reply.raw.destroyed) strike.release();
		passage.strike = strike;
		if (strike.drop) {
			reply.hijack();
			request.raw.socket.destroy();
			return false;
		}
		if (!strike.answer) return true;
		const { status, headers, payload } = strike.answer;
		this.send(request, reply, status, headers, payload);
		return false;
	}

	/** Writes an answer, unless a fault drops or truncates it. */
	send(
		request: FastifyRequest,
		reply: FastifyReply,
		status: number,
		headers: Record<string, string>,
		payload: string | Buffer,
	): void {
		const passage = this.passages.get(request);
		const after = passage?.strike?.after;
		if (passage) passage.entry.status = status;
		if (after === undefined) {
			reply.code(status).headers(headers).send(payload);
			return;
		}
		reply.hijack();
		const { socket } = request.raw;
		if (after === 'drop_after') {
			socket.destroy();
			return;
		}
		const whole = Buffer.from(payload);
		reply.raw.writeHead(status, { ...headers, 'content-length': whole.length });
		reply.raw.write(whole.subarray(0, Math.floor(whole.length / 2)));
		socket.destroySoon();
	}

	private open(request: FastifyRequest, api: Origin): JournalEntry {
		this.stats.requests += 1;
		this.stats.inFlight += 1;
		this.stats.maxInFlight = Math.max(this.stats.maxInFlight, this.stats.inFlight);
		this.counter += 1;
		const header = request.headers['x-api-key'];
		const key = typeof header === 'string' ? this.store.keys.get(header) : undefined;
		const entry: JournalEntry = {
			n: this.counter,
			at: new Date().toISOString(),
			api,
			method: request.method,
			path: request.url.split('?', 1)[0] ?? '',
			query: { ...(request.query as Record<string, unknown>) },
			body: request.body ?? null,
			keyName: key ? (key.name ?? key.key) : null,
			status: null,
			ms: null,
		};
		const { journal } = this.store;
		journal.push(entry);
		if (journal.length > journalLimit) journal.splice(0, journalLimit / 10);
		return entry;
	}
}
