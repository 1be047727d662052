import { BoundedMap } from '../../domain/boundedMap';
import type { PollState } from './state';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NEVER = { thrownAt: -Infinity, loggedAt: -Infinity };

/** What to do with a failure: show it as a failed execution, write it to the log, or stay quiet. */
export type Loudness = 'throw' | 'log' | 'quiet';

/**
 * Who sees it when a poll throws. `yes`: n8n shows a failed execution. `maybe`: the first poll of a
 * publication, where n8n swallows the error and tries again, unless it makes each tick a first one (its
 * scheduler). `mustNotThrow`: items would be lost, or n8n would give the trigger up.
 */
export type Audience = 'yes' | 'maybe' | 'mustNotThrow';

interface Known {
	kind: string;
	/** How often it was thrown; where that was surely seen, it counts as often as it takes. */
	shown: number;
	thrownAt: number;
	loggedAt: number;
}

const ENOUGH = 2;

/** Longer than n8n waits between its attempts at publishing, shorter than between two ticks. */
const ATTEMPTS_MS = 50_000;

/**
 * Keeps a lasting outage from filling the execution list: a failure is shown once a day, and logged at
 * most once an hour beside that, until its location answers again. Another kind of failure is shown anew.
 */
export class PollFailures {
	private readonly known = new Map<string, Known>();

	/**
	 * @param place    the location that failed
	 * @param kind     see `failureKind`
	 * @param audience who would see it thrown
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

	/** The location answered, so its next failure is reported again. */
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
	/** The poll that is running; one that is no longer in here was overtaken. Start in Unix ms. */
	running?: { since: number };
	/** The scope and locations with which a poll has ended well. */
	settledFor?: string;
	/** The panel, as JSON, with which the API was opened last. */
	openedFor?: string;
	/** The state after the last poll that ended well; see `newerState`. */
	state?: PollState;
}

const memories = new BoundedMap<string, PollMemory>(1_000);

/** The memory of one trigger; the one unused for longest goes first. */
export function pollMemory(nodeKey: string): PollMemory {
	return memories.use(nodeKey, () => ({ failures: new PollFailures() }));
}
