const HOUR_MS = 3_600_000;

/** What to do with a failure: show it as a failed execution, write it to the log, or stay quiet. */
export type Loudness = 'throw' | 'log' | 'quiet';

interface Known {
	kind: string;
	thrown: boolean;
	loggedAt: number;
}

/**
 * Keeps a lasting outage from filling the execution list: a failure is thrown once, then logged at most
 * once an hour, until its location answers again. Another kind of failure is thrown anew.
 */
export class PollFailures {
	private readonly known = new Map<string, Known>();

	/**
	 * @param place    the location that failed
	 * @param kind     see `failureKind`
	 * @param canThrow false when throwing would lose the events of other locations
	 * @param now      Unix milliseconds
	 */
	note(place: string, kind: string, canThrow: boolean, now: number): Loudness {
		const last = this.known.get(place);
		const known = last?.kind === kind ? last : { kind, thrown: false, loggedAt: -Infinity };
		this.known.set(place, known);
		if (canThrow && !known.thrown) {
			known.thrown = true;
			known.loggedAt = now;
			return 'throw';
		}
		if (now - known.loggedAt < HOUR_MS) return 'quiet';
		known.loggedAt = now;
		return 'log';
	}

	/** The location answered: its next failure is news again. */
	clear(place: string): void {
		this.known.delete(place);
	}
}

/** Refusals (4xx) are told apart by status; every outage (5xx, no answer) is the same one. */
export function failureKind(httpCode: unknown): string {
	const status = Number(httpCode);
	return status >= 400 && status < 500 ? String(status) : 'outage';
}

/** What this process knows about one polling trigger: failures, whether a poll runs, what has worked. */
export interface PollMemory {
	failures: PollFailures;
	/** Start of the poll that is running, Unix ms. */
	runningSince?: number;
	/** The scope and locations with which a poll has ended well. */
	settledFor?: string;
}

const LIMIT = 1_000;
const memories = new Map<string, PollMemory>();

/** The memory of one trigger; the one unused for longest goes first. */
export function pollMemory(nodeKey: string): PollMemory {
	const memory = memories.get(nodeKey) ?? { failures: new PollFailures() };
	memories.delete(nodeKey);
	memories.set(nodeKey, memory);
	if (memories.size > LIMIT) memories.delete(memories.keys().next().value ?? '');
	return memory;
}
