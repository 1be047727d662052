import type { ApiVisit } from './apiVisit';
import { isObject } from '../json';
import { gfeIdOf, readFullName, readMillis, readNames, readText } from './apiVisit';
import { readApiDateOfBirth } from '../patient/dateOfBirth';
import { decisionFor } from './decisions';
import type { StatusGroup } from './status';
import { statusGroup } from './status';

export type { ApiVisit } from './apiVisit';

/** The `visit` output. Keys and their order are part of the contract with saved workflows. */
export type Visit = {
	gfe_id: string;
	location_id?: string;
	/** As the API writes it. Empty if it sent none. */
	status: string;
	status_group: StatusGroup;
	requested_treatments: string[];
	approved_treatments: string[];
	conditionally_approved_treatments: string[];
	deferred_treatments: string[];
	undecided_treatments: string[];
	all_approved: boolean;
	/** ISO 8601 in UTC */
	evaluation_completed: string | null;
	pdf_available: boolean;
	pdf_link?: string;
	patient_details: {
		name: string | null;
		first_name: string | null;
		last_name: string | null;
		email: string | null;
		/** YYYY-MM-DD */
		dob: string | null;
	};
};

/** A JSON object that n8n accepts as an item's json. */
export type PlainObject = Record<string, string | number | boolean | object | null | undefined>;

/** The values of the `output` parameter. */
export type VisitOutput = 'visit' | 'treatments' | 'summary' | 'raw';

/** Data that a visit itself may lack. Visits in a list have no location. */
export interface VisitContext {
	locationId?: string;
}

function readPatient(value: unknown): Visit['patient_details'] {
	// A text is the name: left out, a deferral of this patient would be nobody's.
	const patient = isObject(value) ? value : { name: value };
	return {
		name: readFullName(patient),
		first_name: readText(patient.first_name),
		last_name: readText(patient.last_name),
		email: readText(patient.email),
		dob: readApiDateOfBirth(patient.dob),
	};
}

/**
 * A visit in the package's own shape, from either API or the webhook. Missing lists become empty, and dates
 * become ISO 8601 or null. `all_approved` is true only for a Completed visit whose requested treatments (at
 * least one) are all approved and in no other list.
 * @returns undefined if the value isn't an object or has neither `gfe_id` nor `visit_id`
 */
export function readVisit(raw: unknown, context: VisitContext = {}): Visit | undefined {
	if (!isObject(raw)) return undefined;
	const visit: ApiVisit = raw;
	const gfeId = gfeIdOf(raw);
	if (gfeId === undefined) return undefined;
	const lists = {
		requested_treatments: readNames(visit.requested_treatments),
		approved_treatments: readNames(visit.approved_treatments),
		conditionally_approved_treatments: readNames(visit.conditionally_approved_treatments),
		deferred_treatments: readNames(visit.deferred_treatments),
	};
	const undecided: string[] = [];
	let allApproved = lists.requested_treatments.length > 0;
	for (const name of lists.requested_treatments) {
		const decision = decisionFor(lists, name);
		if (decision === 'undecided') undecided.push(name);
		if (decision !== 'approved') allApproved = false;
	}
	const group = statusGroup(visit.status);
	const locationId = readText(visit.location_id) ?? readText(context.locationId);
	const millis = readMillis(visit.evaluation_completed);
	const pdfLink = readText(visit.pdf_link);

	// Set key by key, because spreading takes as much time as reading a list of 50,000 visits.
	const shaped: Partial<Visit> = { gfe_id: gfeId };
	if (locationId !== null) shaped.location_id = locationId;
	shaped.status = readText(visit.status) ?? '';
	shaped.status_group = group;
	shaped.requested_treatments = lists.requested_treatments;
	shaped.approved_treatments = lists.approved_treatments;
	shaped.conditionally_approved_treatments = lists.conditionally_approved_treatments;
	shaped.deferred_treatments = lists.deferred_treatments;
	shaped.undecided_treatments = undecided;
	shaped.all_approved = group === 'completed' && allApproved;
	shaped.evaluation_completed = millis === null ? null : new Date(millis).toISOString();
	shaped.pdf_available = pdfLink !== null;
	if (pdfLink !== null) shaped.pdf_link = pdfLink;
	shaped.patient_details = readPatient(visit.patient_details);
	return shaped as Visit;
}
