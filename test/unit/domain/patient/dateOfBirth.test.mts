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

const TODAY = '2026-03-10';
const parse = (value: unknown) => parseDateOfBirth(value, TODAY);

describe('parseDateOfBirth accepts', () => {
	it.each([
		['ISO', '1990-10-27'],
		['slashes, the month first', '10/27/1990'],
		['dashes, the month first', '10-27-1990'],
		['surrounding space', ' 10/27/1990 '],
		['an ISO date-time, its day as written', '1990-10-27T23:59:59.000+14:00'],
		['an ISO date-time at midnight UTC', '1990-10-27T00:00:00.000Z'],
		['a date-time with a space', '1990-10-27 00:00'],
		['a DateTime, its own day', DateTime.fromISO('1990-10-27T23:30', { zone: 'Pacific/Apia' })],
		['a DateTime at local midnight', DateTime.fromISO('1990-10-27', { zone: 'Asia/Tokyo' })],
		['a Date at midnight UTC', new Date('1990-10-27')],
	])('%s', (_, value) => {
		expect(parse(value)).toBe('1990-10-27');
	});

	it.each([
		['single digits', '3/4/1990', '1990-03-04'],
		['leap day', '02/29/2000', '2000-02-29'],
		['today', '2026-03-10', '2026-03-10'],
		['the first accepted day', '01/01/1900', '1900-01-01'],
	])('%s', (_, value, iso) => {
		expect(parse(value)).toBe(iso);
	});
});

describe('parseDateOfBirth refuses', () => {
	it.each([
		['nothing', undefined],
		['an empty text', ''],
		['a number (a spreadsheet serial, a year, Unix time)', 33173],
		['a number as text', '33173'],
		['a year of two digits', '10/27/90'],
		['the day first', '27/10/1990'],
		['mixed separators', '10/27-1990'],
		['dots', '27.10.1990'],
		['a month name', 'Oct 27, 1990'],
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
			{ numRuns: 3000 },
		);
	});
});
