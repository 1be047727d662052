import { DateTime } from 'luxon';
import { checkValidityMonths } from '../../domain/clearance/clearance';
import type { EvaluationDates } from '../../domain/clearance/evaluationDates';
import { readEvaluationDates } from '../../domain/clearance/evaluationDates';
import type { PatientQuestion } from '../../domain/clearance/clearance';
import { emptyField, InputError } from '../../domain/inputError';
import { parseDateOfBirth } from '../../domain/patient/dateOfBirth';
import { readList } from '../../domain/json';
import { isBlank, withoutInvisible } from '../../domain/text';
import { toEpochMillis } from '../../domain/time/instant';
import { quickZone } from '../../domain/time/zone';
import { readText } from '../../domain/visit/apiVisit';
import type { Item } from '../operation';
import { optionalText, read, requiredEmail, requiredName } from '../parameters';
import { readFieldOrOption, readOption } from './fieldOrOption';

export const DEFAULT_VALIDITY_MONTHS = 12;

const TIME = { field: 'appointmentTime', option: 'asOf', label: 'Appointment Time' };
const DATES = {
	field: 'evaluationDates',
	option: 'evaluationDates',
	label: 'Evaluation Dates',
};

/**
 * The patient that the question is about.
 *
 * @throws InputError naming the field, also if there is only a name
 */
export function readPatient(item: Item) {
	const email = optionalText(item, 'email') === '' ? undefined : requiredEmail(item);
	const dob = read(item, 'dateOfBirth');
	const dateOfBirth = isBlank(dob) ? undefined : parseDateOfBirth(dob, item.today);
	if (email === undefined && dateOfBirth === undefined) {
		throw new InputError(
			'Email',
			"'Email' and 'Date of Birth' are both empty",
			'A name alone does not tell two patients apart. Fill in at least one of them.',
		);
	}
	return {
		firstName: requiredName(item, 'firstName'),
		lastName: requiredName(item, 'lastName'),
		email,
		dateOfBirth,
	};
}

/**
 * The location IDs whose lists are read, without duplicates. The field holds one ID, a comma-separated list or
 * an array. A Client key has one list for all locations: `undefined`.
 *
 * @throws InputError also for an entry without an ID, because skipping it could miss a deferral
 */
export function readLocations(item: Item): Array<string | undefined> {
	if (item.api.kind === 'client') return [undefined];
	const value = read(item, 'locationId');
	const elements = typeof value === 'number' ? [value] : isBlank(value) ? [] : readList(value);
	if (elements?.length === 0) throw emptyField('Location ID');
	const ids = elements?.map((element) => readText(element));
	if (!ids || ids.includes(null)) {
		throw new InputError(
			'Location ID',
			"'Location ID' has an entry that isn't an ID",
			'Enter one ID, or several separated by commas or as an array of texts.',
		);
	}
	return [...new Set(ids.map((id) => withoutInvisible(id ?? '').trim()))];
}

/** The appointment as Check Clearance puts it out, or null twice if none was given and the question is about now. */
interface AppointmentOutput {
	/** ISO 8601, UTC. */
	appointment_at: string | null;
	/** The calendar day in the workflow's time zone: a workflow keeps the rows of a day by it. */
	appointment_day: string | null;
}

/**
 * The question of Check Clearance: when, and by which rules.
 *
 * @throws InputError naming the field. An expression that finds nothing is an error, because the default could
 *   clear a patient whose approval ends before the appointment.
 */
export function readQuestion(item: Item): PatientQuestion & { appointment: AppointmentOutput } {
	const rules = readClearanceRules(item);
	const time = readFieldOrOption(item, { ...TIME, untouched: '' });
	const rule = { field: TIME.label, dateOnly: 'endOfDay' } as const;
	const millis = time ? toEpochMillis(time.value, item.zone, rule) : rules.now;
	const asOf = DateTime.fromMillis(millis, { zone: quickZone(item.zone) });
	const appointment = {
		appointment_at: time ? new Date(millis).toISOString() : null,
		appointment_day: time ? asOf.toISODate() : null,
	};
	return { ...rules, asOf, appointment };
}

/**
 * The rules of clearance that don't depend on the appointment time.
 *
 * @throws InputError naming the field
 */
export function readClearanceRules(item: Item): Omit<PatientQuestion, 'asOf'> {
	const now = Date.now();
	const validity = readOption(item, 'validityMonths');
	const dates = readFieldOrOption(item, { ...DATES, untouched: '[]' });
	return {
		validityMonths: validity ? readMonths(validity.value) : DEFAULT_VALIDITY_MONTHS,
		now,
		dates: dates && readDates(item, dates.value, now),
	};
}

/** @throws InputError also for an expression that finds nothing: without dates nobody's approval is found */
function readDates(item: Item, value: unknown, now: number): EvaluationDates | undefined {
	if (value === undefined || value === null) throw emptyField(DATES.label);
	return readEvaluationDates(value, item.zone, now);
}

const readMonths = (value: unknown): number =>
	checkValidityMonths(typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN);
