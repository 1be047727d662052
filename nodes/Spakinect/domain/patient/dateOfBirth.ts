import type { CalendarDay } from '../time/calendar';
import { DAY_MS, instantOf, isLuxonDateTime, isoDay, isRealDay, utcDayOf } from '../time/calendar';
import { isSerial, readSerial } from '../time/excelSerial';
import type { TextProblem } from '../time/instantText';
import { readDateTimeText } from '../time/instantText';
import { emptyField, InputError } from '../inputError';
import { isBlank } from '../text';

const FIELD = 'Date of Birth';
const ADVICE = 'Use YYYY-MM-DD, or the US form MM/DD/YYYY (the month first).';

type Problem = TextProblem | 'timeOfDay' | 'yearOnly';

const PROBLEMS: Record<Problem, string> = {
	form: 'is not a date the node recognizes',
	meridiem: 'is not a date the node recognizes',
	zone: 'is not a date the node recognizes',
	impossible: 'is a day that does not exist',
	weekday: 'has a weekday that does not match the date',
	shortYear: 'has a two-digit year, which could be in either century',
	timeOfDay: 'has a time of day, so its day depends on the time zone. Give it as YYYY-MM-DD',
	yearOnly: 'is a year only',
};

const utcDay = (millis: number): CalendarDay | Problem => {
	if (Number.isNaN(millis)) return 'form';
	return millis % DAY_MS === 0 ? utcDayOf(millis) : 'timeOfDay';
};

const MAX_AGE = 130;

/**
 * Reads a spreadsheet's date number. A number from 1900 to 2100 would be a day around 1905, but it is a year
 * that somebody typed. A number up to 130 would be a day of 1900, but it is the patient's age.
 */
function numberDay(value: number): CalendarDay | Problem {
	if (!isSerial(value) || value <= MAX_AGE) return 'form';
	if (Number.isInteger(value) && value >= 1900 && value <= 2100) return 'yearOnly';
	const serial = readSerial(value);
	if (!serial) return 'impossible';
	return (serial.clock ?? 0) === 0 ? serial : 'timeOfDay';
}

/** Midnight as written is that day, whatever the offset. Any other time is a day only if it is midnight UTC. */
function textDay(text: string): CalendarDay | Problem {
	if (/^\d+(\.\d+)?$/.test(text)) return numberDay(Number(text));
	const written = readDateTimeText(text);
	if (typeof written === 'string' || (written.clock ?? 0) === 0) return written;
	if (written.offset === null) return 'timeOfDay';
	return utcDay(instantOf(written, written.clock ?? 0, written.offset));
}

function readDay(value: unknown): CalendarDay | Problem {
	if (typeof value === 'string') return textDay(value.normalize('NFKC').trim());
	if (typeof value === 'number') return numberDay(value);
	// A Date has no zone of its own.
	if (value instanceof Date) return utcDay(value.getTime());
	if (!isLuxonDateTime(value) || !value.isValid) return 'form';
	// A day can start at one o'clock in zones that change their clocks at midnight.
	const startsDay = value.startOf('day').toMillis() === value.toMillis();
	return startsDay ? value : utcDay(value.toMillis());
}

/**
 * Date of birth as `YYYY-MM-DD`, never moved by a time zone.
 *
 * Accepted: the dates of {@link readDateTimeText}, a spreadsheet's number, a Luxon DateTime, a Date. A time of
 * day must be midnight in its own zone (that day) or midnight UTC (the UTC day). At any other time, the day
 * depends on the time zone.
 * @param today `YYYY-MM-DD`, the last day that is not in the future
 * @throws InputError for `Date of Birth`: other forms, impossible days, before 1900, after today
 */
export function parseDateOfBirth(value: unknown, today: string): string {
	if (isBlank(value)) throw emptyField(FIELD);
	const found = readDay(value);
	if (typeof found === 'string') {
		throw new InputError(FIELD, `'${FIELD}' ${PROBLEMS[found]}`, ADVICE);
	}
	const iso = isoDay(found);
	if (found.year < 1900 || found.year > 9999) {
		throw new InputError(FIELD, `'${FIELD}' is before 1900 or has an impossible year`, ADVICE);
	}
	if (iso > today) throw new InputError(FIELD, `'${FIELD}' is in the future`, ADVICE);
	return iso;
}

/** `YYYY-MM-DD` → `MM/DD/YYYY`, the form that the API's only documented date error asks for. */
export function toSlashes(iso: string): string {
	const [year = '', month = '', day = ''] = iso.split('-');
	return `${month}/${day}/${year}`;
}

/**
 * `YYYY-MM-DD` → `MM-DD-YYYY`, the form that the API's text (not its example) names. It is sent if slashes were
 * refused.
 */
export function toDashes(iso: string): string {
	return toSlashes(iso).replaceAll('/', '-');
}

/**
 * Year first, or month first. A time of day after an ISO day is ignored, because it says nothing about a
 * birthday.
 */
const API_DAY = /^(?:(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?|(\d{1,2})[-/](\d{1,2})[-/](\d{4}))$/;

/**
 * Date of birth as the API returns it (`MM-DD-YYYY` on the EMR side, `MM/DD/YYYY` on the Client
 * side, reported null) as `YYYY-MM-DD`.
 * @returns null for anything that is not a day of the calendar
 */
export function readApiDateOfBirth(value: unknown): string | null {
	if (typeof value !== 'string') return null;
	const match = API_DAY.exec(value.trim());
	if (!match) return null;
	const [year, month, day] = (match[1] ? [1, 2, 3] : [6, 4, 5]).map((group) =>
		Number(match[group]),
	);
	const date = { year: year ?? NaN, month: month ?? NaN, day: day ?? NaN };
	return isRealDay(date) ? isoDay(date) : null;
}
