import { EMPTY_ADVICE, InputError } from '../inputError';
import { isBlank } from '../text/text';

const FIELD = 'Phone';
const COUNTRY_FIELD = 'Default Country Code';
const ADVICE = 'Use the full number with country code, such as +1 202 555 0123.';

/** The API's pattern, with the plus sign that this package always sends. */
const E164 = /^\+[1-9]\d{1,14}$/;
/** Ten digits in the groups of North America, and more behind them that nothing marks as an extension. */
const SURPLUS = /^\(?[2-9]\d{2}\)?[\s.-]+\d{3}[\s.-]+\d{4}[\s.-]+\d/;
/**
 * Spaces, dashes, dots, brackets, slashes, and the invisible characters that come with numbers
 * copied from contacts and web pages.
 */
const SEPARATORS =
	/[\s\-\u2010-\u2015\u2212./()[\]\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g;
const EXTENSION = /(?:ext|extension|x|#|;|,|p|w)[\s.:=]*\d+\s*$/i;

function countryDigits(code: string): string {
	const digits = String(code).replace(SEPARATORS, '').replace(/^\+/, '');
	if (digits === '') return '1';
	if (!/^[1-9]\d{0,2}$/.test(digits)) {
		throw new InputError(
			COUNTRY_FIELD,
			`'${COUNTRY_FIELD}' is not a country calling code`,
			'Use digits only, such as 1 for the United States and Canada.',
		);
	}
	return digits;
}

/**
 * Digits after an international dialling prefix (`00…`, or `011…` from North America), or undefined
 * when there is none.
 */
function afterDialPrefix(digits: string): string | undefined {
	const rest = /^(?:011|00)([1-9]\d{7,14})$/.exec(digits)?.[1];
	// A North American number has ten digits after its 1; another length means that the prefix was
	// not a prefix.
	return rest?.startsWith('1') && rest.length !== 11 ? undefined : rest;
}

function international(digits: string, country: string): string | undefined {
	if (digits.startsWith('0')) return afterDialPrefix(digits);
	if (digits.length === 10) return country + digits;
	// Shorter numbers lack their area code, and after the 1 of North America there are ten digits: more
	// are a number with something behind it. A plus before either would text a stranger.
	const isWhole = digits.startsWith('1') ? digits.length === 11 : digits.length > 10;
	return isWhole ? digits : undefined;
}

/**
 * Phone number in the API's form, always with a plus: `(202) 555-0123` → `+12025550123`.
 *
 * A number with a plus is kept, `00` and `011` before it become the plus, ten digits get
 * `defaultCountryCode`, eleven digits and more are taken to start with their country code.
 * Everything else is refused: shorter numbers, a single leading zero, letters, extensions (a text
 * message cannot reach one).
 * @param defaultCountryCode digits, with or without plus; empty means `1`
 * @throws InputError for `Phone` or `Default Country Code`
 */
export function normalisePhone(value: unknown, defaultCountryCode: string): string {
	const country = countryDigits(defaultCountryCode);
	if (isBlank(value)) throw new InputError(FIELD, `'${FIELD}' is empty`, EMPTY_ADVICE);
	const given =
		typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? String(value) : value;
	if (typeof given !== 'string') {
		throw new InputError(FIELD, `'${FIELD}' is not a phone number`, ADVICE);
	}
	const text = given
		.normalize('NFKC')
		.trim()
		.replace(/^tel:/i, '')
		// A spreadsheet's number: with its decimals taken for digits, 2025550123.0 is a phone in Egypt.
		.replace(/^(\d{10,15})\.0+$/, '$1');
	if (EXTENSION.test(text)) {
		throw new InputError(
			FIELD,
			`'${FIELD}' has an extension: enter a number that receives text messages`,
			'Remove the extension.',
		);
	}
	// In +44 (0)20 7946 0958 the bracketed zero is dialled only inside the country.
	const bare = (/^[\s(]*\+/.test(text) ? text.replace(/\(0\)/, '') : text).replace(SEPARATORS, '');
	const digits = /^\d+$/.test(bare) ? international(bare, country) : undefined;
	const result = bare.startsWith('+') ? bare : `+${digits ?? ''}`;
	if (!E164.test(result) || SURPLUS.test(text)) {
		throw new InputError(FIELD, `'${FIELD}' is not a complete phone number`, ADVICE);
	}
	return result;
}
