import { InputError } from '../inputError';
import { toEpochMillis } from './instant';

const DAY = 86_400;
const TWO_YEARS = 2 * 366 * DAY;

/**
 * Unix seconds of the appointment, the unit of `appointment_time`. The API accepts milliseconds too, but books
 * the year 58000.
 *
 * Accepted: the texts of `readDateTimeText`, a spreadsheet's number, a Luxon DateTime, a Date, Unix seconds or
 * milliseconds. A time without an offset is read in `zone`. If it occurs twice in fall, the earlier one is
 * used.
 * @param field the label in the panel
 * @throws InputError for the field (also: no time of day, skipped by daylight saving time, impossible date,
 *   outside 2000 to 2100) or `Timezone`
 */
export function toUnixSeconds(value: unknown, zone: string, field = 'Appointment Time'): number {
	const millis = toEpochMillis(value, zone, { field, dateOnly: 'refuse' });
	return Math.floor(millis / 1000);
}

/**
 * Refuses an appointment that is more than a day ago. It is a mistake (the wrong year, or an old booking), and
 * the patient would be contacted about it. A booking of today that is entered late is fine.
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
 * The warning for an appointment time that may be a mistake, such as the wrong time zone or year. It isn't an
 * error, because a booking may be entered late or far ahead.
 *
 * @param seconds Unix seconds of the appointment
 * @param now Unix milliseconds
 */
export function oddAppointment(seconds: number, now: number): string | undefined {
	const ahead = seconds - now / 1000;
	if (ahead < 0) return "'Appointment Time' is in the past";
	return ahead > TWO_YEARS ? "'Appointment Time' is more than two years ahead" : undefined;
}
