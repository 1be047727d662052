import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** The used part of Express's response. n8n's types refer to Express, which nodes don't have. */
interface WebhookResponse {
	status(code: number): { json(body: object): unknown };
	once(event: 'close', listener: () => void): unknown;
	readonly statusCode: number;
	readonly closed: boolean;
	readonly writableFinished: boolean;
}

const responseOf = (context: IWebhookFunctions): WebhookResponse =>
	context.getResponseObject() as unknown as WebhookResponse;

/** Answers immediately. n8n then sends nothing and starts nothing. */
export function refuse(
	context: IWebhookFunctions,
	status: number,
	reason: string,
): IWebhookResponseData {
	responseOf(context).status(status).json({ received: false, reason });
	return { noWebhookResponse: true };
}

/** 200 with a reason. n8n sends it and starts nothing. */
export const ignore = (reason: string, eventId?: string): IWebhookResponseData => ({
	webhookResponse: { received: true, ignored: reason, ...(eventId ? { event_id: eventId } : {}) },
});

/**
 * Calls `ended` when the request has ended: with true if the sender got the answer that the delivery is
 * accepted, which n8n sends once the execution is stored. If the sender has already hung up, it got no answer
 * and its response doesn't close again, so `ended` is called immediately.
 */
export function whenAnswered(
	context: IWebhookFunctions,
	ended: (isAccepted: boolean) => void,
): void {
	const response = responseOf(context);
	const settle = () => {
		const { writableFinished, statusCode } = response;
		ended(writableFinished && statusCode >= 200 && statusCode < 300);
	};
	if (response.closed) settle();
	else response.once('close', settle);
}
