import type {
	ICredentialDataDecryptedObject,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { apiKeyProblem, cleanApiKey } from '../../../../../credentials/apiKey';
import { credentialName } from '../../../shared/authentication';
import { isSignatureForm, verifySecret, verifySignature } from './signature';
import type { WebhookOptions } from '../parameters';
import { readKind } from '../parameters';

/**
 * The credential, or undefined when nothing can be verified with it: n8n cannot give it (deleted, encrypted
 * with another key), or its API key cannot be one.
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
		context.logger.error(`Spakinect Trigger: ${problem}`);
		return undefined;
	} catch (error) {
		context.logger.error(`Spakinect Trigger: no credential. ${(error as Error).message}`);
		return undefined;
	}
}

/** The bytes as received; n8n reads them for JSON and most other types, else it is asked to. */
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
	return isSignatureForm(signature) || (signature === undefined && !requireSignature);
}

/** Whether the request was sent by who knows the key, as far as the options ask for it. */
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
	// Not requiring a signature means living without one; a wrong one is still a forgery.
	const isSigned = requireSignature || signature !== undefined;
	// Spakinect signs with the key that the requests carry.
	const key = cleanApiKey(credential.apiKey);
	if (isSigned && !verifySignature(rawBody, signature, key)) return false;
	return secret === '' || verifySecret(headers['x-webhook-secret'], secret);
}

/** Answers at once; n8n then sends nothing and starts nothing. */
export function refuse(
	context: IWebhookFunctions,
	status: number,
	reason: string,
): IWebhookResponseData {
	responseOf(context).status(status).json({ received: false, reason });
	return { noWebhookResponse: true };
}

/** The part of express's response that is used; n8n's types name express, which nodes do not have. */
interface WebhookResponse {
	status(code: number): { json(body: object): unknown };
	once(event: 'close', listener: () => void): unknown;
	readonly statusCode: number;
	readonly closed: boolean;
	readonly writableFinished: boolean;
}

export const responseOf = (context: IWebhookFunctions): WebhookResponse =>
	context.getResponseObject() as unknown as WebhookResponse;

/** 200 with a reason; n8n sends it and starts nothing. */
export const ignore = (reason: string, eventId?: string): IWebhookResponseData => ({
	webhookResponse: { received: true, ignored: reason, ...(eventId ? { event_id: eventId } : {}) },
});
