import { DateTime } from 'luxon';
import { newId, type Store } from './store.mts';
import type { Decision, PatientDetails, Visit } from './types.mts';

/** When the PDF of a visit appears: immediately, never, or after this many milliseconds. */
export type PdfPlan = 'now' | 'never' | { afterMs: number };

/** Statuses from which the API lets an EMR cancel an at-home visit. */
export const cancellable = new Set(['processing', 'scheduled', 'not completed']);

/**
 * Finds or creates the patient as the documentation says: at home by first + last name + email, in person by
 * first + last name + date of birth. The same person with both kinds of visits is two patients.
 * @returns the patient ID
 */
function matchPatient(store: Store, kind: Visit['kind'], patient: PatientDetails): string {
	const third = kind === 'at_home' ? patient.email : patient.dob;
	const key = JSON.stringify([kind, patient.first_name, patient.last_name, third]).toLowerCase();
	const known = store.patients.get(key);
	if (known !== undefined) return known;
	const id = `pat_${newId()}`;
	store.patients.set(key, id);
	return id;
}

/** The required fields of a new visit. The others have defaults. */
type NewVisit = Pick<
	Visit,
	'kind' | 'location_id' | 'created_by' | 'requested_treatments' | 'patient_details'
> &
	Partial<Visit>;

/** Adds a visit (status Processing unless given), matching its patient. */
export function addVisit(store: Store, fields: NewVisit): Visit {
	const visit: Visit = {
		gfe_id: newId(),
		created_at: new Date().toISOString(),
		patient_id: matchPatient(store, fields.kind, fields.patient_details),
		status: 'Processing',
		pdf_ready_at: null,
		...fields,
	};
	store.addVisit(visit);
	return visit;
}

/**
 * Records the email and the text message that an at-home visit sends to its patient. The wording is the simulator's.
 * @param link the intake form
 */
export function contactPatient(store: Store, visit: Visit, link: string): void {
	const { first_name, email } = visit.patient_details;
	const message = {
		at: new Date().toISOString(),
		gfe_id: visit.gfe_id,
		text: `Hi ${first_name}, complete your Good Faith Exam before your appointment:`,
		link,
	};
	if (email) store.contacts.push({ ...message, channel: 'email', to: email });
	if (visit.phone) store.contacts.push({ ...message, channel: 'text', to: visit.phone });
}

/** Sets the three lists from one decision per treatment. "undecided" adds the name to none of them. */
export function setDecisions(visit: Visit, decisions: Record<string, Decision>): void {
	const named = (decision: Decision) =>
		Object.keys(decisions).filter((name) => decisions[name] === decision);
	visit.approved_treatments = named('approved');
	visit.conditionally_approved_treatments = named('conditionally_approved');
	visit.deferred_treatments = named('deferred');
}

/** Sets from when the visit's PDF exists. */
export function planPdf(visit: Visit, plan: PdfPlan, now = Date.now()): void {
	if (plan === 'never') visit.pdf_ready_at = null;
	else visit.pdf_ready_at = plan === 'now' ? now : now + plan.afterMs;
}

let lastInstant = { ms: Number.NaN, iso: '' };

/** An instant in the API's form: ISO 8601 with the Pacific offset, without milliseconds. */
function pacificIso(ms: number): string {
	if (ms !== lastInstant.ms) {
		// Kept for the next call, because many visits are generated within one second.
		const instant = DateTime.fromMillis(ms, { zone: 'America/Los_Angeles' });
		lastInstant = { ms, iso: instant.toISO({ suppressMilliseconds: true }) ?? '' };
	}
	return lastInstant.iso;
}

/**
 * Finishes the exam as the provider does: sets the status Completed, decisions, time and PDF. Without decisions
 * every requested treatment is approved. A second call changes the decisions.
 */
export function completeVisit(
	store: Store,
	visit: Visit,
	options: { decisions?: Record<string, Decision>; pdf?: PdfPlan } = {},
): void {
	const all = Object.fromEntries(
		visit.requested_treatments.map((name): [string, Decision] => [name, 'approved']),
	);
	setDecisions(visit, options.decisions ?? all);
	visit.status = 'Completed';
	const now = Date.now();
	visit.evaluation_completed = pacificIso(now - (now % 1000));
	planPdf(visit, options.pdf ?? 'now', now);
	store.touched();
}
