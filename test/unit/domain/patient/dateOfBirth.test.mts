import fc from 'fast-check';
import { DateTime } from 'luxon';

import {
	parseDateOfBirth,
	readApiDateOfBirth,
	toDashes,
	toSlashes,
} from '../../../../nodes/Spakinect/domain/patient/dateOfBirth';
import { InputError } from '../../../../nodes/Spakinect/domain/inputError';
import { expectSafeRejection, rejection } from '../support/rejection.mts';
import { sized } from '../../support/size.mts';

const TODAY = '2026-03-10';
const parse = (value: unknown) => parseDateOfBirth(value, TODAY);

describe('parseDateOfBirth accepts', () => {
	it.each([
		['ISO', '1990-10-27'],
		['slashes, the month first', '10/27/1990'],
		['dashes, the month first', '10-27-1990'],
		['surrounding space', ' 10/27/1990 '],
		['full-width digits', '１９９０-１０-２７'],
		['the year first with slashes', '1990/10/27'],
		['a short month name', 'Oct 27, 1990'],
		['a month name with a dot', 'Oct. 27, 1990'],
		['a month name without a comma', 'October 27 1990'],
		['a month name in capitals', 'OCT 27 1990'],
		['the day before the month', '27 Oct 1990'],
		['the same with dashes', '27-Oct-1990'],
		['the same with commas', '27 October, 1990'],
		['an ordinal', 'Oct 27th, 1990'],
		['an ordinal before the month', '27th of October 1990'],
		['the year before the month', '1990 Oct 27'],
		['a weekday', 'Saturday, October 27, 1990'],
		['the text of a JavaScript date', 'Sat Oct 27 1990 00:00:00 GMT-0700 (Pacific Daylight Time)'],
		['the text of an HTTP date', 'Sat, 27 Oct 1990 00:00:00 GMT'],
		['midnight in 12 hours', '10/27/1990 12:00:00 AM'],
		['midnight as a browser writes it', '10/27/1990, 12:00:00\u202fAM'],
		['midnight in 24 hours', '10/27/1990 00:00'],
		['midnight of a one-digit hour', '10/27/1990 0:00:00'],
		['an ISO date-time at midnight UTC', '1990-10-27T00:00:00.000Z'],
		['an ISO date-time at midnight in its own zone', '1990-10-27T00:00:00.000+14:00'],
		['an ISO date-time at midnight UTC, in another zone', '1990-10-26T20:00:00.000-04:00'],
		['a date-time with a space', '1990-10-27 00:00'],
		['a DateTime at local midnight', DateTime.fromISO('1990-10-27', { zone: 'Asia/Tokyo' })],
		[
			'a DateTime at midnight UTC in another zone',
			DateTime.fromMillis(656985600000, { zone: 'America/New_York' }),
		],
		['a Date at midnight UTC', new Date('1990-10-27')],
		['a spreadsheet number', 33173],
		['a spreadsheet number as text', '33173'],
		['the same with decimals', '33173.0'],
	])('%s', (_, value) => {
		expect(parse(value)).toBe('1990-10-27');
	});

	it.each([
		['single digits', '3/4/1990', '1990-03-04'],
		['leap day', '02/29/2000', '2000-02-29'],
		['today', '2026-03-10', '2026-03-10'],
		['the first accepted day', '01/01/1900', '1900-01-01'],
		['the first spreadsheet number that is no age', 131, '1900-05-10'],
		['a recent spreadsheet number', 46091, '2026-03-10'],
		[
			'a day that starts at one because of the clocks',
			DateTime.fromISO('1990-10-21', { zone: 'America/Sao_Paulo' }),
			'1990-10-21',
		],
		['a name of five letters', 'Sept 3, 1990', '1990-09-03'],
		['May', 'May 1st 1990', '1990-05-01'],
	])('%s', (_, value, iso) => {
		expect(parse(value)).toBe(iso);
	});
});

describe('parseDateOfBirth refuses', () => {
	it.each([
		['nothing', undefined],
		['an empty text', ''],
		['the 29 February 1900 that Excel made up', 60],
		['a spreadsheet number with a time of day', 33173.5],
		['a spreadsheet number in the future', 46092],
		['zero', 0],
		['a negative number', -5],
		['a number behind all spreadsheet dates', 73416],
		['Unix time', 656985600],
		['a year alone', 1990],
		['an age', 45],
		['an age as text', '45'],
		['the age of a child', 1],
		['the highest age', 130],
		['a year alone as text', '1990'],
		['a month name with a year of two digits', "Oct 27, '90"],
		['a day before the month with a year of two digits', '27-Oct-90'],
		['a wrong weekday', 'Friday, October 27, 1990'],
		['a month that is none', 'Okt 27, 1990'],
		['a month alone', 'October 1990'],
		['31 February in words', 'Feb 31, 1990'],
		['a time that does not exist', '1990-04-25T99:99:00Z'],
		['an offset that does not exist', '1990-04-25T00:00:00+25:00'],
		['the day before in UTC', '1990-10-26T22:00:00.000Z'],
		['the same as a Date', new Date('1990-10-26T22:00:00.000Z')],
		['the same as a DateTime', DateTime.fromISO('1990-10-26T22:00:00.000Z', { zone: 'utc' })],
		['one second before midnight', '1990-10-27T23:59:59.000+14:00'],
		['noon', '10/27/1990 12:00:00 PM'],
		['a DateTime in the evening', DateTime.fromISO('1990-10-27T23:30', { zone: 'Asia/Tokyo' })],
		['a year of two digits', '10/27/90'],
		['the day first', '27/10/1990'],
		['mixed separators', '10/27-1990'],
		['dots', '27.10.1990'],
		['30 February', '1990-02-30'],
		['29 February of 1900, no leap year', '1900-02-29'],
		['month 0', '00/10/1990'],
		['day 0', '10/00/1990'],
		['before 1900', '1899-12-31'],
		['tomorrow', '2026-03-11'],
		['a Date whose day depends on the zone', new Date('1990-10-27T07:00:00Z')],
		['an invalid Date', new Date(NaN)],
		['an invalid DateTime', DateTime.invalid('test')],
		['a DateTime of the year 12000', DateTime.utc(12000, 1, 1)],
		['an object', { year: 1990 }],
		['text behind the date', '1990-10-27 or so'],
	])('%s', (_, value) => {
		expectSafeRejection(
			rejection(() => parse(value)),
			'Date of Birth',
			value,
		);
	});
});

it.each([
	['10/27/90', 'two-digit year'],
	['Oct 27, 90', 'two-digit year'],
	['1990-10-26T22:00:00.000Z', 'has a time of day'],
	[33173.25, 'has a time of day'],
	[1990, 'year only'],
])('the refusal of %j says why', (value, reason) => {
	expect(rejection(() => parse(value)).message).toContain(reason);
});

describe('the forms of the API', () => {
	it('writes slashes and dashes', () => {
		expect(toSlashes('1990-03-04')).toBe('03/04/1990');
		expect(toDashes('1990-03-04')).toBe('03-04-1990');
	});

	it.each([
		['surrounding space', ' 10-27-1990 ', '1990-10-27'],
		['EMR dashes', '10-27-1990', '1990-10-27'],
		['Client slashes', '10/27/1990', '1990-10-27'],
		['ISO', '1990-10-27', '1990-10-27'],
		['a day in the future is still what the API says', '2030-01-01', '2030-01-01'],
		['null', null, null],
		['nothing', undefined, null],
		['an empty text', '', null],
		['an impossible day', '02-30-1990', null],
		['an ISO date-time, its day as written', '1990-10-27T07:00:00Z', '1990-10-27'],
		['a month name', 'Oct 27, 1990', null],
		['a number', 656985600, null],
		['garbage', 'N/A', null],
	])('reads %s', (_, value, expected) => {
		expect(readApiDateOfBirth(value)).toBe(expected);
	});
});

describe('dates of birth, whatever goes in', () => {
	const days = fc
		.date({ min: new Date('1900-01-01'), max: new Date(TODAY), noInvalidDate: true })
		.map((date) => date.toISOString().slice(0, 10));

	it('every day survives each form unchanged, in any zone', () => {
		fc.assert(
			fc.property(
				days,
				fc.constantFrom('America/Los_Angeles', 'Asia/Tokyo', 'utc'),
				(iso, zone) => {
					expect(parse(iso)).toBe(iso);
					expect(parse(toSlashes(iso))).toBe(iso);
					expect(parse(toDashes(iso))).toBe(iso);
					expect(parse(new Date(iso))).toBe(iso);
					expect(parse(DateTime.fromISO(iso, { zone }))).toBe(iso);
					expect(readApiDateOfBirth(toDashes(iso))).toBe(iso);
				},
			),
		);
	});

	it('gives a real day up to today or a safe refusal', () => {
		const anything = fc.oneof(
			fc.anything(),
			fc.string(),
			fc.stringMatching(/^[0-9/T:Z -]{4,20}$/),
			fc.stringMatching(/^[0-3]?\d[/-][0-3]?\d[/-][12]\d\d\d$/),
			fc.stringMatching(/^[12]\d\d\d-[0-3]\d-[0-3]\d$/),
		);
		fc.assert(
			fc.property(anything, (value) => {
				let iso: string;
				try {
					iso = parse(value);
				} catch (error) {
					expect(error).toBeInstanceOf(InputError);
					const shown = typeof value === 'string' ? value : '';
					expectSafeRejection(error as InputError, 'Date of Birth', shown);
					return;
				}
				expect(new Date(`${iso}T00:00:00Z`).toISOString().slice(0, 10)).toBe(iso);
				expect(iso >= '1900-01-01' && iso <= TODAY).toBe(true);
			}),
			{ numRuns: sized(3000) },
		);
	});
});
