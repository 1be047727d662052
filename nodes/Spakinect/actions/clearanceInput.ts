import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { parseDateOfBirth } from '../domain/dateOfBirth';
import { InputError } from '../domain/inputError';
import { toEpochMillis } from '../domain/instant';
import { isBlank } from '../domain/text';
import type { Item } from './operation';
import { optionalText, read, requiredEmail, requiredName } from './parameters';

export const DEFAULT_VALIDITY_MONTHS = 12;

/** Who is asked about. @throws InputError naming the field; a name alone is refused */
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

/** Calendar months for which an approval counts. @throws InputError */
export function readValidityMonths(options: IDataObject): number {
	const months = Number(options.validityMonths ?? DEFAULT_VALIDITY_MONTHS);
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
 * @param zone IANA name
 * @throws InputError naming the field
 */
export function readAsOf(value: unknown, zone: string): DateTime {
	if (isBlank(value)) return DateTime.now().setZone(zone);
	const millis = toEpochMillis(value, zone, { field: 'Appointment Time', dateOnly: 'startOfDay' });
	return DateTime.fromMillis(millis, { zone });
}
