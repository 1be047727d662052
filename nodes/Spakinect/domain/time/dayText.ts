import type { CalendarDay } from './calendar';
import { startOfUtcDay } from './calendar';

/** A text that starts with a day: the day, and the rest of the text. */
interface DayText extends CalendarDay {
	rest: string;
	/** The first three letters of the weekday in lower case, as written. */
	weekday: string | undefined;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
	'(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const WEEKDAY =
	'(?:(sun(?:day)?|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?)\\.?,?\\s*)?';
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?';
const GAP = '(?:\\s*,\\s*|\\s+|-)';
/** The text after the day must not continue its digits or letters, except for the T of ISO 8601. */
const END = '(?![\\d/-])(.*)$';

const pattern = (...parts: string[]) => new RegExp(`^${WEEKDAY}${parts.join('')}${END}`, 'is');

/** For each form, the groups of year, month and day. */
const FORMS: Array<{ form: RegExp; order: [year: number, month: number, day: number] }> = [
	{ form: pattern('(\\d{4})-(\\d{1,2})-(\\d{1,2})'), order: [2, 3, 4] },
	{ form: pattern('(\\d{4})/(\\d{1,2})/(\\d{1,2})'), order: [2, 3, 4] },
	{ form: pattern('(\\d{1,2})/(\\d{1,2})/(\\d{4})'), order: [4, 2, 3] },
	{ form: pattern('(\\d{1,2})-(\\d{1,2})-(\\d{4})'), order: [4, 2, 3] },
	{ form: pattern(MONTH, GAP, DAY, GAP, '(\\d{4})'), order: [4, 2, 3] },
	{ form: pattern(DAY, '(?:\\s+of)?', '(?:\\s*|-)', MONTH, GAP, '(\\d{4})'), order: [4, 3, 2] },
	{ form: pattern('(\\d{4})', GAP, MONTH, GAP, DAY), order: [2, 3, 4] },
];

const monthOf = (text: string): number => {
	const named = MONTHS.indexOf(text.slice(0, 3).toLowerCase());
	return named < 0 ? Number(text) : named + 1;
};

/**
 * The day that a text starts with: ISO, year first with slashes, the US forms with the month first, and English
 * month names (`Oct 27, 1990`, `27th of October 1990`, `Sat, 27-Oct-1990`). It doesn't check whether the day
 * exists.
 */
export function readDayText(text: string): DayText | undefined {
	for (const { form, order } of FORMS) {
		const match = form.exec(text);
		if (!match) continue;
		const [year = '', month = '', day = ''] = order.map((group) => match[group]);
		return {
			year: Number(year),
			month: monthOf(month),
			day: Number(day),
			rest: match[5] ?? '',
			weekday: match[1]?.slice(0, 3).toLowerCase(),
		};
	}
	return undefined;
}

const SHORT_YEAR = new RegExp(
	`^${WEEKDAY}(?:\\d{1,2}([-/.])\\d{1,2}\\2\\d{2}|${MONTH}${GAP}${DAY}${GAP}'?\\d{2}|${DAY}(?:\\s*|-)${MONTH}${GAP}'?\\d{2})(?!\\d)`,
	'i',
);

/** True for a date whose year has two digits: 10/27/30 may be 1930 or 2030. */
export const hasShortYear = (text: string): boolean => SHORT_YEAR.test(text);

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** False if the text names the wrong weekday for the day. */
export const isRightWeekday = (day: DayText): boolean =>
	day.weekday === undefined || day.weekday === WEEKDAYS[new Date(startOfUtcDay(day)).getUTCDay()];
