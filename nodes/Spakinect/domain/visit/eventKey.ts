import { createHash } from 'crypto';
import { readMillis, readNames } from './apiVisit';
import { DECISION_LISTS } from './decisions';
import { statusKey } from './status';

/** The event that Spakinect sends when a provider has evaluated a visit. */
export const VISIT_COMPLETED = 'visit.completed';

const LENGTH = 32;

/** In a dated key, this many characters stand for the decisions and the rest for the date. */
const DECISIONS_LENGTH = 24;

/**
 * The key of one event of a visit: event, GFE, status, decisions and, where the visit has one, the time of
 * the evaluation. So deferred, approved, deferred again are three keys, and the same evaluation has one key
 * in the webhook, in a list and in Get.
 *
 * - The timestamp of a delivery doesn't count, because Spakinect may send the same event with a new one.
 * - The order of a list doesn't count. The evaluation time counts as an instant, in whole seconds, however
 *   it is written.
 * - It is a hash, so it carries no patient data.
 *
 * @returns 32 lower-case hex characters
 */
export function visitKey(event: string, gfeId: string, visit: Record<string, unknown>): string {
	const decisions = DECISION_LISTS.map((list) => sortedTexts(visit[list]));
	const undated = hash([event, gfeId, statusKey(visit.status), ...decisions]);
	const evaluated = readMillis(visit.evaluation_completed);
	if (evaluated === null) return undated;
	const date = hash([undated, Math.floor(evaluated / 1000)]);
	return undated.slice(0, DECISIONS_LENGTH) + date.slice(0, LENGTH - DECISIONS_LENGTH);
}

/**
 * Whether a stored key matches the visit's current state. A source without the evaluation time, such as every
 * list with a Client key, gives another key for the same event. So if one of the two has no time, the decisions
 * are enough.
 *
 * @param recorded an `event_id` that was stored, from any source
 */
export function isKeyOfVisit(
	recorded: string,
	event: string,
	gfeId: string,
	visit: Record<string, unknown>,
): boolean {
	const undated = visitKey(event, gfeId, { ...visit, evaluation_completed: undefined });
	if (recorded === undated || recorded === visitKey(event, gfeId, visit)) return true;
	const isDated = readMillis(visit.evaluation_completed) !== null;
	return (
		!isDated &&
		recorded.length === LENGTH &&
		recorded.startsWith(undated.slice(0, DECISIONS_LENGTH))
	);
}

/**
 * The key of any other event: a hash of all its bytes. It isn't documented how such events differ. A key
 * without any part, even the time, could treat a second event as a duplicate and lose it.
 */
export const otherKey = (rawBody: Buffer): string => digest(rawBody);

/** The key of a delivery whose decisions are unknown. Each generated delivery has its own key. */
export const incompleteKey = (event: string, gfeId: string, generatedAt: number): string =>
	hash([event, gfeId, 'incomplete', generatedAt]);

const sortedTexts = (value: unknown): string[] => [...new Set(readNames(value))].sort();

const hash = (parts: unknown[]): string => digest(JSON.stringify(parts));

const digest = (content: string | Buffer): string =>
	createHash('sha256').update(content).digest('hex').slice(0, LENGTH);

/**
 * The key of an event that the polling trigger found. Completed visits and changed decisions get the key that
 * the webhook trigger gives the same event, so one Remove Duplicates node works behind both triggers.
 *
 * @param event an event of the polling trigger, such as `completed`
 */
export function polledKey(event: string, gfeId: string, visit: Record<string, unknown>): string {
	if (event === 'created') return visitKey(event, gfeId, {});
	if (event === 'completed' || event === 'decisionsChanged') {
		return visitKey(VISIT_COMPLETED, gfeId, visit);
	}
	return visitKey(event, gfeId, { status: visit.status });
}
