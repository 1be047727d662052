import { memoize } from '../text/memoize';
import { collapseSpaces } from '../text/text';

/**
 * What a status means for the reader. `completed` says evaluated, not cleared: every treatment may
 * be deferred.
 */
export type StatusGroup = 'open' | 'completed' | 'cancelled' | 'rejected' | 'unknown';

/**
 * Documented and reported statuses, for pickers. The set is open: the API's own texts disagree, so
 * any other text must be survived.
 */
export const KNOWN_STATUSES: readonly string[] = [
	'Intake',
	'Processing',
	'Scheduled',
	'Waiting',
	'Pending Review',
	'Approved',
	'Completed',
	'Not Completed',
	'Cancelled',
	'Cancelled by client',
	'Rejected',
];

/**
 * Open = no decisions to read yet. `Approved` is documented beside `Completed` and says nothing
 * about decisions, which come with `Completed` only, so it is open.
 * `Not Completed` can still be cancelled, so it is open too.
 */
const GROUPS = new Map<string, StatusGroup>([
	['intake', 'open'],
	['processing', 'open'],
	['scheduled', 'open'],
	['waiting', 'open'],
	['pending review', 'open'],
	['approved', 'open'],
	['not completed', 'open'],
	['completed', 'completed'],
	['rejected', 'rejected'],
]);

/**
 * Form in which statuses are compared: without case and surplus spaces. A value that is no text
 * gives an empty key.
 */
export function statusKey(status: unknown): string {
	return typeof status === 'string' ? collapseSpaces(status).toLowerCase() : '';
}

/** `Cancelled by Ada Example` names somebody. */
const NAMES_SOMEBODY = /\s(by|for|from|of|to|with)\s+[A-Z]/;

/**
 * A status as a message may name it: the API's own text, if it is a few plain words. Anything else could hold
 * what belongs into no message.
 */
export function shownStatus(status: unknown): string {
	const text = typeof status === 'string' ? collapseSpaces(status) : '';
	const isPlain = /^[a-z][a-z -]{0,29}$/i.test(text) && !NAMES_SOMEBODY.test(text);
	return isPlain ? text : 'unknown';
}

/**
 * Group of a raw status; every "Cancelled …" (and the spelling "Canceled") is cancelled, a text
 * never seen before is `unknown`.
 */
export function statusGroup(status: unknown): StatusGroup {
	return typeof status === 'string' ? groupOf(status) : 'unknown';
}

const groupOf = memoize((status): StatusGroup => {
	const key = statusKey(status);
	return GROUPS.get(key) ?? (/^cancell?ed\b/.test(key) ? 'cancelled' : 'unknown');
});
