import type { INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Failure } from './failure';

/** Kept outside the error, because n8n stores every own property of an error with the execution. */
const failures = new WeakMap<Error, Failure>();

/**
 * The error that n8n shows and stores. It contains only the node's own texts. n8n's own error for an HTTP
 * answer would store the body with its patient data.
 *
 * @param itemIndex index of the input item, if there is one
 */
export function toNodeApiError(node: INode, failure: Failure, itemIndex?: number): NodeApiError {
	const error = new NodeApiError(
		node,
		{ message: failure.message },
		{
			message: failure.message,
			description: failure.advice,
			httpCode: failure.status === undefined ? undefined : String(failure.status),
			itemIndex,
		},
	);
	failures.set(error, failure);
	return error;
}

/** The failure behind an error of the transport, or undefined for any other error. */
export const failureOf = (error: unknown): Failure | undefined =>
	error instanceof Error ? failures.get(error) : undefined;

/**
 * The same error with a text about the larger task that failed. It is a new error, because n8n ignores new
 * texts on an existing NodeApiError.
 *
 * @param what the task that failed, without a period
 */
export function toTaskError(node: INode, what: string, error: unknown): NodeApiError {
	const { message, description, httpCode } = (error ?? {}) as Partial<NodeApiError>;
	const failure = failureOf(error);
	return toNodeApiError(node, {
		status: failure?.status ?? (Number(httpCode) || undefined),
		message: `${what}: ${message ?? 'unknown reason'}`,
		advice: failure?.advice ?? description ?? '',
		uncertain: failure?.uncertain ?? false,
	});
}

const stopped = new WeakSet<Error>();

/** For a request that was never sent, because the execution was canceled or another item failed. */
export function toStoppedError(node: INode): NodeOperationError {
	const error = new NodeOperationError(node, 'The execution was stopped', {
		description: 'The remaining requests were not sent.',
	});
	stopped.add(error);
	return error;
}

/** Whether an error only says that the execution was stopped. */
export const isStopped = (error: unknown): boolean => error instanceof Error && stopped.has(error);
