import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { CreatedVisits } from '../create/createdVisits';
import type { AnyOperation, Item, Result } from '../operation';
import type { CreateRecord } from './createRecord';
import type { ItemPlace } from './itemErrors';
import type { Warnings } from './warnings';

/** One run of the node: the operation and what all its items share. */
export interface Run {
	fn: IExecuteFunctions;
	operation: AnyOperation;
	inputs: INodeExecutionData[];
	/** The number of this run of the node in the execution, from 0. A loop has many runs. */
	runIndex: number;
	record: CreateRecord;
	warnings: Warnings;
	place(itemIndex: number, createdBefore?: string[]): ItemPlace;
	item(index: number, created: CreatedVisits): Item;
	/** Lets no further request start. */
	stop(): void;
}

/**
 * Turns an operation's results into items, in place. They share one link object, because a list has many items.
 */
export function toItems(results: Result[], itemIndex: number): INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	for (const result of results) result.pairedItem = pairedItem;
	return results;
}
