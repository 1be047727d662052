import { uniqueTreatments } from '../treatment/key';
import type { Decision } from './decisions';
import { decisionFor } from './decisions';
import type { StatusGroup } from './status';
import type { Visit } from './visit';

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
