import { createHash, createHmac, timingSafeEqual } from 'crypto';
import type { ICredentialDataDecryptedObject, IWebhookFunctions } from 'n8n-workflow';
import { apiKeyProblem, cleanApiKey } from '../../../../../credentials/apiKey';
import { credentialName } from '../../../transport/credential';
import { OncePerHour } from '../../oncePerHour';
import { nodeKey, readKind } from '../../parameters';
import type { WebhookOptions } from '../options';
import { noCredentialText } from '../texts';

/** 32 bytes as hex. Spakinect sends lower case. Upper case names the same bytes. */
const HEX_SHA256 = /^[0-9a-f]{64}$/;

/**
 * The signature in the header `X-Signature`, or undefined if the value can't be a signature. n8n joins headers
 * of the same name with a comma. A proxy may double a header, so equal values count as one. Different values
 * are refused, because only a forger gains from a choice.
 *
 * @returns 64 lower-case hex characters
 */
function readSignature(header: unknown): string | undefined {
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

const unusable = new OncePerHour();

/**
 * The credential, or undefined if it can't verify anything: n8n can't give it (deleted, or encrypted with
 * another key), or its API key can't be one.
 */
export async function readCredential(
	context: IWebhookFunctions,
): Promise<ICredentialDataDecryptedObject | undefined> {
	try {
		const credential = await context.getCredentials<ICredentialDataDecryptedObject>(
			credentialName(readKind(context)),
		);
		const problem = apiKeyProblem(credential.apiKey);
		if (problem === undefined) return credential;
		logOnce(context, `Spakinect Trigger: ${problem}`);
		return undefined;
	} catch {
		logOnce(context, noCredentialText);
		return undefined;
	}
}

/** Every delivery fails until somebody acts, so one line an hour is enough. */
function logOnce(context: IWebhookFunctions, text: string): void {
	if (unusable.isDue(nodeKey(context), Date.now())) context.logger.error(text);
}

/** The bytes as received. n8n reads them for JSON and most other types, and on request for the rest. */
export async function readRawBody(context: IWebhookFunctions): Promise<Buffer> {
	const request = context.getRequestObject() as unknown as {
		rawBody?: unknown;
		readRawBody?: () => Promise<void>;
	};
	try {
		if (request.rawBody === undefined) await request.readRawBody?.();
	} catch {
		return Buffer.alloc(0);
	}
	return Buffer.isBuffer(request.rawBody) ? request.rawBody : Buffer.alloc(0);
}

/**
 * Whether the request may be authentic, judged without the credential. Reading the credential costs n8n more
 * than the rest of a refusal: a database read and a new expression engine.
 */
export function mayBeAuthentic(
	context: IWebhookFunctions,
	{ requireSignature }: WebhookOptions,
): boolean {
	const signature = context.getHeaderData()['x-signature'];
	return readSignature(signature) !== undefined || (signature === undefined && !requireSignature);
}

/** Whether the sender knows the key, as the options require. */
export function isAuthentic(
	context: IWebhookFunctions,
	rawBody: Buffer,
	credential: ICredentialDataDecryptedObject,
	{ requireSignature }: WebhookOptions,
): boolean {
	const headers = context.getHeaderData();
	const signature = headers['x-signature'];
	const secret =
		typeof credential.webhookSecret === 'string' ? credential.webhookSecret.trim() : '';
	// If no signature is required, a missing one is accepted. A wrong one is still a forgery.
	const isSigned = requireSignature || signature !== undefined;
	// Spakinect signs with the API key of the requests.
	const key = cleanApiKey(credential.apiKey);
	if (isSigned && !verifySignature(rawBody, signature, key)) return false;
	return secret === '' || verifySecret(headers['x-webhook-secret'], secret);
}
