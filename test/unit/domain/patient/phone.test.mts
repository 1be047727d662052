import fc from 'fast-check';

import { InputError } from '../../../../nodes/Spakinect/domain/inputError';
import { normalizePhone } from '../../../../nodes/Spakinect/domain/patient/phone';
import { expectSafeRejection, rejection } from '../support/rejection.mts';
import { sized } from '../../support/size.mts';

const API_PATTERN = /^\+?[1-9]\d{1,14}$/;

describe('normalizePhone accepts', () => {
	it.each([
		['brackets, space and dash', '(202) 555-0123', '+12025550123'],
		['dots', '202.555.0123', '+12025550123'],
		['a slash', '202/555-0123', '+12025550123'],
		['a dash that a text program made long', '202–555–0123', '+12025550123'],
		['a no-break space', '202\u00a0555\u00a00123', '+12025550123'],
		['the invisible marks of a copied contact', '\u202a+1 202-555-0123\u202c', '+12025550123'],
		['full-width digits', '２０２５５５０１２３', '+12025550123'],
		['a JavaScript number', 2025550123, '+12025550123'],
		['the decimals of a spreadsheet', '2025550123.0', '+12025550123'],
		['the same with country code', '12025550123.00', '+12025550123'],
		['eleven digits with the 1', '1-202-555-0123', '+12025550123'],
		['a plus', '+1 202 555 0123', '+12025550123'],
		['a plus in brackets', '(+1) 202 555 0123', '+12025550123'],
		['a tel: link', ' tel:+1-202-555-0123', '+12025550123'],
		['001', '001 202 555 0123', '+12025550123'],
		['00 and a foreign number', '0044 20 7946 0958', '+442079460958'],
		['011, the American prefix', '011 44 20 7946 0958', '+442079460958'],
		['the bracketed zero of a foreign number', '+44 (0)20 7946 0958', '+442079460958'],
		['a foreign number without plus', '442079460958', '+442079460958'],
		['fifteen digits', '+49 1521 234567890', '+491521234567890'],
		['the decimals of a spreadsheet behind a plus', '+12025550123.0', '+12025550123'],
		['a trunk zero behind the country code', '+44 07700 900123', '+447700900123'],
		['the same in Germany', '+49 (0)30 123456', '+4930123456'],
		['the same in Australia, dialed from abroad', '0061 0412 345 678', '+61412345678'],
		['the same without a plus', '44 07700 900123', '+447700900123'],
		['a zero behind +1', '+1 (0)415 555 0100', '+14155550100'],
		['a zero that a country never has', '+34 0612 345 678', '+34612345678'],
		['the zero that Italian numbers begin with', '+39 06 6982 1234', '+390669821234'],
		['the zero of the Ivory Coast', '+225 07 01 02 03 04', '+2250701020304'],
		['the old 1 of Mexican mobile numbers', '+52 1 55 1234 5678', '+525512345678'],
	])('%s', (_, value, expected) => {
		expect(normalizePhone(value, '1')).toBe(expected);
	});

	it.each([
		['44', '+442079460958'],
		['+44', '+442079460958'],
		[' 44 ', '+442079460958'],
		['', '+12079460958'],
	])('the default country code "%s" for ten digits', (code, expected) => {
		expect(normalizePhone(code === '' ? '207 946 0958' : '20 7946 0958', code)).toBe(expected);
	});

	it.each([
		['44', '07700 900123', '+447700900123'],
		['44', '0113 496 0999', '+441134960999'],
		['61', '0412 345 678', '+61412345678'],
		['61', '(02) 5550 1234', '+61255501234'],
		['49', '030 123456', '+4930123456'],
		['49', '0151 23456789', '+4915123456789'],
		['52', '55 1234 5678', '+525512345678'],
		['39', '06 6982 1234', '+390669821234'],
		['44', '12025550123', '+12025550123'],
		['55', '55 21 98765 4321', '+5521987654321'],
		['86', '8613812345678', '+8613812345678'],
	])('with the default country code %s: %s', (code, value, expected) => {
		expect(normalizePhone(value, code)).toBe(expected);
	});
});

describe('normalizePhone refuses', () => {
	it.each([
		['nothing', undefined],
		['an empty text', ' '],
		['a number without area code', '555-0123'],
		['nine digits', '202555012'],
		['sixteen digits', '+1234567890123456'],
		['an area code that begins with 1', '1-415-555-010'],
		['nine digits after +1', '+1 415 555 010'],
		['an area code that begins with 0', '015 555 0100'],
		['an exchange that begins with 1', '(415) 155-0100'],
		['an exchange that begins with 0', '+1 415 055 0100'],
		['more behind a number with plus', '+1 415 555 0100 55'],
		['an emergency number', '+1911'],
		['seven digits after +1', '+1 555 0100'],
		['the decimals of ten digits behind a plus', '+4155550100.0'],
		['a country code that nobody has', '+210 123 4567'],
		['two digits', '+12'],
		['a British number that is too long', '+44 7700 900123 12'],
		['a zero that may or may not belong to the number', '+47 0912 34 567'],
		['two trunk zeros', '+44 00 7700 900123'],

		['a comma for decimals', '2025550123,0'],
		['more digits than the 1 is followed by', '1 202 555 01234'],
		['a number that is none, as twelve zeros', 1e12],
		['an extension that nothing marks', '202-555-0123 12'],
		['the same behind brackets', '(202) 555-0123 12'],
		['two numbers in one field', '202-555-0123 / 202-555-0456'],
		['a single leading zero', '020 7946 0958'],
		['a plus and a zero', '+0442079460958'],
		['001 with too few digits', '001 202 555'],
		['letters', '1-800-FLOWERS'],
		['an email address', 'nathan@example.com'],
		['two plus signs', '++12025550123'],
		['a plus in the middle', '1+2025550123'],
		['a fraction', 2025550123.5],
		['a negative number', -2025550123],
		['an unsafe number', 1e21],
		['an array', ['2025550123']],
	])('%s', (_, value) => {
		expectSafeRejection(
			rejection(() => normalizePhone(value, '1')),
			'Phone',
			value,
		);
	});

	it.each(['202-555-0123 x12', '2025550123 ext. 12', '202 555 0123 #4', '+12025550123,,44'])(
		'the extension in %s, with advice',
		(value) => {
			const error = rejection(() => normalizePhone(value, '1'));
			expectSafeRejection(error, 'Phone', value);
			expect(error.advice).toContain('extension');
		},
	);

	it.each([
		['86', '13812345678'],
		['55', '51 98765 4321'],
		['55', '55 98765 4321'],
		['49', '442079460958'],
	])(
		'with the default country code %s, what could also be of another country: %s',
		(code, value) => {
			expectSafeRejection(
				rejection(() => normalizePhone(value, code)),
				'Phone',
				value,
			);
		},
	);

	it.each(['US', '0', '1234', 'x1', '210'])('the default country code "%s"', (code) => {
		expectSafeRejection(
			rejection(() => normalizePhone('2025550123', code)),
			'Default Country Code',
			code,
		);
	});
});

describe('normalizePhone, whatever goes in', () => {
	it('gives what the API accepts or a safe refusal', () => {
		const anything = fc.oneof(
			fc.anything(),
			fc.string(),
			fc.integer(),
			fc.stringMatching(/^[+0-9 ().x/-]{4,22}$/),
		);
		fc.assert(
			fc.property(anything, (value) => {
				let phone: string;
				try {
					phone = normalizePhone(value, '1');
				} catch (error) {
					expect(error).toBeInstanceOf(InputError);
					const shown = typeof value === 'object' ? '' : value;
					expectSafeRejection(error as InputError, 'Phone', shown);
					return;
				}
				expect(phone).toMatch(API_PATTERN);
				expect(phone.startsWith('+')).toBe(true);
				expect(normalizePhone(phone, '44')).toBe(phone);
			}),
			{ numRuns: sized(3000) },
		);
	});

	it('separators never change the number', () => {
		const digits = fc.stringMatching(/^[2-9]\d\d[2-9]\d{6}$/);
		const separators = fc.array(fc.constantFrom(' ', '-', '.', '(', ')', '\u200e'), {
			minLength: 10,
			maxLength: 10,
		});
		fc.assert(
			fc.property(digits, separators, (number, marks) => {
				const written = [...number].map((digit, index) => digit + marks[index]).join('');
				expect(normalizePhone(written, '1')).toBe(`+1${number}`);
			}),
		);
	});
});
