import { DateTime } from 'luxon';
import { denyLocation } from './access.mts';
import type { Call } from './context.mts';
import { refuseWithCategory } from './replies.mts';
import type { ApiReply, Visit } from './types.mts';
import { addVisit, contactPatient } from './visits.mts';

interface AtHomeBody {
	patient_details: { first_name: string; last_name: string; email: string; phone: string };
	location_id: string;
	appointment_time: number;
	requested_treatments: string[];
	intake_answers?: unknown[];
}

interface InPersonBody {
	patient_details: { first_name: string; last_name: string; dob: string };
	location_id: string;
	requested_treatments: string[];
	intake_answers?: unknown[];
}

const intakeLink = (call: Call, visit: Visit): string => `${call.apiUrl()}/intake/${visit.gfe_id}`;

/** The names that are in the catalog, or a refusal. IDs aren't names. */
function knownTreatments(call: Call, names: string[]): string[] | ApiReply {
	const catalog = new Set(call.store.treatments.map((treatment) => treatment.name));
	const known = names.filter((name) => catalog.has(name));
	if (known.length === 0) {
		return refuseWithCategory(400, 'No valid treatments found for the requested treatment names');
	}
	if (known.length < names.length && call.store.settings.unknownTreatments === 'refuse') {
		return refuseWithCategory(400, 'Some of the requested treatment names were not found');
	}
	return known;
}

/**
 * POST /appointments. Every call creates a new visit and contacts the patient, without a check for duplicates.
 */
export function createAtHome(call: Call): ApiReply {
	const body = call.body as AtHomeBody;
	const denied = denyLocation(call, body.location_id);
	if (denied) return denied;
	const treatments = knownTreatments(call, body.requested_treatments);
	if (!Array.isArray(treatments)) return treatments;
	const { first_name, last_name, email, phone } = body.patient_details;
	const visit = addVisit(call.store, {
		kind: 'at_home',
		location_id: body.location_id,
		created_by: call.key.key,
		requested_treatments: treatments,
		patient_details: { first_name, last_name, name: `${first_name} ${last_name}`, email },
		appointment_time: body.appointment_time,
		phone,
		intake_answers: body.intake_answers,
	});
	contactPatient(call.store, visit, intakeLink(call, visit));
	return { status: 201, body: { success: true, gfe_id: visit.gfe_id } };
}

/** A date of birth as YYYY-MM-DD, or undefined if it isn't in the form that the settings accept. */
function readDob(dob: string, form: 'slashes' | 'dashes'): string | undefined {
	const date = DateTime.fromFormat(dob, form === 'slashes' ? 'MM/dd/yyyy' : 'MM-dd-yyyy');
	return date.isValid ? date.toISODate() : undefined;
}

/** POST /in-person. Nobody is contacted. */
export function createInPerson(call: Call): ApiReply {
	const body = call.body as InPersonBody;
	const { settings } = call.store;
	const dob = readDob(body.patient_details.dob, settings.dobForm);
	if (dob === undefined) {
		const form = settings.dobForm === 'slashes' ? 'mm/dd/yyyy' : 'mm-dd-yyyy';
		return refuseWithCategory(400, `DoB must be in ${form} format`);
	}
	const denied = denyLocation(call, body.location_id);
	if (denied) return denied;
	const treatments = knownTreatments(call, body.requested_treatments);
	if (!Array.isArray(treatments)) return treatments;
	const { first_name, last_name } = body.patient_details;
	const visit = addVisit(call.store, {
		kind: 'in_person',
		location_id: body.location_id,
		created_by: call.key.key,
		requested_treatments: treatments,
		patient_details: {
			first_name,
			last_name,
			name: `${first_name} ${last_name}`,
			email: null,
			dob,
		},
		intake_answers: body.intake_answers,
	});
	const reply: Record<string, unknown> = {
		success: true,
		[settings.inPersonIdField]: visit.gfe_id,
	};
	if (settings.visitLink) reply.visit_link = intakeLink(call, visit);
	return { status: 201, body: reply };
}
