import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { InputError } from '../domain/inputError';
import { failureOf, toNodeApiError } from '../transport/errors';

/** Where an item failed, and which visits the items before it have created. */
export interface ItemPlace {
	itemIndex: number;
	resource: string;
	operation: string;
	/** For example "item 0: GFE abc"; empty if there are none. */
	createdBefore: string[];
}

const withCreated = (advice: string | undefined, created: string[]): string =>
	[
		advice,
		created.length > 0 && `Created before this, do not run them again: ${created.join(', ')}.`,
	]
		.filter(Boolean)
		.join(' ');

/**
 * The error of one item, from whatever was thrown. Only our own sentences reach it: an unexpected error
 * could quote what it stumbled over, so of that only its kind is told.
 */
export function toItemError(
	node: INode,
	thrown: unknown,
	place: ItemPlace,
): NodeApiError | NodeOperationError {
	const { itemIndex, createdBefore } = place;
	const failure = failureOf(thrown);
	if (failure) {
		const advice = withCreated(failure.advice, createdBefore);
		return toNodeApiError(node, { ...failure, advice }, itemIndex);
	}
	if (thrown instanceof InputError) {
		return new NodeOperationError(node, thrown.message, {
			description: withCreated(thrown.advice, createdBefore),
			itemIndex,
		});
	}
	if (thrown instanceof NodeOperationError) {
		return new NodeOperationError(node, thrown.message, {
			description: withCreated(thrown.description ?? undefined, createdBefore),
			itemIndex,
		});
	}
	const kind = thrown instanceof Error ? thrown.name : typeof thrown;
	return new NodeOperationError(node, `The node met something unexpected (${kind})`, {
		description: withCreated('Please report it with the operation that you used.', createdBefore),
		itemIndex,
	});
}

/**
 * The output item of a failed item, for Continue On Fail and the error output. n8n routes by the item's
 * `error`; a `json.error` would make Retry On Fail run the whole node again.
 */
export function toErrorItem(
	error: NodeApiError | NodeOperationError,
	place: ItemPlace,
): INodeExecutionData {
	const status = failureOf(error)?.status ?? null;
	const details: IDataObject = {
		status,
		resource: place.resource,
		operation: place.operation,
		advice: error.description ?? '',
	};
	return {
		json: { message: error.message, details },
		error,
		pairedItem: { item: place.itemIndex },
	};
}
