import { createHash, createHmac, timingSafeEqual } from 'crypto';

/** 32 bytes as hex. Spakinect sends lower case; upper case names the same bytes. */
const HEX_SHA256 = /^[0-9a-f]{64}$/i;

/** Whether `header` could be a signature at all, which can be told without the key. */
export const isSignatureForm = (header: unknown): header is string =>
	typeof header === 'string' && HEX_SHA256.test(header);

/**
 * Whether `header` is the HMAC-SHA256 of the raw body under the API key, as Spakinect's `X-Signature`
 * is. Compared in constant time over bytes. Everything else (absent, an array, two values joined by
 * n8n with a comma, a wrong length, an empty key) is false; nothing ever throws, so that a hostile
 * request cannot become a 500.
 *
 * @param rawBody the bytes as received, after inflation; re-serialised JSON would not match
 * @param header  the value of `x-signature`
 * @param key     the API key, which is Spakinect's signing key
 */
export function verifySignature(rawBody: unknown, header: unknown, key: unknown): boolean {
	if (!Buffer.isBuffer(rawBody) || typeof key !== 'string' || key === '') return false;
	if (!isSignatureForm(header)) return false;
	const expected = createHmac('sha256', key).update(rawBody).digest();
	return timingSafeEqual(expected, Buffer.from(header, 'hex'));
}

/**
 * Whether the `X-Webhook-Secret` header equals the secret of the credential. Both are hashed first, so
 * the time taken says nothing about the length of the secret either. An empty secret never matches.
 */
export function verifySecret(header: unknown, secret: string): boolean {
	if (typeof header !== 'string' || secret === '') return false;
	return timingSafeEqual(sha256(header), sha256(secret));
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
