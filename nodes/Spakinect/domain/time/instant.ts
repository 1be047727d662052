import { Info } from 'luxon';

import type { CalendarDay, LuxonLike } from './calendar';
import { isLuxonDateTime, isPlausibleMillis, unixToMillis } from './calendar';
import { EMPTY_ADVICE, InputError } from '../inputError';
import type { TextProblem } from './instantText';
import { readDateTimeText } from './instantText';
import { isBlank } from '../text/text';

const DAY = 86_400_000;
const EXAMPLE =
	'Use a form such as 2026-03-09T14:30, 2026-03-09T14:30:00-08:00 or 03/09/2026 2:30 PM.';

/** How a field wants its times read. */
export interface InstantRule {
	/** Display label for errors. */
	field: string;
	/** A date without a time of day: an error, the first or the last instant of that day. */
	dateOnly: 'refuse' | 'startOfDay' | 'endOfDay';
}

const PROBLEMS: Record<TextProblem, string> = {
	form: 'is not a date and time in a form that can be read without guessing',
	impossible: 'names a date or a time of day that does not exist',
	meridiem: 'does not say whether the hour is in the morning or in the afternoon',
};

function zoneNamed(zone: string) {
	const name = zone.trim();
	const found = Info.normalizeZone(name);
	if (name === '' || !found.isValid || found.type === 'system') {
		throw new InputError(
			'Timezone',
			"'Timezone' is not a known time zone: enter an IANA name",
			'Use a name such as America/Los_Angeles.',
		);
	}
	return found;
}

/**
 * Instant of a local time. Around a change of the clocks there are two candidate offsets, the one
 * before and the one after: none fits in a gap, both fit in an overlap, where the earlier instant is
 * taken (a patient who is early can wait).
 */
function localToMillis(day: CalendarDay, clock: number, zone: string): number | null {
	const found = zoneNamed(zone);
	const offset = (millis: number) => found.offset(millis);
	const wall = Date.UTC(day.year, day.month - 1, day.day) + clock;
	const fits = [offset(wall - DAY), offset(wall + DAY)]
		.map((minutes) => ({ minutes, instant: wall - minutes * 60_000 }))
		.filter(({ minutes, instant }) => offset(instant) === minutes);
	return fits.length === 0 ? null : Math.min(...fits.map(({ instant }) => instant));
}

/**
 * First instant of a day: midnight, or the end of the gap in zones that change their clocks at
 * midnight.
 */
function startOfDay(day: CalendarDay, zone: string): number | null {
	for (let minutes = 0; minutes <= 60; minutes += 30) {
		const millis = localToMillis(day, minutes * 60_000, zone);
		if (millis !== null) return millis;
	}
	return null;
}

/** Last millisecond of a day, which is as long as its zone makes it. */
function endOfDay({ year, month, day }: CalendarDay, zone: string): number | null {
	const next = new Date(Date.UTC(year, month - 1, day + 1));
	const start = startOfDay(
		{ year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() },
		zone,
	);
	return start === null ? null : start - 1;
}

/**
 * A DateTime at the start of a day in the zone, such as n8n's `{{ $today }}`, stands for the day where a
 * date does. A text with a time is that time, midnight included.
 */
function dateTimeToMillis(value: LuxonLike, zone: string, { dateOnly }: InstantRule): number {
	const millis = value.isValid ? value.toMillis() : NaN;
	if (dateOnly !== 'endOfDay') return millis;
	const isDay = startOfDay(value, zone) === millis;
	return isDay ? (endOfDay(value, zone) ?? millis) : millis;
}

function textToMillis(text: string, zone: string, { field, dateOnly }: InstantRule): number {
	if (/^\d+(\.\d+)?$/.test(text)) return unixToMillis(Number(text));
	const written = readDateTimeText(text);
	if (typeof written === 'string') {
		throw new InputError(field, `'${field}' ${PROBLEMS[written]}`, EXAMPLE);
	}
	if (written.clock === null && dateOnly === 'refuse') {
		throw new InputError(field, `'${field}' has no time of day: add one`, EXAMPLE);
	}
	if (written.offset !== null && written.clock !== null) {
		const wall = Date.UTC(written.year, written.month - 1, written.day) + written.clock;
		return wall - written.offset * 60_000;
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
 * Unix milliseconds of what a person, a date picker or an expression gives for a point in time.
 * @param zone IANA name that texts without an offset are read in; it is looked at only for these.
 * @throws InputError naming the field (or `Timezone`), never showing the value
 */
export function toEpochMillis(value: unknown, zone: string, rule: InstantRule): number {
	const { field } = rule;
	if (isBlank(value)) throw new InputError(field, `'${field}' is empty`, EMPTY_ADVICE);
	let millis = NaN;
	if (typeof value === 'string') millis = textToMillis(value.trim(), zone, rule);
	else if (typeof value === 'number') millis = unixToMillis(value);
	else if (value instanceof Date) millis = value.getTime();
	else if (isLuxonDateTime(value)) millis = dateTimeToMillis(value, zone, rule);
	if (Number.isNaN(millis)) {
		throw new InputError(field, `'${field}' is not a valid date and time`, EXAMPLE);
	}
	if (!isPlausibleMillis(millis)) {
		throw new InputError(
			field,
			`'${field}' lies outside of the years that make sense here`,
			`Years 2000 to 2100 are accepted; a number is read as Unix seconds or milliseconds. ${EXAMPLE}`,
		);
	}
	return millis;
}
