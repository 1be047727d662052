import type { CalendarDay } from './calendar';
import { isRealDay } from './calendar';
import { hasShortYear, isRightWeekday, readDayText } from './dayText';
import { withoutInvisible } from '../text';

/** The content of a date-time text, before a zone is applied. */
export interface WrittenTime extends CalendarDay {
	/** Milliseconds since midnight on the clock, or null if the text has no time of day. */
	clock: number | null;
	/** Offset from UTC in minutes, or null if the text has none. */
	offset: number | null;
}

/** Why a text is not a usable date and time. */
export type TextProblem = 'form' | 'impossible' | 'weekday' | 'meridiem' | 'shortYear' | 'zone';

const CLOCK = /^(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(?:([ap])\.?\s?m\b\.?)?/i;
/** `Z`, `UTC`, `GMT`, each with or without an offset, or an offset alone. A name in brackets may follow. */
const OFFSET =
	/^(?:(?:UTC|GMT)([+-]\d{1,2}(?::?\d{2})?)?|(Z)|([+-]\d{2}(?::?\d{2})?))(?:\s*(?:\([^()]*\)|\[[^[\]]*\]))?$/i;

function clockMillis(hour: number, minute: number, second: number, millis: number): number | null {
	if (hour > 23 || minute > 59 || second > 59) return null;
	return ((hour * 60 + minute) * 60 + second) * 1000 + millis;
}

function offsetMinutes(text: string): number | null {
	const [, sign, hours, minutes = '0'] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(text) ?? [];
	if (Number(hours) > 14 || Number(minutes) > 59) return null;
	return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** @returns minutes, or null without an offset */
function readOffset(text: string): number | null | TextProblem {
	if (text === '') return null;
	const match = OFFSET.exec(text);
	if (!match) return /^[a-z]{2,5}$/i.test(text) ? 'zone' : 'form';
	const offset = match[1] ?? match[3];
	return offset === undefined ? 0 : (offsetMinutes(offset) ?? 'impossible');
}

function readClock(text: string): Pick<WrittenTime, 'clock' | 'offset'> | TextProblem {
	const match = CLOCK.exec(text);
	const [whole = '', hour = '', minute, second, fraction = '', half] = match ?? [];
	if (!match || (minute === undefined && half === undefined)) return 'form';
	const offset = readOffset(text.slice(whole.length).trim());
	if (typeof offset === 'string') return offset;
	let hours = Number(hour);
	// 2:30 means the afternoon to a person and the night to a machine. Only machines write seconds or an
	// offset.
	const isBare = half === undefined && second === undefined && offset === null;
	if (isBare && hour.length === 1 && hours > 0) return 'meridiem';
	if (half !== undefined) {
		if (hours < 1 || hours > 12) return 'impossible';
		hours = (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
	}
	const millis = Number(fraction.slice(0, 3).padEnd(3, '0'));
	const clock = clockMillis(hours, Number(minute ?? 0), Number(second ?? 0), millis);
	return clock === null ? 'impossible' : { clock, offset };
}

/**
 * Reads a day in any form of {@link readDayText} and an optional time of day: 24 hours, or 12 hours with AM or
 * PM. Seconds, fractions and an offset from UTC are optional. A one-digit hour without AM or PM, seconds or
 * offset is refused (`meridiem`), because 2:30 would be booked for the night. A two-digit year (`shortYear`) is
 * refused too, and so is a zone in letters (`zone`), because people use PST for different offsets.
 */
export function readDateTimeText(given: string): WrittenTime | TextProblem {
	// Full-width digits become plain digits. The narrow space that browsers put before AM becomes a space.
	const text = withoutInvisible(given.normalize('NFKC')).trim();
	const found = readDayText(text);
	if (!found) return hasShortYear(text) ? 'shortYear' : 'form';
	const { year, month, day, rest } = found;
	if (!isRealDay({ year, month, day })) return 'impossible';
	if (!isRightWeekday(found)) return 'weekday';
	if (rest.trim() === '') return { year, month, day, clock: null, offset: null };
	const time = /^(?:T|,?\s+at\s+|,\s*|\s+)(\S.*)$/is.exec(rest)?.[1];
	const clock = time === undefined ? 'form' : readClock(time);
	return typeof clock === 'string' ? clock : { year, month, day, ...clock };
}
