import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { refuse, refuseWithCategory } from './replies.mts';
import type { Fault, Origin } from './types.mts';

interface Target {
	api: Origin;
	method: string;
	path: string;
}

/**
 * The effect of the faults on one request. At most one of the first three is set. None means normal processing.
 */
export interface Strike {
	drop?: true;
	answer?: { status: number; headers: Record<string, string>; payload: string };
	/** Process the request, then break the answer. */
	after?: 'drop_after' | 'truncated';
	/** To be called when the request has ended, also after a failure. */
	release: () => void;
}

interface Active {
	fault: Fault;
	path: RegExp | null;
	running: number;
	struck: number;
}

const json = { 'content-type': 'application/json; charset=utf-8' };
const html = '<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>';

function answerOf(fault: Fault): NonNullable<Strike['answer']> {
	const headers: Record<string, string> = fault.retryAfter
		? { 'retry-after': fault.retryAfter }
		: {};
	const reply = (status: number, payload: string, more: Record<string, string> = json) => ({
		status,
		headers: { ...headers, ...more },
		payload,
	});
	if (fault.kind === 'redirect') {
		return reply(fault.status ?? 302, '', { location: fault.location ?? '' });
	}
	if (fault.kind === 'empty') return reply(fault.status ?? 200, '', {});
	if (fault.kind === 'html') {
		const payload = typeof fault.body === 'string' ? fault.body : html;
		return reply(fault.status ?? 502, payload, { 'content-type': 'text/html; charset=utf-8' });
	}
	const kindStatus = { concurrency: 429, success_false: 200 }[fault.kind as string] ?? 500;
	const status = fault.status ?? kindStatus;
	if (typeof fault.body === 'string')
		return reply(status, fault.body, { 'content-type': 'text/plain' });
	const usual =
		fault.kind === 'success_false'
			? refuse(status, 'The request could not be processed')
			: refuseWithCategory(status, 'Simulated failure');
	return reply(status, JSON.stringify(fault.body ?? usual.body));
}

/** The active faults, and which of them affect a request. */
export class Faults {
	private active: Active[] = [];

	constructor(private readonly closing: AbortSignal) {
		// Each waiting request listens until its pause ends. Node's limit of 10 would report them as a leak.
		setMaxListeners(0, closing);
	}

	/**
	 * Replaces all faults.
	 * @throws SyntaxError if a `path` isn't a regular expression. The old faults then stay
	 */
	replace(faults: Fault[]): void {
		this.active = faults.map((fault) => ({
			fault: { ...fault },
			path: fault.match?.path === undefined ? null : new RegExp(fault.match.path),
			running: 0,
			struck: 0,
		}));
	}

	list(): (Fault & { struck: number })[] {
		return this.active.map(({ fault, struck }) => ({ ...fault, struck }));
	}

	/** Decides about one request. Delays happen here. */
	async strike(target: Target): Promise<Strike> {
		if (this.active.length === 0) return { release: () => undefined };
		const matching = this.active.filter((one) => this.matches(one, target));
		const holding: Active[] = [];
		const release = () => {
			for (const one of holding.splice(0)) one.running -= 1;
		};
		for (const one of matching.filter(({ fault }) => fault.kind === 'concurrency')) {
			if (one.running >= (one.fault.max ?? 1)) {
				release();
				this.count(one);
				return { answer: answerOf(one.fault), release };
			}
			one.running += 1;
			holding.push(one);
		}
		// Without a pause, a request finishes within one turn of the event loop and never overlaps another.
		for (const one of holding) await this.pause(one.fault.delayMs ?? 20);
		return await this.strikeInOrder(matching, release);
	}

	private async strikeInOrder(matching: Active[], release: () => void): Promise<Strike> {
		for (const one of matching) {
			const { fault } = one;
			if (fault.kind === 'concurrency' || fault.times === 0) continue;
			this.count(one);
			if (fault.kind === 'drop_before') return { drop: true, release };
			if (fault.kind === 'drop_after' || fault.kind === 'truncated') {
				return { after: fault.kind, release };
			}
			await this.pause(fault.delayMs ?? 0);
			if (fault.kind !== 'delay') return { answer: answerOf(fault), release };
		}
		return { release };
	}

	private matches({ fault, path }: Active, target: Target): boolean {
		const { api = '*', method } = fault.match ?? {};
		if (fault.times === 0 || (api !== '*' && api !== target.api)) return false;
		if (method !== undefined && method.toUpperCase() !== target.method) return false;
		const bare = target.path.replace(/^\/(emr|client)(?=\/)/, '');
		if (path !== null && !path.test(target.path) && !path.test(bare)) return false;
		if (!fault.skip) return true;
		fault.skip -= 1;
		return false;
	}

	private count(one: Active): void {
		one.struck += 1;
		if (one.fault.times !== undefined) one.fault.times -= 1;
	}

	private async pause(ms: number): Promise<void> {
		if (ms > 0) await sleep(ms, undefined, { signal: this.closing }).catch(() => undefined);
	}
}
