import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { parseDateOfBirth } from '../../domain/patient/dateOfBirth';
import { InputError } from '../../domain/inputError';
import { toEpochMillis } from '../../domain/time/instant';
import { isBlank } from '../../domain/text/text';
import type { Item } from '../operation';
import { optionalText, read, requiredEmail, requiredName } from '../parameters';

export const DEFAULT_VALIDITY_MONTHS = 12;

/**
 * Who is asked about.
 *
 * @throws InputError naming the field; also when there is a name alone
 */
export function readPatient(item: Item) {
	const email = optionalText(item, 'email', 'Email') === '' ? undefined : requiredEmail(item);
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
		firstName: requiredName(item, 'firstName', 'First Name'),
		lastName: requiredName(item, 'lastName', 'Last Name'),
		email,
		dateOfBirth,
	};
}

/**
 * Calendar months for which an approval counts.
 *
 * @throws InputError also for an expression that finds no number: the default may be longer than what was
 *   meant
 */
export function readValidityMonths(options: IDataObject): number {
	const isSet = 'validityMonths' in options;
	const months = isSet ? Number(options.validityMonths) : DEFAULT_VALIDITY_MONTHS;
	if (!Number.isInteger(months) || months < 1) {
		throw new InputError(
			'Validity (Months)',
			"'Validity (Months)' must be a whole number of at least 1",
		);
	}
	return months;
}

/**
 * The moment to decide for, in the workflow's zone, where calendar months are counted.
 *
 * @throws InputError also for an expression that finds no time: an answer for now instead could clear
 *   somebody whose approval ends before the appointment
 */
export function readMoment(options: IDataObject, zone: string): { asOf: DateTime; isNow: boolean } {
	const { asOf } = options;
	if (!('asOf' in options) || asOf === '')
		return { asOf: DateTime.now().setZone(zone), isNow: true };
	const millis = toEpochMillis(asOf, zone, { field: 'Appointment Time', dateOnly: 'startOfDay' });
	return { asOf: DateTime.fromMillis(millis, { zone }), isNow: false };
}
