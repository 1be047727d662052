import fc from 'fast-check';
import type { CountryCode } from 'libphonenumber-js/max';
import {
	getCountries,
	getCountryCallingCode,
	getExampleNumber,
	parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import libraryMetadata from 'libphonenumber-js/max/metadata';
import examples from 'libphonenumber-js/mobile/examples';

import { callingCodeOf } from '../../../../nodes/Spakinect/domain/patient/callingCodes';
import { normalizePhone } from '../../../../nodes/Spakinect/domain/patient/phone';
import { sized } from '../../support/size.mts';

/** The library's table: a country's fourth entry is the lengths that its numbers can have. */
const metadata = libraryMetadata as unknown as {
	country_calling_codes: Record<string, string[]>;
	countries: Record<string, [string, string, string, number[]]>;
};

/** libphonenumber knows every country's numbers; this package must not disagree with it. */

const accepted = (value: unknown, code: string): string | undefined => {
	try {
		return normalizePhone(value, code);
	} catch {
		return undefined;
	}
};

const written = fc.oneof(
	fc.stringMatching(/^\+?[0-9 ().-]{5,20}$/),
	fc.stringMatching(/^\+[1-9]\d{3,14}$/),
	fc.stringMatching(/^(00|011|0)?[1-9]\d{5,13}$/),
	fc
		.tuple(fc.constantFrom(...getCountries()), fc.stringMatching(/^0?\d{4,12}$/))
		.map(([country, digits]) => `+${getCountryCallingCode(country)} ${digits}`),
);

it('what is accepted is possible', () => {
	fc.assert(
		fc.property(written, fc.constantFrom('1', '44', '49', '52', '61', '86', '39'), (text, code) => {
			const phone = accepted(text, code);
			if (phone === undefined) return;
			const parsed = parsePhoneNumberFromString(phone);
			expect([phone, parsed?.isPossible()]).toEqual([phone, true]);
		}),
		{ numRuns: sized(20_000) },
	);
});

const COUNTRIES = ['US', 'CA', 'GB', 'MX', 'DE', 'AU'] as const;
const digits = fc.stringMatching(/^\d{13}$/);

/** Valid numbers of a country: one that the library knows, with its last digits changed. */
const numberOf = (country: CountryCode) =>
	fc
		.tuple(digits, fc.integer({ min: 0, max: 7 }))
		.map(([random, kept]) => {
			const example = getExampleNumber(country, examples)!.nationalNumber;
			const national = example.slice(0, kept) + random.slice(kept, example.length);
			return parsePhoneNumberFromString(national, country);
		})
		.filter((number) => number?.isValid() === true && number.country === country);

describe.each(COUNTRIES)('numbers of %s', (country) => {
	it('are accepted as the library writes them', () => {
		fc.assert(
			fc.property(numberOf(country), (number) => {
				const code = number!.countryCallingCode;
				for (const text of [number!.number, number!.formatInternational(), number!.getURI()]) {
					expect(accepted(text, '1')).toBe(number!.number);
					expect(accepted(text, code)).toBe(number!.number);
				}
				// A national form without a zero and of other than ten digits lacks nothing but looks as if.
				const national = number!.formatNational();
				const plain = national.replace(/\D/g, '');
				if (plain.startsWith('0') || plain.length === 10) {
					expect([national, accepted(national, code)]).toEqual([national, number!.number]);
				}
			}),
			{ numRuns: sized(400) },
		);
	});
});

it('the table of calling codes has the lengths of the library', () => {
	for (const country of getCountries()) {
		const code = getCountryCallingCode(country);
		// Two codes serve islands with numbers of different lengths.
		if (code === '290' || code === '599') continue;
		const [main = ''] = metadata.country_calling_codes[code] ?? [];
		const possible = metadata.countries[main]![3].filter((length) => length + code.length <= 15);
		const { fits } = callingCodeOf(code)!;
		const lengths = Array.from({ length: 16 }, (_, length) => length).filter((length) =>
			['2', '8'].some((digit) => fits(digit.repeat(length))),
		);
		expect([code, lengths]).toEqual([code, possible]);
	}
});
