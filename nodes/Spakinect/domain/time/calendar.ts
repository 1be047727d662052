/** A calendar day, without time and zone. */
export interface CalendarDay {
	year: number;
	/** 1 to 12 */
	month: number;
	/** 1 to 31 */
	day: number;
}

/** The part of a Luxon DateTime that the package uses. */
export interface LuxonLike extends CalendarDay {
	isValid: boolean;
	zoneName: string | null;
	toMillis(): number;
	startOf(unit: 'day'): { toMillis(): number };
}

/**
 * True for a Luxon DateTime of any copy of Luxon. n8n's expressions return DateTimes of n8n's own copy, which
 * `instanceof` with another copy doesn't recognize.
 */
export function isLuxonDateTime(value: unknown): value is LuxonLike {
	return (
		typeof value === 'object' &&
		value !== null &&
		(value as { isLuxonDateTime?: unknown }).isLuxonDateTime === true &&
		typeof (value as { toMillis?: unknown }).toMillis === 'function'
	);
}

/** True if the day exists in the Gregorian calendar. */
export function isRealDay({ year, month, day }: CalendarDay): boolean {
	if (month < 1 || month > 12 || day < 1) return false;
	const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
	const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
	return day <= (lengths[month - 1] ?? 0);
}

export const DAY_MS = 86_400_000;

/** Unix milliseconds of the start of a day in UTC. */
export const startOfUtcDay = ({ year, month, day }: CalendarDay): number =>
	Date.UTC(year, month - 1, day);

/**
 * Unix milliseconds of a time on the clock.
 *
 * @param clock milliseconds since midnight
 * @param offset from UTC in minutes
 */
export const instantOf = (day: CalendarDay, clock: number, offset: number): number =>
	startOfUtcDay(day) + clock - offset * 60_000;

/** The day in UTC that holds an instant in Unix milliseconds. */
export function utcDayOf(millis: number): CalendarDay {
	const date = new Date(millis);
	return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** `YYYY-MM-DD` */
export function isoDay({ year, month, day }: CalendarDay): string {
	const two = (part: number) => String(part).padStart(2, '0');
	return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** How far the clocks of Spakinect and n8n may differ. A time further ahead of now is a mistake. */
export const CLOCK_SKEW_MS = 5 * 60_000;

const MILLIS_FROM = 1e11;

/**
 * Milliseconds of a Unix time in seconds or milliseconds. From 1e11 it is read as milliseconds: as seconds it
 * would be the year 5138, as milliseconds it is 1973.
 */
export function unixToMillis(value: number): number {
	return Math.abs(value) >= MILLIS_FROM ? value : value * 1000;
}

/**
 * True for the years 2000 to 2100. Any other Spakinect time is a mistake, such as seconds read as milliseconds.
 */
export function isPlausibleMillis(millis: number): boolean {
	return millis >= Date.UTC(2000, 0, 1) && millis < Date.UTC(2101, 0, 1);
}
