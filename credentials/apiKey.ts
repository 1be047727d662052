/**
 * Invisible characters that a copied key may contain: zero-width characters, direction marks, soft hyphens,
 * line breaks, and every kind of space except the plain one. A header can't hold them. n8n's HTTP client drops
 * them, so requests would work while every signature check fails.
 */
const UNSEEN = /[\r\n]|\p{Cf}|(?! )\p{Zs}|[\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u0085]/gu;
/** Plain and typographic quotation marks. */
const QUOTES = '["\'`\u00AB\u00BB\u2018-\u201F\u2039\u203A\u2032\u2033\uFF02\uFF07]';
const AROUND = new RegExp(`^(?:\\s|${QUOTES})+|(?:\\s|${QUOTES})+$`, 'g');
/** What a header can hold, without spaces. */
const USABLE = /^[\x21-\x7E]+$/;

/**
 * The API key as Spakinect knows it. The header of every request and the check of every delivery's signature
 * use this one form: if they differed, requests would work while every genuine delivery is refused.
 */
export const cleanApiKey = (value: unknown): string =>
	typeof value === 'string' ? value.replace(UNSEEN, '').replace(AROUND, '') : '';

/**
 * Why a pasted value can't be a key, as an error text for the user. The text never contains the key.
 *
 * @param value the key as stored in the credential
 */
export function apiKeyProblem(value: unknown): string | undefined {
	const key = cleanApiKey(value);
	const isMissing = typeof value !== 'string' || value.trim() === '';
	// Spakinect itself answers a missing key.
	if (isMissing || USABLE.test(key)) return undefined;
	return "The API key of the credential contains a space or a character that can't be part of a key. Copy the key again and paste nothing else.";
}
