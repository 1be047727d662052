import { treatmentKey } from '../treatment/key';

/**
 * The provider's decision on one treatment of one visit. `undecided` means requested but in none of the
 * decision lists.
 */
export type Decision = 'approved' | 'conditionally_approved' | 'deferred' | 'undecided';

/** From the most to the least cautious. If two decisions compete, the first of them in this list counts. */
export const MOST_CAUTIOUS_FIRST: readonly Decision[] = [
	'deferred',
	'conditionally_approved',
	'undecided',
	'approved',
];

/** The lists of a visit that hold decisions. Event keys and marks depend on this order. */
export const DECISION_LISTS = [
	'approved_treatments',
	'conditionally_approved_treatments',
	'deferred_treatments',
] as const;

/** The lists of a visit that decisions are read from. */
interface DecisionLists {
	requested_treatments: string[];
	approved_treatments: string[];
	conditionally_approved_treatments: string[];
	deferred_treatments: string[];
}

const includes = (names: readonly string[], key: string) =>
	names.some((name) => treatmentKey(name) === key);

/**
 * The visit's decision on a treatment, from its lists. A treatment may be in several lists or in none. In two
 * lists, the more cautious decision counts. The status isn't checked here, so a caller that acts on an approval
 * must check `status_group` too.
 * @returns null when the treatment was neither requested nor decided
 */
export function decisionFor(visit: DecisionLists, treatment: string): Decision | null {
	const key = treatmentKey(treatment);
	if (includes(visit.deferred_treatments, key)) return 'deferred';
	if (includes(visit.conditionally_approved_treatments, key)) return 'conditionally_approved';
	if (includes(visit.approved_treatments, key)) return 'approved';
	return includes(visit.requested_treatments, key) ? 'undecided' : null;
}
