import { BoundedMap } from '../../domain/boundedMap';
import type { PollState } from './state';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NEVER = { thrownAt: -Infinity, loggedAt: -Infinity };

/** What to do with a failure: show it as a failed execution, log it, or do nothing. */
type Loudness = 'throw' | 'log' | 'quiet';

/**
 * Who sees an error that a poll throws. `yes`: n8n shows a failed execution. `maybe`: the first poll of a
 * publication, where n8n drops the error and tries again, unless its scheduler makes every poll a first one.
 * `mustNotThrow`: items would be lost, or n8n would give up the trigger.
 */
export type Audience = 'yes' | 'maybe' | 'mustNotThrow';

interface Known {
	kind: string;
	/** How often it was thrown. An error that was certainly seen counts as `ENOUGH`. */
	shown: number;
	thrownAt: number;
	loggedAt: number;
}

const ENOUGH = 2;

/** Longer than n8n waits between its attempts to publish, shorter than the time between two polls. */
const ATTEMPTS_MS = 50_000;

/**
 * Prevents a lasting outage from filling the execution list. A failure is shown once a day and logged at most
 * once an hour, until its location answers again. Another kind of failure is shown again.
 */
export class PollFailures {
	private readonly known = new Map<string, Known>();

	/**
	 * @param place    the location that failed
	 * @param kind     see `failureKind`
	 * @param audience who would see the error
	 * @param now      Unix milliseconds
	 */
	note(place: string, kind: string, audience: Audience, now: number): Loudness {
		const last = this.known.get(place);
		const known = last?.kind === kind ? last : { kind, shown: 0, ...NEVER };
		this.known.set(place, known);
		if (now - known.thrownAt >= DAY_MS) known.shown = 0;
		const isRetry = audience === 'maybe' && now - known.thrownAt < ATTEMPTS_MS;
		if (audience !== 'mustNotThrow' && !isRetry && known.shown < ENOUGH) {
			known.shown += audience === 'yes' ? ENOUGH : 1;
			known.thrownAt = known.loggedAt = now;
			return 'throw';
		}
		if (now - known.loggedAt < HOUR_MS) return 'quiet';
		known.loggedAt = now;
		return 'log';
	}

	/** To be called when the location has answered, so that its next failure is reported again. */
	clear(place: string): void {
		this.known.delete(place);
	}
}

/** The kind of a failure. Refusals (4xx) differ by status. All outages (5xx, no answer) are the same kind. */
export function failureKind(httpCode: unknown): string {
	const status = Number(httpCode);
	return status >= 400 && status < 500 ? String(status) : 'outage';
}

/** What this process remembers about one polling trigger: failures, the running poll, and what has worked. */
export interface PollMemory {
	failures: PollFailures;
	/**
	 * The running poll, with its start in Unix milliseconds. A poll that is no longer stored here was
	 * overtaken.
	 */
	running?: { since: number };
	/** The scope and locations of the last successful poll. */
	settledFor?: string;
	/** The panel's values, as JSON, of the last time the API was opened. */
	openedFor?: string;
	/** The state after the last successful poll. See `newerState`. */
	state?: PollState;
}

const memories = new BoundedMap<string, PollMemory>(1_000);

/** The memory of one trigger. The number of memories is limited: the one unused for longest is dropped first. */
export function pollMemory(nodeKey: string): PollMemory {
	return memories.use(nodeKey, () => ({ failures: new PollFailures() }));
}
