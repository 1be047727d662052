import { memoize } from '../boundedMap';
import { collapseSpaces } from '../text';

/** The meaning of a status. `completed` means evaluated, not cleared: every treatment may be deferred. */
export type StatusGroup = 'open' | 'completed' | 'cancelled' | 'rejected' | 'unknown';

/**
 * Documented and reported statuses, for pickers. The API's own texts disagree, so any other status must work
 * too.
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
 * Open means that there are no decisions yet. `Approved` is documented next to `Completed`, but decisions come
 * only with `Completed`, so it is open. `Not Completed` can still be canceled, so it is open too.
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
 * The form in which statuses are compared: without case and surplus spaces. A value that isn't a text gives an
 * empty key.
 */
export function statusKey(status: unknown): string {
	return typeof status === 'string' ? collapseSpaces(status).toLowerCase() : '';
}

/** Matches a status that may name a person, such as `Cancelled by Ada Example`. */
const NAMES_SOMEBODY = /\s(by|for|from|of|to|with)\s+[A-Z]/;

/**
 * A status for a message: the API's own text, if it is a few plain words. Any other text may contain data that
 * must not be in a message.
 */
export function shownStatus(status: unknown): string {
	const text = typeof status === 'string' ? collapseSpaces(status) : '';
	const isPlain = /^[a-z][a-z -]{0,29}$/i.test(text) && !NAMES_SOMEBODY.test(text);
	return isPlain ? text : 'unknown';
}

/**
 * The group of a raw status. Every "Cancelled …" (also spelled "Canceled") is `cancelled`. A new status is
 * `unknown`.
 */
export function statusGroup(status: unknown): StatusGroup {
	return typeof status === 'string' ? groupOf(status) : 'unknown';
}

/** Whether a visit of this group has ended. */
export const isEnd = (group: string): group is 'completed' | 'cancelled' | 'rejected' =>
	group === 'completed' || group === 'cancelled' || group === 'rejected';

const groupOf = memoize((status): StatusGroup => {
	const key = statusKey(status);
	return GROUPS.get(key) ?? (/^cancell?ed\b/.test(key) ? 'cancelled' : 'unknown');
});
