import type { CalendarDay } from './calendar';
import { DAY_MS, utcDayOf } from './calendar';

/** December 31, 2100. */
const LAST = 73_415;
/** Excel has a February 29, 1900, which doesn't exist in the calendar. */
const NO_SUCH_DAY = 60;

/** A day and a time of day as a spreadsheet stores them. */
interface SerialTime extends CalendarDay {
	/** Milliseconds since midnight, in whole seconds. Null for a whole number, which is a date without a time. */
	clock: number | null;
}

/** True for a number in the range of the dates that spreadsheets store for 1900 to 2100. */
export const isSerial = (value: number): boolean => value >= 1 && value < LAST + 1;

/**
 * Reads a spreadsheet's number: days since the start of 1900 (Excel's 1900 date system, which Google Sheets
 * shares from March 1900 on), and a fraction for the time of day, rounded to seconds.
 *
 * @returns null outside the years 1900 to 2100, and for Excel's nonexistent February 29, 1900
 */
export function readSerial(value: number): SerialTime | null {
	if (!isSerial(value) || Math.floor(value) === NO_SUCH_DAY) return null;
	const seconds = Math.round((value % 1) * 86_400);
	const whole = Math.floor(value) + (seconds === 86_400 ? 1 : 0);
	const days = whole + (whole < NO_SUCH_DAY ? 1 : 0);
	return {
		...utcDayOf(Date.UTC(1899, 11, 30) + days * DAY_MS),
		clock: Number.isInteger(value) ? null : (seconds % 86_400) * 1000,
	};
}
