import fc from 'fast-check';
import { DateTime } from 'luxon';

import {
	oddAppointment,
	toUnixSeconds,
} from '../../../../nodes/Spakinect/domain/time/appointmentTime';
import { InputError } from '../../../../nodes/Spakinect/domain/inputError';
import { expectSafeRejection, rejection } from '../support/rejection.mts';
import { sized } from '../../support/size.mts';

const LA = 'America/Los_Angeles';
const NOON_UTC = Date.UTC(2026, 2, 10, 12) / 1000;

describe('toUnixSeconds accepts', () => {
	it.each([
		['ISO with Z', '2026-03-10T12:00:00Z'],
		['ISO with milliseconds, dropped', '2026-03-10T12:00:00.999Z'],
		['ISO with an offset', '2026-03-10T05:00:00-07:00'],
		['an offset without colon', '2026-03-10T05:00:00-0700'],
		['an offset of hours only', '2026-03-10T17:30+05:30'],
		['a lower-case t and z', '2026-03-10t12:00z'],
		['a time without zone, read in the given one', '2026-03-10T05:00:00'],
		['the date picker with a space', '2026-03-10 05:00'],
		['surrounding space', '  2026-03-10T05:00 '],
		['the US form with AM', '03/10/2026 5:00 AM'],
		['the US form, short', '3/10/2026, 5:00am'],
		['the US form with dots', '03/10/2026 5:00 a.m.'],
		['the US form in 24 hours', '03/10/2026 05:00'],
		['ISO with AM', '2026-03-10 5:00 AM'],
		['ISO with AM and seconds', '2026-03-10T05:00:00 am'],
		['12 hours with an offset', '2026-03-10 12:00 PM +00:00'],
		['the US form with seconds, as spreadsheets write it', '3/10/2026 5:00:00'],
		['the US form with dashes', '03-10-2026 05:00'],
		['the text of a browser', '3/10/2026, 5:00:00\u202fAM'],
		['a month name', 'Mar 10 2026 5:00 AM'],
		['a month name with "at"', 'March 10th, 2026 at 5 AM'],
		['a weekday and a day before the month', 'Tue, 10 Mar 2026 12:00:00 GMT'],
		['the text of a JavaScript date', 'Tue Mar 10 2026 05:00:00 GMT-0700 (Pacific Daylight Time)'],
		['an offset behind UTC', '2026-03-10 05:00 UTC-7'],
		['a zone in brackets behind the offset', '2026-03-10T05:00-07:00[America/Los_Angeles]'],
		['full-width digits', '２０２６-０３-１０T０５:００'],
		['a spreadsheet number', 46091 + 5 / 24],
		['a spreadsheet number as text', '46091.2083333333'],
		['seconds', NOON_UTC],
		['seconds with a fraction', NOON_UTC + 0.7],
		['milliseconds', NOON_UTC * 1000],
		['seconds as text', String(NOON_UTC)],
		['milliseconds as text', `${NOON_UTC}123`],
		['a Date', new Date(NOON_UTC * 1000)],
		['a DateTime', DateTime.fromSeconds(NOON_UTC, { zone: 'Asia/Tokyo' })],
		[
			'a DateTime of another copy of Luxon',
			{
				isLuxonDateTime: true,
				isValid: true,
				zoneName: 'utc',
				year: 2026,
				month: 3,
				day: 10,
				toMillis: () => NOON_UTC * 1000,
			},
		],
	])('%s', (_, value) => {
		expect(toUnixSeconds(value, LA)).toBe(NOON_UTC);
	});

	it.each([
		['12 AM is midnight', '03/10/2026 12:15 AM', '2026-03-10T00:15:00-07:00'],
		['one in the morning', '03/10/2026 1:15 AM', '2026-03-10T01:15:00-07:00'],
		['the offset furthest east', '2026-03-10T14:00+14:00', '2026-03-10T00:00:00Z'],
		['an offset with minutes', '2026-03-10T05:59+05:59', '2026-03-10T00:00:00Z'],
		['12 PM is noon', '03/10/2026 12:15 PM', '2026-03-10T12:15:00-07:00'],
		['the last minute before the gap', '2026-03-08T01:59', '2026-03-08T09:59:00Z'],
		['the first minute after the gap', '2026-03-08T03:00', '2026-03-08T10:00:00Z'],
		['the earlier of a time that happens twice', '2026-11-01T01:30', '2026-11-01T08:30:00Z'],
		['after the overlap', '2026-11-01T02:00', '2026-11-01T10:00:00Z'],
		['leap day', '2028-02-29T10:00', '2028-02-29T18:00:00Z'],
	])('%s', (_, value, iso) => {
		expect(toUnixSeconds(value, LA)).toBe(Date.parse(iso) / 1000);
	});

	it('an unknown zone that is not needed', () => {
		expect(toUnixSeconds('2026-03-10T12:00:00Z', 'Mars/Base')).toBe(NOON_UTC);
	});

	it.each([
		['47514.4166', '2030-01-31T09:59:54'],
		[47514.75, '2030-01-31T18:00:00'],
		[47514 + (10 * 3600 + 30 * 60 + 15) / 86400, '2030-01-31T10:30:15'],
		[47514.9999999, '2030-02-01T00:00:00'],
	])('the time of day of the spreadsheet number %s', (value, iso) => {
		const expected = DateTime.fromISO(iso, { zone: LA }).toSeconds();
		expect(toUnixSeconds(value, LA)).toBe(expected);
	});

	it('surrounding space in the zone', () => {
		expect(toUnixSeconds('2026-03-10T05:00', ` ${LA} `)).toBe(NOON_UTC);
	});

	it('Unix times at both ends of the plausible years', () => {
		expect(toUnixSeconds(946_684_800, LA)).toBe(946_684_800);
		expect(toUnixSeconds('2100-12-31T23:59:59Z', LA)).toBe(4_133_980_799);
	});
});

describe('toUnixSeconds refuses', () => {
	it.each([
		['nothing', undefined],
		['null', null],
		['an empty text', '  '],
		['a boolean', true],
		['an object', { date: '2026-03-10' }],
		['a date without a time of day', '2026-03-10'],
		['a US date without a time of day', '03/10/2026'],
		['a day that does not exist', '2026-02-30T10:00'],
		['29 February outside leap years', '2026-02-29T10:00'],
		['a day-first date', '13/03/2026 10:00 AM'],
		['an hour that does not exist', '2026-03-10T24:00'],
		['a minute that does not exist', '2026-03-10T10:60Z'],
		['13 PM', '03/10/2026 13:00 PM'],
		['0 AM', '03/10/2026 0:30 AM'],
		['a one-digit hour without AM or PM', '03/10/2026 2:30'],
		['an offset that does not exist', '2026-03-10T10:00+15:00'],
		['a local time inside the DST gap', '2026-03-08T02:30:00'],
		['the DST gap in the US form', '03/08/2026 2:30 AM'],
		['an invalid Date', new Date(NaN)],
		['an invalid DateTime', DateTime.invalid('test')],
		['NaN', NaN],
		['infinity', Infinity],
		['a small number', 20260310],
		['a compact date as text', '20260310'],
		['seconds before 2000', 946_684_799],
		['milliseconds after 2100', Date.UTC(2101, 0, 1)],
		['microseconds', NOON_UTC * 1e6],
		['a negative number', -NOON_UTC],
		['ISO before 2000', '1999-12-31T23:59:59Z'],
		['words', 'next Tuesday at 2pm'],
		['a date in words without a time of day', 'March 10, 2026'],
		['a year of two digits', '3/10/26 10:00 AM'],
		['a wrong weekday', 'Mon Mar 9 2027 10:00 AM'],
		['a spreadsheet number without a time of day', 46091],
		['the same with decimals', '46091.0'],
		['a spreadsheet number before 2000', 33173.5],
		['a one-digit hour in ISO', '2026-03-10 2:30'],
		['25 hours', '2026-03-10T25:00:00Z'],
		['minutes of 12 hours that do not exist', '03/10/2026 1:60 PM'],
		['seconds that do not exist', '03/10/2026 1:00:60 PM'],
		['an hour alone', '03/10/2026 14'],
		['a named zone behind the time', '2026-03-10 10:00 PST'],
	])('%s', (_, value) => {
		expectSafeRejection(
			rejection(() => toUnixSeconds(value, LA)),
			'Appointment Time',
			value,
		);
	});

	it.each([
		['EST', 'America/New_York'],
		['est', 'America/New_York'],
		['EDT', 'America/New_York'],
		['MST', 'America/Denver'],
		['HST', 'Pacific/Honolulu'],
		['PST', 'America/Los_Angeles'],
		['AST', 'America/Halifax'],
		['BST', 'Europe/London'],
		['CEST', 'Europe/Berlin'],
	])('the abbreviation %s, and names %s', (zone, place) => {
		const error = rejection(() => toUnixSeconds('2026-07-10T10:00', zone));
		expectSafeRejection(error, 'Timezone', zone);
		expect(error.advice).toContain(place);
	});

	it.each(['UTC', 'utc', 'Etc/UTC', 'GMT', 'Zulu', 'US/Eastern', 'EST5EDT', 'CET', 'Japan'])(
		'but not the zone %s',
		(zone) => {
			expect(toUnixSeconds('2026-07-10T10:00', zone)).toBeGreaterThan(0);
		},
	);

	it.each([
		'Mars/Base',
		'',
		' ',
		'local',
		'system',
		'DEFAULT',
		'PST8',
		'Etc/GMT+5',
		'UTC-5',
		'GMT-8',
		'-08:00',
		'undefined',
	])('a time without offset in the zone "%s"', (zone) => {
		expectSafeRejection(
			rejection(() => toUnixSeconds('2026-03-10T10:00', zone)),
			'Timezone',
			zone,
		);
	});

	it('a day that a zone skipped as a whole', () => {
		const error = rejection(() => toUnixSeconds('2011-12-30T12:00', 'Pacific/Apia'));
		expect(error.message).toContain('clocks');
	});
});

describe('toUnixSeconds, whatever goes in', () => {
	const anything = fc.oneof(
		fc.string(),
		fc.anything(),
		fc.double(),
		fc.integer(),
		fc.date({ noInvalidDate: false }).map((date) => {
			return Number.isNaN(date.getTime()) ? date : date.toISOString();
		}),
		fc.stringMatching(/^[0-9/: TZAPM.+-]{4,26}$/),
		fc.stringMatching(
			/^20\d\d-[01]\d-[0-3]\d[T ][0-2]\d:[0-6]\d(:[0-6]\d)?(Z|[+-][01]\d:[0-6]0)?$/,
		),
		fc.stringMatching(/^[01]?\d\/[0-3]?\d\/20\d\d [0-2]?\d:[0-6]\d( [AP]M)?$/),
	);

	it('gives whole seconds in the plausible years or a safe refusal', () => {
		fc.assert(
			fc.property(anything, fc.constantFrom(LA, 'Asia/Kathmandu', 'utc'), (value, zone) => {
				let seconds: number;
				try {
					seconds = toUnixSeconds(value, zone);
				} catch (error) {
					expect(error).toBeInstanceOf(InputError);
					const shown = typeof value === 'string' ? value : '';
					expectSafeRejection(error as InputError, 'Appointment Time', shown);
					return;
				}
				expect(Number.isInteger(seconds)).toBe(true);
				expect(seconds).toBeGreaterThanOrEqual(946_684_800);
				expect(seconds).toBeLessThan(4_133_980_800);
			}),
			{ numRuns: sized(3000) },
		);
	});

	it('reads a local time as the instant whose local time it is', () => {
		const seconds = fc.integer({ min: 1_000_000_000, max: 4_000_000_000 });
		fc.assert(
			fc.property(
				seconds,
				fc.constantFrom(LA, 'Europe/Berlin', 'Australia/Lord_Howe'),
				(at, zone) => {
					const written = DateTime.fromSeconds(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
					const read = toUnixSeconds(written, zone);
					expect(read).toBeLessThanOrEqual(at);
					expect(DateTime.fromSeconds(read, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss")).toBe(
						written,
					);
				},
			),
		);
	});
});

it('a spreadsheet number is the local time that it stands for', () => {
	const seconds = fc.integer({ min: 36526 * 86400 + 1, max: 73415 * 86400 });
	fc.assert(
		fc.property(seconds, (serial) => {
			fc.pre(serial % 86400 !== 0);
			const expected = Date.UTC(1899, 11, 30) / 1000 + serial;
			expect(toUnixSeconds(serial / 86400, 'utc')).toBe(expected);
			expect(toUnixSeconds(String(serial / 86400), 'utc')).toBe(expected);
		}),
	);
});

describe('oddAppointment', () => {
	const now = Date.parse('2026-03-10T20:00:00Z');
	it.each([
		['2026-03-10T19:59:59Z', 'past'],
		['2001-09-09T01:46:40Z', 'past'],
		['2026-03-10T20:00:00Z', undefined],
		['2028-03-09T20:00:00Z', undefined],
		['2028-03-14T20:00:00Z', 'two years ahead'],
	])('%s: %s', (time, expected) => {
		const text = oddAppointment(Date.parse(time) / 1000, now);
		if (expected === undefined) expect(text).toBeUndefined();
		else expect(text).toContain(expected);
	});
});
