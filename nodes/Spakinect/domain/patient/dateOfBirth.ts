import type { CalendarDay } from '../time/calendar';
import { isLuxonDateTime, isoDay, isRealDay } from '../time/calendar';
import { EMPTY_ADVICE, InputError } from '../inputError';
import { isBlank } from '../text/text';

const FIELD = 'Date of Birth';
const ADVICE = 'Use YYYY-MM-DD, or the US form MM/DD/YYYY (the month first).';
const DAY = 86_400_000;

const ISO =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
const US = /^(\d{1,2})([-/])(\d{1,2})\2(\d{4})$/;

/**
 * The day that a text writes out. Time and offset behind it are ignored: a birthday has no zone,
 * and applying one moves it by a day.
 */
function readDayText(text: string): CalendarDay | undefined {
	const iso = ISO.exec(text);
	if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
	const us = US.exec(text);
	if (us) return { year: Number(us[4]), month: Number(us[1]), day: Number(us[3]) };
	return undefined;
}

function readDay(value: unknown): CalendarDay | undefined {
	if (typeof value === 'string') return readDayText(value.trim());
	if (isLuxonDateTime(value)) {
		return value.isValid ? { year: value.year, month: value.month, day: value.day } : undefined;
	}
	if (value instanceof Date) {
		// A Date knows no zone. At midnight UTC it was made from a date; at any other time its day
		// depends on where one looks.
		if (value.getTime() % DAY !== 0) return undefined;
		return {
			year: value.getUTCFullYear(),
			month: value.getUTCMonth() + 1,
			day: value.getUTCDate(),
		};
	}
	return undefined;
}

/**
 * Date of birth as `YYYY-MM-DD`. It is never moved by a time zone: the day is taken as written, or
 * from a DateTime's own fields.
 *
 * Accepted: ISO date or date-time, `MM/DD/YYYY`, `MM-DD-YYYY`, a Luxon DateTime, a Date at midnight
 * UTC (any other Date is refused, because its day depends on the zone).
 * @param today `YYYY-MM-DD`, the last day that is not in the future
 * @throws InputError for `Date of Birth`: other forms, impossible days, before 1900, after today
 */
export function parseDateOfBirth(value: unknown, today: string): string {
	if (isBlank(value)) throw new InputError(FIELD, `'${FIELD}' is empty`, EMPTY_ADVICE);
	if (value instanceof Date && !Number.isNaN(value.getTime()) && value.getTime() % DAY !== 0) {
		throw new InputError(
			FIELD,
			`'${FIELD}' is a point in time whose day depends on the time zone: give the date as text`,
			ADVICE,
		);
	}
	const day = readDay(value);
	if (!day) throw new InputError(FIELD, `'${FIELD}' is not a date in a form known here`, ADVICE);
	if (!isRealDay(day)) {
		throw new InputError(FIELD, `'${FIELD}' names a day that does not exist`, ADVICE);
	}
	const iso = isoDay(day);
	if (day.year < 1900 || day.year > 9999) {
		throw new InputError(FIELD, `'${FIELD}' has a year that cannot be right`, ADVICE);
	}
	if (iso > today) throw new InputError(FIELD, `'${FIELD}' lies in the future`, ADVICE);
	return iso;
}

/**
 * `YYYY-MM-DD` → `MM/DD/YYYY`, the form that the API's only documented error about dates asks for.
 */
export function toSlashes(iso: string): string {
	const [year = '', month = '', day = ''] = iso.split('-');
	return `${month}/${day}/${year}`;
}

/**
 * `YYYY-MM-DD` → `MM-DD-YYYY`, the form that the API's text (not its example) names; sent when
 * slashes were refused.
 */
export function toDashes(iso: string): string {
	return toSlashes(iso).replaceAll('/', '-');
}

/**
 * Date of birth as the API returns it (`MM-DD-YYYY` on the EMR side, `MM/DD/YYYY` on the Client
 * side, reported null) as `YYYY-MM-DD`.
 * @returns null for anything that is not a day of the calendar
 */
export function readApiDateOfBirth(value: unknown): string | null {
	if (typeof value !== 'string') return null;
	const day = readDayText(value.trim());
	return day && isRealDay(day) ? isoDay(day) : null;
}
