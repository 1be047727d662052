import { treatmentKey } from '../treatment/treatments';

/**
 * What the provider decided on one treatment of one visit. `undecided` = requested and in none of
 * the decision lists.
 */
export type Decision = 'approved' | 'conditionally_approved' | 'deferred' | 'undecided';

/**
 * From the most to the least cautious: where two decisions compete, the earlier in this list
 * counts.
 */
export const MOST_CAUTIOUS_FIRST: readonly Decision[] = [
	'deferred',
	'conditionally_approved',
	'undecided',
	'approved',
];

/** The lists of a visit that decisions are read from. */
export interface DecisionLists {
	requested_treatments: string[];
	approved_treatments: string[];
	conditionally_approved_treatments: string[];
	deferred_treatments: string[];
}

const includes = (names: readonly string[], key: string) =>
	names.some((name) => treatmentKey(name) === key);

/**
 * The visit's decision on a treatment, as its lists say; the lists are not a partition of the
 * request.
 * A treatment in two lists has the more cautious decision. The status is not looked at: whoever
 * acts on an approval checks `status_group` too.
 * @returns null when the treatment was neither requested nor decided
 */
export function decisionFor(visit: DecisionLists, treatment: string): Decision | null {
	const key = treatmentKey(treatment);
	if (includes(visit.deferred_treatments, key)) return 'deferred';
	if (includes(visit.conditionally_approved_treatments, key)) return 'conditionally_approved';
	if (includes(visit.approved_treatments, key)) return 'approved';
	return includes(visit.requested_treatments, key) ? 'undecided' : null;
}
