import type { INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { isStopped } from '../../../transport/errors';
import { offlineText, tooSlowText } from '../texts';
import { NotSubscribed } from './subscribe';

/**
 * The error of a registration that failed. n8n shows only the message of a failed publication, so that
 * says what n8n does then. A new error, because n8n ignores new texts on a NodeApiError that exists.
 *
 * @param isTest true for "Listen for test event", after which nothing is offline
 */
export function registrationError(
	node: INode,
	error: unknown,
	isTest: boolean,
): NodeApiError | NodeOperationError {
	const isLocation = error instanceof NotSubscribed;
	const reason = isLocation ? error.reason : error;
	const what = isLocation
		? `Location "${error.location}" could not be subscribed`
		: 'The webhook URL could not be registered';
	const after = isTest ? '' : `. ${offlineText}`;
	if (isStopped(reason)) {
		return new NodeOperationError(node, `${tooSlowText}${after}`, {
			description: `${what} in time. The URL that Spakinect knew before is still registered.`,
		});
	}
	const { message, description, httpCode } = reason as Partial<NodeApiError>;
	const text = `${what}: ${message ?? 'unknown reason'}${after}`;
	return new NodeApiError(
		node,
		{ message: text },
		{ message: text, description: description ?? undefined, httpCode: httpCode ?? undefined },
	);
}
