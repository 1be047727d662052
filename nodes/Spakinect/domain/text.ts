/**
 * True for what an empty n8n field or an expression without a result gives: undefined, null, or
 * only white space.
 */
export function isBlank(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

/** Surrounding space removed and inner runs of white space made one space. */
export function collapseSpaces(text: string): string {
	return text.trim().replace(/\s+/g, ' ');
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

/** Form in which e-mail addresses are compared: without surrounding space and case. */
export function foldEmail(text: string): string {
	return text.trim().toLowerCase();
}
