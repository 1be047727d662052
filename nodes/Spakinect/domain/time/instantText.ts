import type { CalendarDay } from './calendar';
import { isRealDay } from './calendar';

/** What a date-time text says, before any zone is applied. */
export interface WrittenTime extends CalendarDay {
	/** Milliseconds since midnight on the clock, or null when the text has no time of day. */
	clock: number | null;
	/** Offset from UTC in minutes, or null when the text names none. */
	offset: number | null;
}

/** Why a text is not a usable date and time. */
export type TextProblem = 'form' | 'impossible' | 'meridiem';

const ISO =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
const US =
	/^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s?([ap])\.?m\.?)?)?$/i;

function clockMillis(hour: number, minute: number, second: number, millis: number): number | null {
	if (hour > 23 || minute > 59 || second > 59) return null;
	return ((hour * 60 + minute) * 60 + second) * 1000 + millis;
}

function offsetMinutes(text: string): number | null {
	if (text.toUpperCase() === 'Z') return 0;
	const digits = text.slice(1).replace(':', '').padEnd(4, '0');
	const hours = Number(digits.slice(0, 2));
	const minutes = Number(digits.slice(2));
	if (hours > 14 || minutes > 59) return null;
	return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function readIso(match: RegExpExecArray): WrittenTime | TextProblem {
	const [, year, month, day, hour, minute, second, fraction, zone] = match;
	const date = { year: Number(year), month: Number(month), day: Number(day) };
	if (!isRealDay(date)) return 'impossible';
	if (hour === undefined) return { ...date, clock: null, offset: null };
	const millis = Number((fraction ?? '').slice(0, 3).padEnd(3, '0'));
	const clock = clockMillis(Number(hour), Number(minute), Number(second ?? 0), millis);
	const offset = zone === undefined ? null : offsetMinutes(zone);
	if (clock === null || (zone !== undefined && offset === null)) return 'impossible';
	return { ...date, clock, offset };
}

function readUs(match: RegExpExecArray): WrittenTime | TextProblem {
	const [, month, day, year, hour, minute, second, half] = match;
	const date = { year: Number(year), month: Number(month), day: Number(day) };
	if (!isRealDay(date)) return 'impossible';
	if (hour === undefined) return { ...date, clock: null, offset: null };
	let hours = Number(hour);
	if (half === undefined && hour.length === 1) return 'meridiem';
	if (half !== undefined) {
		if (hours < 1 || hours > 12) return 'impossible';
		hours = (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
	}
	const clock = clockMillis(hours, Number(minute), Number(second ?? 0), 0);
	return clock === null ? 'impossible' : { ...date, clock, offset: null };
}

/**
 * Reads ISO 8601 (`T` or a space, with or without offset) and the US form `MM/DD/YYYY h:mm AM` or
 * `MM/DD/YYYY HH:mm`.
 * A one-digit hour without AM or PM is refused as `meridiem`: 2:30 would be booked for the night.
 */
export function readDateTimeText(text: string): WrittenTime | TextProblem {
	const iso = ISO.exec(text);
	if (iso) return readIso(iso);
	const us = US.exec(text);
	return us ? readUs(us) : 'form';
}
