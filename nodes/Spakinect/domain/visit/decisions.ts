import { treatmentKey, uniqueTreatments } from '../treatment/key';
import type { StatusGroup } from './status';
import type { Visit } from './visit';

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

/** The `treatments` output: one flat row per treatment. Keys and their order are part of the contract. */
export type TreatmentRow = {
	gfe_id: string;
	location_id?: string;
	/** Null if the visit names no treatment. */
	treatment: string | null;
	decision: Decision;
	/** False if it was decided without a request. */
	requested: boolean;
	status: string;
	status_group: StatusGroup;
	evaluation_completed: string | null;
	patient_name: string | null;
	patient_first_name: string | null;
	patient_last_name: string | null;
	patient_email: string | null;
	patient_dob: string | null;
};

/**
 * One row per treatment: the requested ones in their order, then those decided without a request. A visit
 * without any treatment is one row with `treatment: null`, so that no visit is lost in a spreadsheet.
 */
export function toTreatmentRows(visit: Visit): TreatmentRow[] {
	const requested = uniqueTreatments(visit.requested_treatments).length;
	const treatments: Array<string | null> = uniqueTreatments([
		...visit.requested_treatments,
		...visit.approved_treatments,
		...visit.conditionally_approved_treatments,
		...visit.deferred_treatments,
	]);
	if (treatments.length === 0) treatments.push(null);
	const { patient_details: patient } = visit;
	return treatments.map((treatment, index) => ({
		gfe_id: visit.gfe_id,
		...(visit.location_id === undefined ? {} : { location_id: visit.location_id }),
		treatment,
		decision: (treatment === null ? null : decisionFor(visit, treatment)) ?? 'undecided',
		requested: index < requested,
		status: visit.status,
		status_group: visit.status_group,
		evaluation_completed: visit.evaluation_completed,
		patient_name: patient.name,
		patient_first_name: patient.first_name,
		patient_last_name: patient.last_name,
		patient_email: patient.email,
		patient_dob: patient.dob,
	}));
}
