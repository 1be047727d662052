import type { ICredentialDataDecryptedObject, IWebhookFunctions } from 'n8n-workflow';
import { credentialName } from '../../../shared/authentication';
import { OncePerHour } from '../../oncePerHour';
import type { WebhookOptions } from '../parameters';
import { nodeKey, readKind } from '../parameters';
import { noCredentialText } from '../texts';
import { readSignature, verifySecret, verifySignature } from './signature';

const unreadable = new OncePerHour();

/** The credential, or undefined when n8n can't give it: deleted, or encrypted with another key. */
export async function readCredential(
	context: IWebhookFunctions,
): Promise<ICredentialDataDecryptedObject | undefined> {
	try {
		return await context.getCredentials<ICredentialDataDecryptedObject>(
			credentialName(readKind(context)),
		);
	} catch {
		// Every delivery fails until somebody acts, so one line an hour is enough.
		if (unreadable.isDue(nodeKey(context), Date.now())) context.logger.error(noCredentialText);
		return undefined;
	}
}

/** The bytes as received. n8n reads them for JSON and most other types, else it is asked to. */
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
 * Whether the request is worth reading the credential for, which costs n8n more than all the rest of a
 * refusal: a database read and a fresh expression engine.
 */
export function mayBeAuthentic(
	context: IWebhookFunctions,
	{ requireSignature }: WebhookOptions,
): boolean {
	const signature = context.getHeaderData()['x-signature'];
	return readSignature(signature) !== undefined || (signature === undefined && !requireSignature);
}

/** Whether the sender knows the key, as far as the options ask for it. */
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
	// Not requiring a signature means accepting none. A wrong one is still a forgery.
	const isSigned = requireSignature || signature !== undefined;
	// The key is sent trimmed, so Spakinect signs with the trimmed key.
	const key = typeof credential.apiKey === 'string' ? credential.apiKey.trim() : '';
	if (isSigned && !verifySignature(rawBody, signature, key)) return false;
	return secret === '' || verifySecret(headers['x-webhook-secret'], secret);
}
