import type { INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { isStopped } from '../../../transport/errors';
import { offlineText, tooSlowText } from '../texts';
import { NotSubscribed } from './subscribe';

/**
 * The error of a failed registration. n8n shows only the message of a failed publication, so the message says
 * what n8n does next. It is a new error, because n8n ignores new texts on an existing NodeApiError.
 *
 * @param isTest    true for "Listen for test event", after which nothing is offline
 * @param isUrlSent whether the request for the URL was sent and may have arrived
 */
export function registrationError(
	node: INode,
	error: unknown,
	{ isTest, isUrlSent }: { isTest: boolean; isUrlSent: boolean },
): NodeApiError | NodeOperationError {
	const isLocation = error instanceof NotSubscribed;
	const reason = isLocation ? error.reason : error;
	const what = isLocation
		? `Location "${error.location}" could not be subscribed`
		: 'The webhook URL could not be registered';
	const after = isTest ? '' : `. ${offlineText}`;
	if (isStopped(reason)) {
		const [text, then] =
			isUrlSent && !isLocation
				? [`${what}: Spakinect took too long`, 'Spakinect may have received it.']
				: [tooSlowText, 'The URL that Spakinect knew before is still registered.'];
		return new NodeOperationError(node, `${text}${after}`, {
			description: `${what} in time. ${then}`,
		});
	}
	const { message, description, httpCode } = (reason ?? {}) as Partial<NodeApiError>;
	const text = `${what}: ${message ?? 'unknown reason'}${after}`;
	return new NodeApiError(
		node,
		{ message: text },
		{ message: text, description: description ?? undefined, httpCode: httpCode ?? undefined },
	);
}
