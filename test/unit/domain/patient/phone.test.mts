import fc from 'fast-check';

import { InputError } from '../../../../nodes/Spakinect/domain/inputError';
import { normalisePhone } from '../../../../nodes/Spakinect/domain/patient/phone';
import { expectSafeRejection, rejection } from '../support/rejection.mts';

const API_PATTERN = /^\+?[1-9]\d{1,14}$/;

describe('normalisePhone accepts', () => {
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
		['the shortest that the API takes, when written in full', '+12', '+12'],
		['fifteen digits', '+123456789012345', '+123456789012345'],
	])('%s', (_, value, expected) => {
		expect(normalisePhone(value, '1')).toBe(expected);
	});

	it.each([
		['44', '+442079460958'],
		['+44', '+442079460958'],
		[' 44 ', '+442079460958'],
		['', '+12079460958'],
	])('the default country code "%s" for ten digits', (code, expected) => {
		expect(normalisePhone('20 7946 0958', code)).toBe(expected);
	});
});

describe('normalisePhone refuses', () => {
	it.each([
		['nothing', undefined],
		['an empty text', ' '],
		['a number without area code', '555-0123'],
		['nine digits', '202555012'],
		['sixteen digits', '+1234567890123456'],
		['more digits than the 1 is followed by', '1 202 555 01234'],
		['a number that is none, as twelve zeros', 1e12],
		['an extension that nothing marks', '202-555-0123 12'],
		['the same behind brackets', '(202) 555-0123 12'],
		['two numbers in one field', '202-555-0123 / 202-555-0456'],
		['a single leading zero', '020 7946 0958'],
		['a plus and a zero', '+0442079460958'],
		['001 with too few digits', '001 202 555'],
		['letters', '1-800-FLOWERS'],
		['an e-mail address', 'nathan@example.com'],
		['two plus signs', '++12025550123'],
		['a plus in the middle', '1+2025550123'],
		['a fraction', 2025550123.5],
		['a negative number', -2025550123],
		['an unsafe number', 1e21],
		['an array', ['2025550123']],
	])('%s', (_, value) => {
		expectSafeRejection(
			rejection(() => normalisePhone(value, '1')),
			'Phone',
			value,
		);
	});

	it.each(['202-555-0123 x12', '2025550123 ext. 12', '202 555 0123 #4', '+12025550123,,44'])(
		'the extension in %s, with advice',
		(value) => {
			const error = rejection(() => normalisePhone(value, '1'));
			expectSafeRejection(error, 'Phone', value);
			expect(error.advice).toContain('extension');
		},
	);

	it.each(['US', '0', '1234', 'x1'])('the default country code "%s"', (code) => {
		expectSafeRejection(
			rejection(() => normalisePhone('2025550123', code)),
			'Default Country Code',
			code,
		);
	});
});

describe('normalisePhone, whatever goes in', () => {
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
					phone = normalisePhone(value, '1');
				} catch (error) {
					expect(error).toBeInstanceOf(InputError);
					const shown = typeof value === 'object' ? '' : value;
					expectSafeRejection(error as InputError, 'Phone', shown);
					return;
				}
				expect(phone).toMatch(API_PATTERN);
				expect(phone.startsWith('+')).toBe(true);
				expect(normalisePhone(phone, '44')).toBe(phone);
			}),
			{ numRuns: 3000 },
		);
	});

	it('separators never change the number', () => {
		const digits = fc.stringMatching(/^[2-9]\d{9}$/);
		const separators = fc.array(fc.constantFrom(' ', '-', '.', '(', ')', '\u200e'), {
			minLength: 10,
			maxLength: 10,
		});
		fc.assert(
			fc.property(digits, separators, (number, marks) => {
				const written = [...number].map((digit, index) => digit + marks[index]).join('');
				expect(normalisePhone(written, '1')).toBe(`+1${number}`);
			}),
		);
	});
});
