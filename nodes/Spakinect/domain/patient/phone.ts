import { emptyField, InputError } from '../inputError';
import { isBlank } from '../text';
import { callingCodeOf } from './callingCodes';

const FIELD = 'Phone';
const COUNTRY_FIELD = 'Default Country Code';
const ADVICE = 'Enter the full number with its country code, such as +1 202 555 0123.';

/**
 * Spaces, dashes, dots, brackets, slashes, and the invisible characters that come with numbers
 * copied from contacts and web pages.
 */
const SEPARATORS =
	/[\s\-\u2010-\u2015\u2212./()[\]\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g;
const EXTENSION = /(?:ext|extension|x|#|;|,|p|w)[\s.:=]*\d+\s*$/i;
/** Ten digits in North American groups, followed by more digits without the mark of an extension. */
const SURPLUS = /^\(?[2-9]\d{2}\)?[\s.-]+\d{3}[\s.-]+\d{4}[\s.-]+\d/;

function countryDigits(code: string): string {
	const digits = String(code).replace(SEPARATORS, '').replace(/^\+/, '');
	if (digits === '') return '1';
	if (callingCodeOf(digits)?.code !== digits) {
		throw new InputError(
			COUNTRY_FIELD,
			`'${COUNTRY_FIELD}' is not a country calling code`,
			'Use digits only, such as 1 for the United States and Canada.',
		);
	}
	return digits;
}

/**
 * Digits that start with their country code, without a 0 that is dialed only inside the country.
 *
 * @returns undefined if no number of that country looks like this
 */
function wholeNumber(digits: string): string | undefined {
	const country = callingCodeOf(digits);
	if (!country) return undefined;
	let national = digits.slice(country.code.length);
	// Mexico dropped the 1 of mobile numbers in 2019, but people still write it.
	if (country.code === '52' && national.length === 11) national = national.replace(/^1/, '');
	if (country.leadingZero === 'drop') national = national.replace(/^0/, '');
	const hasZero = national.startsWith('0') && country.leadingZero !== 'keep';
	return country.fits(national) && !hasZero ? country.code + national : undefined;
}

/** Reads a number without a plus. */
function withoutPlus(digits: string, country: string): string | undefined {
	if (digits.startsWith('00')) return wholeNumber(digits.slice(2));
	const inCountry = wholeNumber(country + digits);
	if (digits.startsWith('0')) {
		// 011 is the prefix for calls abroad in North America. Elsewhere it starts an area code.
		if (country === '1') return digits.startsWith('011') ? wholeNumber(digits.slice(3)) : undefined;
		return inCountry;
	}
	if (digits.length === 10) return inCountry;
	// Shorter numbers lack their area code.
	if (digits.length < 10) return undefined;
	const abroad = wholeNumber(digits);
	// Both readings are valid, and one of them would text a stranger.
	if (abroad !== undefined && inCountry !== undefined) return undefined;
	return abroad ?? (digits.startsWith(country) ? inCountry : undefined);
}

/**
 * Phone number in the API's form, always with a plus: `(202) 555-0123` → `+12025550123`.
 *
 * A number with a plus starts with its country code. `00`, and `011` with the default code 1, stand for the
 * plus. Ten digits, or a number with its leading zero, get `defaultCountryCode`. Eleven or more digits start
 * with their country code, unless they are also a number of the default country. Refused are wrong lengths for
 * the country, numbers with two readings, letters, and extensions (they can't receive text messages).
 *
 * @param defaultCountryCode digits, with or without plus; empty means `1`
 * @throws InputError for `Phone` or `Default Country Code`
 */
export function normalizePhone(value: unknown, defaultCountryCode: string): string {
	const country = countryDigits(defaultCountryCode);
	if (isBlank(value)) throw emptyField(FIELD);
	const given =
		typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? String(value) : value;
	if (typeof given !== 'string') {
		throw new InputError(FIELD, `'${FIELD}' is not a phone number`, ADVICE);
	}
	const text = given
		.normalize('NFKC')
		.trim()
		.replace(/^tel:/i, '')
		// A spreadsheet's number. With its decimals read as digits, 2025550123.0 would be a phone in Egypt.
		.replace(/^(\+?\d{9,15})\.0+$/, '$1');
	if (EXTENSION.test(text)) {
		throw new InputError(
			FIELD,
			`'${FIELD}' has an extension: enter a number that receives text messages`,
			'Remove the extension.',
		);
	}
	const [, plus, digits] = /^(\+?)(\d+)$/.exec(text.replace(SEPARATORS, '')) ?? [];
	const number = digits && (plus ? wholeNumber(digits) : withoutPlus(digits, country));
	if (!number || number.length > 15 || SURPLUS.test(text)) {
		throw new InputError(FIELD, `'${FIELD}' is not a complete phone number`, ADVICE);
	}
	return `+${number}`;
}
