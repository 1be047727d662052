import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { InputError } from '../../domain/inputError';
import { failureOf, toNodeApiError } from '../../transport/errors';

/** Where an item failed, and which visits the items before it have created. */
export interface ItemPlace {
	itemIndex: number;
	resource: string;
	operation: string;
	/** For example "item 0: GFE abc". Empty if there are none. */
	createdBefore: string[];
}

const withCreated = (advice: string | undefined, created: string[]): string =>
	[
		advice,
		created.length > 0 &&
			`Created before this, do not run them again: ${created.join(', ')}. n8n's Retry button does not create them again.`,
	]
		.filter(Boolean)
		.join(' ');

/** An AI agent gets only the message of a failed tool, so the advice is added to it. */
const told = (node: INode, message: string, advice: string): string =>
	node.type.endsWith('Tool') && advice !== '' ? `${message}. ${advice}` : message;

/**
 * The error of one item, or of a node that could not start, from whatever was thrown. It contains only the
 * node's own texts. An unexpected error could quote patient data, so only its kind is named.
 */
export function toItemError(
	node: INode,
	thrown: unknown,
	place: Pick<ItemPlace, 'createdBefore'> & Partial<ItemPlace>,
): NodeApiError | NodeOperationError {
	const { itemIndex, createdBefore } = place;
	const failure = failureOf(thrown);
	if (failure) {
		const advice = withCreated(failure.advice, createdBefore);
		const message = told(node, failure.message, advice);
		return toNodeApiError(node, { ...failure, message, advice }, itemIndex);
	}
	const operationError = (message: string, ownAdvice?: string | null): NodeOperationError => {
		const description = withCreated(ownAdvice ?? undefined, createdBefore);
		return new NodeOperationError(node, told(node, message, description), {
			description,
			itemIndex,
		});
	};
	if (thrown instanceof InputError) return operationError(thrown.message, thrown.advice);
	if (thrown instanceof NodeOperationError) {
		return operationError(thrown.message, thrown.description);
	}
	const kind = thrown instanceof Error ? thrown.name : typeof thrown;
	return operationError(
		`Unexpected error in the node (${kind})`,
		'Please report it, and say which operation you used.',
	);
}

/**
 * The output item of a failed item, for Continue On Fail and the error output. n8n routes by the item's
 * `error`. A `json.error` would make Retry On Fail run the whole node again.
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
