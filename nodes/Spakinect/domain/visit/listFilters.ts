import type { ApiVisit } from './apiVisit';
import { isObject, readList } from '../json';
import { readFullName, readMillis, readNames, readText } from './apiVisit';
import { parseDateOfBirth, readApiDateOfBirth } from '../patient/dateOfBirth';
import { InputError } from '../inputError';
import { toEpochMillis } from '../time/instant';
import { statusKey } from './status';
import { foldEmail, foldName, isBlank } from '../text';
import { treatmentKey } from '../treatment/key';

/** The filters of Get Many. A visit must match all of them. Undefined doesn't filter. */
export interface VisitFilters {
	/** Any status texts: array, JSON array or comma-separated. */
	statuses?: unknown;
	/** The whole address. */
	patientEmail?: unknown;
	/** A part of the name. */
	patientName?: unknown;
	dateOfBirth?: unknown;
	/** A treatment that was requested or decided. */
	treatment?: unknown;
	/** This instant or later. A date means the start of that day. */
	completedAfter?: unknown;
	/** Before this instant. A date means the start of that day. */
	completedBefore?: unknown;
}

type Check = (visit: ApiVisit, patient: Record<string, unknown>) => boolean;

const NO_PATIENT: Record<string, unknown> = {};

function textFilter(value: unknown, field: string): string | undefined {
	if (isBlank(value)) return undefined;
	if (typeof value !== 'string') throw new InputError(field, `'${field}' is not a text`);
	return value;
}

function statusCheck(value: unknown): Check | undefined {
	if (isBlank(value)) return undefined;
	const elements = readList(value);
	if (!elements || elements.some((element) => typeof element !== 'string')) {
		throw new InputError('Statuses', "'Statuses' is not a list of statuses");
	}
	const wanted = new Set(elements.map(statusKey).filter((key) => key !== ''));
	return wanted.size === 0 ? undefined : (visit) => wanted.has(statusKey(visit.status));
}

function treatmentCheck(value: unknown): Check | undefined {
	const text = textFilter(value, 'Treatment');
	if (text === undefined) return undefined;
	const wanted = treatmentKey(text);
	const names = (list: unknown) => readNames(list).some((name) => treatmentKey(name) === wanted);
	return (visit) =>
		names(visit.requested_treatments) ||
		names(visit.approved_treatments) ||
		names(visit.conditionally_approved_treatments) ||
		names(visit.deferred_treatments);
}

function patientChecks(filters: VisitFilters, today: string): Array<Check | undefined> {
	const email = textFilter(filters.patientEmail, 'Patient Email');
	const name = textFilter(filters.patientName, 'Patient Name');
	const born = isBlank(filters.dateOfBirth)
		? undefined
		: parseDateOfBirth(filters.dateOfBirth, today);
	const wantedEmail = foldEmail(email ?? '');
	const wantedName = foldName(name ?? '');
	// Every name contains the empty text.
	if (name !== undefined && wantedName === '') {
		throw new InputError('Patient Name', "'Patient Name' is not a name");
	}
	return [
		email === undefined
			? undefined
			: (_, patient) => foldEmail(readText(patient.email) ?? '') === wantedEmail,
		name === undefined
			? undefined
			: (_, patient) => foldName(readFullName(patient) ?? '').includes(wantedName),
		born === undefined ? undefined : (_, patient) => readApiDateOfBirth(patient.dob) === born,
	];
}

function dateCheck(filters: VisitFilters, zone: string): Check | undefined {
	const read = (value: unknown, field: string) =>
		isBlank(value) ? undefined : toEpochMillis(value, zone, { field, dateOnly: 'startOfDay' });
	const after = read(filters.completedAfter, 'Completed After');
	const before = read(filters.completedBefore, 'Completed Before');
	if (after === undefined && before === undefined) return undefined;
	if (after !== undefined && before !== undefined && before <= after) {
		throw new InputError(
			'Completed Before',
			"'Completed Before' must be later than 'Completed After'",
		);
	}
	return (visit) => {
		const millis = readMillis(visit.evaluation_completed);
		return millis !== null && millis >= (after ?? -Infinity) && millis < (before ?? Infinity);
	};
}

/**
 * A test for raw visits. It is created once and runs before a visit is shaped. Names are compared without case,
 * accents and surplus spaces, all other texts without case. A visit without an evaluation date never passes a
 * date filter.
 * @param zone IANA name for dates without an offset
 * @param today `YYYY-MM-DD`, for the check of `dateOfBirth`
 * @throws InputError for the filter that can't be used
 */
export function buildVisitFilter(
	filters: VisitFilters,
	zone: string,
	today: string,
): (raw: ApiVisit) => boolean {
	const checks = [
		statusCheck(filters.statuses),
		...patientChecks(filters, today),
		dateCheck(filters, zone),
		treatmentCheck(filters.treatment),
	].filter((check) => check !== undefined);
	return (raw) => {
		const patient = isObject(raw.patient_details) ? raw.patient_details : NO_PATIENT;
		return checks.every((check) => check(raw, patient));
	};
}
