import type { ICredentialDataDecryptedObject, IWebhookFunctions } from 'n8n-workflow';
import { apiKeyProblem, cleanApiKey } from '../../../../../credentials/apiKey';
import { credentialName } from '../../../transport/credential';
import { OncePerHour } from '../../oncePerHour';
import type { WebhookOptions } from '../parameters';
import { nodeKey, readKind } from '../../parameters';
import { noCredentialText } from '../texts';
import { readSignature, verifySecret, verifySignature } from './signature';

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
