import type { Store } from './store.mts';
import type { Decision, PatientDetails, Visit } from './types.mts';
import { addVisit, completeVisit, planPdf, setDecisions, type PdfPlan } from './visits.mts';

/** Fields of a visit that the control API sets unchanged. */
export const visitFields = [
	'gfe_id',
	'kind',
	'location_id',
	'created_by',
	'created_at',
	'status',
	'requested_treatments',
	'approved_treatments',
	'conditionally_approved_treatments',
	'deferred_treatments',
	'evaluation_completed',
	'appointment_time',
	'phone',
	'intake_answers',
] as const;

export type VisitInput = Partial<Pick<Visit, (typeof visitFields)[number]>> & {
	patient_details?: Partial<PatientDetails>;
	decisions?: Record<string, Decision>;
	pdf?: PdfPlan;
};

/**
 * Adds a visit from a partial one. Defaults: at home, loc_downtown, Processing, Botox, "Test Patient".
 * With status Completed it gets decisions (all approved unless given), a time and a PDF.
 */
export function makeVisit(store: Store, input: VisitInput): Visit {
	const { patient_details: patient = {}, decisions, pdf, ...fields } = input;
	const { first_name = 'Test', last_name = 'Patient' } = patient;
	const kind = fields.kind ?? 'at_home';
	const email = kind === 'at_home' ? 'test.patient@example.com' : null;
	const visit = addVisit(store, {
		location_id: 'loc_downtown',
		created_by: null,
		requested_treatments: ['Botox'],
		...fields,
		kind,
		patient_details: {
			name: `${first_name} ${last_name}`,
			email,
			...patient,
			first_name,
			last_name,
		},
	});
	if (visit.status.toLowerCase() !== 'completed') {
		editVisit(visit, { decisions, pdf });
		return visit;
	}
	const { status } = visit;
	completeVisit(store, visit, { decisions, pdf });
	editVisit(visit, { ...fields, status });
	return visit;
}

/**
 * Sets fields as given, documented or not. null removes a decision list or evaluation_completed. Patient
 * details are merged. The visit is marked, so its answers aren't checked against the description.
 */
export function editVisit(visit: Visit, input: VisitInput): void {
	const { patient_details, decisions, pdf, ...fields } = input;
	Object.assign(visit, fields);
	visit.approved_treatments ??= undefined;
	visit.conditionally_approved_treatments ??= undefined;
	visit.deferred_treatments ??= undefined;
	visit.evaluation_completed ??= undefined;
	if (patient_details) Object.assign(visit.patient_details, patient_details);
	if (decisions) setDecisions(visit, decisions);
	if (pdf) planPdf(visit, pdf);
	visit.hand_edited = true;
}
