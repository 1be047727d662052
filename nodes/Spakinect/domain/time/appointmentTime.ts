import { InputError } from '../inputError';
import { toEpochMillis } from './instant';

const DAY = 86_400;
const TWO_YEARS = 2 * 366 * DAY;

/**
 * Unix seconds of the appointment, as `appointment_time` wants it (the API takes milliseconds
 * without complaint and books the year 58000).
 *
 * Accepted: the texts of `readDateTimeText`, a spreadsheet's number, a Luxon DateTime, a Date, Unix seconds
 * or milliseconds.
 * A time without offset is read in `zone`; of a time that happens twice in autumn the earlier one
 * is taken.
 * @param field as the panel calls it
 * @throws InputError for the field (also: no time of day, skipped by daylight saving time,
 *   impossible date, outside 2000 to 2100) or `Timezone`
 */
export function toUnixSeconds(value: unknown, zone: string, field = 'Appointment Time'): number {
	const millis = toEpochMillis(value, zone, { field, dateOnly: 'refuse' });
	return Math.floor(millis / 1000);
}

/**
 * Refuses an appointment that is more than a day ago. The patient would be contacted about it, and it is a
 * slip: another year, or an old booking. A booking of today that is entered late is fine.
 *
 * @param seconds Unix seconds of the appointment
 * @param now Unix milliseconds
 * @throws InputError for `Appointment Time`
 */
export function refusePast(seconds: number, now: number): void {
	if (seconds >= now / 1000 - DAY) return;
	throw new InputError(
		'Appointment Time',
		"'Appointment Time' is more than a day in the past",
		'Nothing was sent. Check the year and the time zone.',
	);
}

/**
 * What is odd about an appointment that may still be meant: a booking entered late, a date far ahead. Most
 * often it is a slip (another time zone, another year), and the patient has been contacted about it.
 *
 * @param seconds Unix seconds of the appointment
 * @param now Unix milliseconds
 */
export function oddAppointment(seconds: number, now: number): string | undefined {
	const ahead = seconds - now / 1000;
	if (ahead < 0) return "'Appointment Time' is in the past";
	return ahead > TWO_YEARS ? "'Appointment Time' is more than two years ahead" : undefined;
}
