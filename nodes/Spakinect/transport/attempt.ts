import type {
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import type { NetworkOutcome } from './network';
import { networkOutcome } from './network';

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
