import { createHash, createHmac, timingSafeEqual } from 'crypto';

/** 32 bytes as hex. Spakinect sends lower case. Upper case names the same bytes. */
const HEX_SHA256 = /^[0-9a-f]{64}$/;

/**
 * The signature in the header `X-Signature`, or undefined if the value can't be a signature. n8n joins headers
 * of the same name with a comma. A proxy may double a header, so equal values count as one. Different values
 * are refused, because only a forger gains from a choice.
 *
 * @returns 64 lower-case hex characters
 */
export function readSignature(header: unknown): string | undefined {
	if (typeof header !== 'string') return undefined;
	const [first, ...others] = new Set(header.toLowerCase().split(/, ?/));
	return first !== undefined && others.length === 0 && HEX_SHA256.test(first) ? first : undefined;
}

/**
 * Whether `header` is the HMAC-SHA256 of the raw body with the API key, as in Spakinect's `X-Signature`. The
 * bytes are compared in constant time. A missing or unusable header and an empty key give false. It never
 * throws, so that a hostile request can't cause a 500.
 *
 * @param rawBody the bytes as received, after decompression. Re-serialized JSON would not match
 * @param header  the value of `x-signature`
 * @param key     the API key, which is Spakinect's signing key
 */
export function verifySignature(rawBody: unknown, header: unknown, key: unknown): boolean {
	if (!Buffer.isBuffer(rawBody) || typeof key !== 'string' || key === '') return false;
	const signature = readSignature(header);
	if (signature === undefined) return false;
	const expected = createHmac('sha256', key).update(rawBody).digest();
	return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
}

/**
 * Whether the `X-Webhook-Secret` header equals the credential's secret, alone or doubled as n8n joins equal
 * headers. Both are hashed first, so the time doesn't reveal the length of the secret. An empty secret never
 * matches.
 */
export function verifySecret(header: unknown, secret: string): boolean {
	if (typeof header !== 'string' || secret === '') return false;
	const given = sha256(header);
	const matches = [secret, `${secret}, ${secret}`].map((one) =>
		timingSafeEqual(given, sha256(one)),
	);
	return matches.includes(true);
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
