import type {
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

/** A request that ended without an answer. */
export interface NetworkOutcome {
	/** Node's code, such as ECONNRESET, or UNKNOWN. */
	network: string;
	/** True if no part of the request was sent to Spakinect, so it can't have been carried out. */
	neverSent: boolean;
}

/** No connection was established. */
const UNREACHED = new Set([
	'ECONNREFUSED',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENOTFOUND',
	'EAI_AGAIN',
]);

/** Node's codes for a certificate that it doesn't trust. It then ends the connection before sending. */
export const isCertificate = (code: string): boolean =>
	/CERT|SELF_SIGNED|^UNABLE_TO_(GET|VERIFY)/.test(code);

/** Whether the TLS handshake failed. Node reports it for the write that waited for the handshake. */
export const isHandshake = (code: string): boolean => code === 'EPROTO';

/** Node's text for a connection that closed during the TLS handshake. Its code is a plain ECONNRESET. */
const BEFORE_SECURE = /before secure TLS connection was established/i;

interface Thrown {
	code?: unknown;
	httpCode?: unknown;
	syscall?: unknown;
	message?: unknown;
	cause?: unknown;
}

/**
 * An error and its causes. n8n wraps axios errors, which wrap Node's errors, in a way that differs between n8n
 * versions.
 */
function chainOf(error: unknown): Thrown[] {
	const chain: Thrown[] = [];
	let next = error;
	while (typeof next === 'object' && next !== null && chain.length < 5) {
		chain.push(next);
		next = (next as Thrown).cause;
	}
	return chain;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/**
 * The outcome of a thrown network error. A code alone isn't always enough: EHOSTUNREACH can also end a
 * connection after the request was sent. So the failed system call counts if it is known.
 */
export function networkOutcome(error: unknown): NetworkOutcome {
	const chain = chainOf(error);
	const network = chain.flatMap(({ code, httpCode }) => [code, httpCode]).find(isText) ?? 'UNKNOWN';
	const syscall = chain.map(({ syscall: name }) => name).find(isText);
	const wasConnected = syscall === 'read' || syscall === 'write';
	const neverSent =
		syscall === 'connect' ||
		syscall === 'getaddrinfo' ||
		isCertificate(network) ||
		isHandshake(network) ||
		(UNREACHED.has(network) && !wasConnected) ||
		chain.some(({ message }) => isText(message) && BEFORE_SECURE.test(message));
	return { network, neverSent };
}

/** Every place in n8n from which the API is called. */
export type ApiContext =
	IExecuteFunctions | IHookFunctions | IWebhookFunctions | IPollFunctions | ILoadOptionsFunctions;

/** An HTTP answer of any status. `body` is parsed JSON, or text if it isn't JSON. */
export interface Answer {
	status: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/** How one attempt ended. `cancelled`: whether the request was already under way. */
export type Outcome = { answer: Answer } | NetworkOutcome | { cancelled: 'before' | 'underWay' };

/**
 * Sends one request with the credential's key, once. It follows no redirect, because the key must not be sent
 * elsewhere. It never throws. It returns the outcome without n8n's error object, which contains the answer's
 * body.
 *
 * @param timeoutMs milliseconds until the attempt is given up
 */
export async function attempt(
	context: ApiContext,
	credentialType: string,
	options: IHttpRequestOptions,
	timeoutMs: number,
): Promise<Outcome> {
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			context,
			credentialType,
			{
				...options,
				json: true,
				timeout: timeoutMs,
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
				returnFullResponse: true,
			},
		)) as { statusCode: number; headers?: Record<string, unknown>; body: unknown };
		return {
			answer: {
				status: response.statusCode,
				headers: response.headers ?? {},
				body: response.body,
			},
		};
	} catch (error) {
		const outcome = networkOutcome(error);
		return outcome.network === 'ERR_CANCELED' ? { cancelled: 'underWay' } : outcome;
	}
}
