import type { CalendarDay, LuxonLike } from './calendar';
import {
	DAY_MS,
	instantOf,
	isLuxonDateTime,
	isPlausibleMillis,
	startOfUtcDay,
	unixToMillis,
	utcDayOf,
} from './calendar';
import { emptyField, InputError } from '../inputError';
import { isSerial, readSerial } from './excelSerial';
import type { TextProblem, WrittenTime } from './instantText';
import { readDateTimeText } from './instantText';
import { zoneNamed } from './zone';
import { isBlank } from '../text';

const EXAMPLE =
	'Use a form such as 2026-03-09T14:30, 2026-03-09T14:30:00-08:00 or 03/09/2026 2:30 PM.';

/** How to read the times of a field. */
interface InstantRule {
	/** The label in the panel, for errors. */
	field: string;
	/** A date without a time of day: an error, the first or the last instant of that day. */
	dateOnly: 'refuse' | 'startOfDay' | 'endOfDay';
}

const PROBLEMS: Record<TextProblem, string> = {
	form: 'is not a date and time the node recognizes',
	impossible: 'is a date or a time of day that does not exist',
	weekday: 'has a weekday that does not match the date',
	meridiem: 'does not say AM or PM',
	shortYear: 'has a two-digit year: enter all four digits',
	zone: 'has a time zone in letters: enter the UTC offset instead, such as -08:00',
};

/**
 * The instant of a local time, in Unix milliseconds. Around a clock change there are two candidate offsets, one
 * before and one after it. In a gap, neither fits. In an overlap, both fit, and the earlier instant is used,
 * because a patient who is early can wait.
 */
function localToMillis(day: CalendarDay, clock: number, zone: string): number | null {
	const found = zoneNamed(zone);
	const offset = (millis: number) => found.offset(millis);
	const wall = instantOf(day, clock, 0);
	const fits = [offset(wall - DAY_MS), offset(wall + DAY_MS)]
		.map((minutes) => ({ minutes, instant: instantOf(day, clock, minutes) }))
		.filter(({ minutes, instant }) => offset(instant) === minutes);
	return fits.length === 0 ? null : Math.min(...fits.map(({ instant }) => instant));
}

/** The first instant of a day: midnight, or the end of the gap in zones that change their clocks at midnight. */
function startOfDay(day: CalendarDay, zone: string): number | null {
	for (let minutes = 0; minutes <= 60; minutes += 30) {
		const millis = localToMillis(day, minutes * 60_000, zone);
		if (millis !== null) return millis;
	}
	return null;
}

/** The last millisecond of a day. Its length depends on the zone. */
function endOfDay(day: CalendarDay, zone: string): number | null {
	const start = startOfDay(utcDayOf(startOfUtcDay(day) + DAY_MS), zone);
	return start === null ? null : start - 1;
}

/**
 * A DateTime at the start of a day in the zone, such as n8n's `{{ $today }}`, counts as the whole day, like a
 * date. A text with a time is that time, even at midnight.
 */
function dateTimeToMillis(value: LuxonLike, zone: string, { dateOnly }: InstantRule): number {
	const millis = value.isValid ? value.toMillis() : NaN;
	if (dateOnly !== 'endOfDay') return millis;
	const isDay = startOfDay(value, zone) === millis;
	return isDay ? (endOfDay(value, zone) ?? millis) : millis;
}

const NUMBER = /^\d+(\.\d+)?$/;

/** Reads a number as a Unix time, or as a spreadsheet's day and time if it is too small for that. */
function readNumber(value: number): number | WrittenTime | TextProblem {
	if (!isSerial(value)) return unixToMillis(value);
	const serial = readSerial(value);
	return serial ? { ...serial, offset: null } : 'impossible';
}

function writtenToMillis(
	written: WrittenTime | TextProblem,
	zone: string,
	{ field, dateOnly }: InstantRule,
): number {
	if (typeof written === 'string') {
		throw new InputError(field, `'${field}' ${PROBLEMS[written]}`, EXAMPLE);
	}
	if (written.clock === null && dateOnly === 'refuse') {
		throw new InputError(field, `'${field}' has no time of day: add one`, EXAMPLE);
	}
	if (written.offset !== null && written.clock !== null) {
		return instantOf(written, written.clock, written.offset);
	}
	const millis =
		written.clock === null
			? (dateOnly === 'endOfDay' ? endOfDay : startOfDay)(written, zone)
			: localToMillis(written, written.clock, zone);
	if (millis === null) {
		throw new InputError(
			field,
			`'${field}' does not exist in its time zone: the clocks skip it when daylight saving time starts`,
			'Choose another time, or add the UTC offset.',
		);
	}
	return millis;
}

/**
 * Unix milliseconds of a time that a person, a date picker or an expression gives.
 * @param zone IANA name for texts without an offset. It is checked only for these
 * @throws InputError naming the field (or `Timezone`), never showing the value
 */
export function toEpochMillis(value: unknown, zone: string, rule: InstantRule): number {
	const { field } = rule;
	if (isBlank(value)) throw emptyField(field);
	const text = typeof value === 'string' ? value.normalize('NFKC').trim() : '';
	const number = NUMBER.test(text) ? Number(text) : value;
	let millis = NaN;
	if (typeof number === 'number') {
		const read = readNumber(number);
		millis = typeof read === 'number' ? read : writtenToMillis(read, zone, rule);
	} else if (typeof value === 'string') {
		millis = writtenToMillis(readDateTimeText(text), zone, rule);
	} else if (value instanceof Date) millis = value.getTime();
	else if (isLuxonDateTime(value)) millis = dateTimeToMillis(value, zone, rule);
	if (Number.isNaN(millis)) {
		throw new InputError(field, `'${field}' is not a valid date and time`, EXAMPLE);
	}
	if (!isPlausibleMillis(millis)) {
		throw new InputError(
			field,
			`'${field}' is not between the years 2000 and 2100`,
			`A number can be a spreadsheet date, Unix seconds or milliseconds. ${EXAMPLE}`,
		);
	}
	return millis;
}
