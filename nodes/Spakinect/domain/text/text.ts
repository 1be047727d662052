/**
 * True for what an empty n8n field or an expression without a result gives: undefined, null, or
 * only white space.
 */
export function isBlank(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

/**
 * Soft hyphen, zero-width space, direction marks, control characters: they come along with text from web
 * pages and exports. Joiners (U+200C, U+200D) are left, some scripts are spelt with them.
 */
const INVISIBLE = /\uFEFF|(?!\s)[\p{Cc}\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069]/gu;

/**
 * The text without characters that nobody sees. With one of them inside, a name is another patient, and an
 * id or a treatment is unknown while it looks right.
 */
export function withoutInvisible(text: string): string {
	return text.replace(INVISIBLE, '');
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function codePoint(digits: string, radix: 10 | 16): string | undefined {
	const code = parseInt(digits, radix);
	return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/**
 * The text with the five entities of XML, and numeric ones, as the characters that they stand for. Decoded
 * once: `&amp;lt;` is the text `&lt;`. Booking systems export `O&#39;Neil`, which would be another patient.
 */
export function decodeEntities(text: string): string {
	return text.replace(
		/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-f]{1,6}));/gi,
		(entity, name?: string, decimal?: string, hex?: string) => {
			const known = name && NAMED[name.toLowerCase()];
			return known ?? codePoint(decimal ?? hex ?? '', hex === undefined ? 10 : 16) ?? entity;
		},
	);
}

const MISSING = /\[object \w+\]|\{\{|\}\}/i;
const MISSING_PART = /^(?:undefined|UNDEFINED|null|NULL|NaN)$/;

/**
 * True for a text that an expression made of a value that was not there, such as `Lee undefined`, or for an
 * expression that was typed as text. `Null` is a family name; the word in one case is not.
 */
export function showsMissingValue(text: string): boolean {
	return (
		MISSING.test(text) || text.split(/[^\p{L}\p{M}\d]+/u).some((part) => MISSING_PART.test(part))
	);
}

/**
 * Invisible characters and surrounding space removed, inner runs of white space made one space.
 */
export function collapseSpaces(text: string): string {
	return withoutInvisible(text).trim().replace(/\s+/g, ' ');
}

/**
 * Form in which names of people are compared: no case, accents or surplus spaces, one kind of
 * apostrophe.
 * `José O’Neil` and `jose o'neil` give the same text. For comparing only, never for sending.
 */
export function foldName(text: string): string {
	const folded = text
		.replace(/[\u2018\u2019\u02BC\u00B4`]/g, "'")
		.toLowerCase()
		.normalize('NFKD')
		.replace(/[\u0300-\u036f]+/g, '')
		.toLowerCase();
	return collapseSpaces(folded);
}

/** Form in which email addresses are compared: without surrounding space and case. */
export function foldEmail(text: string): string {
	return text.trim().toLowerCase();
}
