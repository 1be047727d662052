/**
 * True for the value of an empty n8n field or of an expression without a result: undefined, null, or only white
 * space.
 */
export function isBlank(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

/**
 * Soft hyphen, zero-width space, direction marks and control characters, which copied text from web pages and
 * exports may contain. Joiners (U+200C, U+200D) are kept, because some scripts need them.
 */
const INVISIBLE = /\uFEFF|(?!\s)[\p{Cc}\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069]/gu;

/**
 * The text without invisible characters. With one of them, a name is another patient to Spakinect, and an ID or
 * a treatment is unknown although it looks right.
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
 * Decodes the five entities of XML and numeric ones, once: `&amp;lt;` becomes `&lt;`. Booking systems export
 * `O&#39;Neil`, which would be another patient to Spakinect.
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
/** A spreadsheet's cell without a result: `#REF!`, `#N/A`, `#NAME?`, also in other languages (`#WERT!`). */
const SHEET_ERROR = /(?:^|\s)#(?:N\/A|NV\b|[A-Z][A-Z\d_/]*[!?])|^Loading\.{3}$/;
const MISSING_PART = /^(?:undefined|UNDEFINED|null|NULL|NaN)$/;

/**
 * True for a text in which an expression or a formula found no value, such as `Lee undefined` or `#REF!`, or for
 * an expression that was typed as text. `Null` is a family name, but `null` and `NULL` aren't.
 */
export function showsMissingValue(text: string): boolean {
	return (
		MISSING.test(text) ||
		SHEET_ERROR.test(text) ||
		text.split(/[^\p{L}\p{M}\d]+/u).some((part) => MISSING_PART.test(part))
	);
}

const NO_NAME = /^\P{L}*$|^n\/a$|[:\uFF1A@]/iu;
const LINE_BREAK = /[\n\v\f\r\u2028\u2029]/;

/**
 * True for a text without a letter, with a colon or an @, or with several lines and a digit. They could imitate
 * other fields to the person who approves what an AI agent sends. A line break alone is a cell of a spreadsheet.
 */
export const isNoName = (text: string): boolean =>
	NO_NAME.test(text) || (LINE_BREAK.test(text) && /\p{N}/u.test(text));

/** Removes invisible characters and surrounding space, and makes each inner run of white space one space. */
export function collapseSpaces(text: string): string {
	return withoutInvisible(text).trim().replace(/\s+/g, ' ');
}

/**
 * The form in which names of people are compared: without case, accents or surplus spaces, with one kind of
 * apostrophe. `José O’Neil` and `jose o'neil` give the same text. Only for comparing, never for sending.
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

/** The form in which email addresses are compared: without surrounding space and case. */
export function foldEmail(text: string): string {
	return text.trim().toLowerCase();
}
