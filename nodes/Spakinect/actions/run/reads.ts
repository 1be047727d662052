import type { INodeExecutionData, IPairedItemData } from 'n8n-workflow';
import { isStopped } from '../../transport/errors';
import { CreatedVisits } from '../create/createdVisits';
import { toErrorItem, toItemError } from './itemErrors';
import type { Operation, AllItemsOperation } from '../operation';
import type { Run } from './run';
import { toItems } from './run';

/** Runs the items side by side. The API client limits the requests. The output has the order of the input. */
export async function runReads(run: Run, operation: Operation): Promise<INodeExecutionData[]> {
	const node = run.fn.getNode();
	const stopAtFirst = !run.fn.continueOnFail();
	const none = new CreatedVisits();
	const outcomes = await Promise.all(
		run.inputs.map(async (_, index) => {
			try {
				// Reading the parameters of a thousand items takes seconds. n8n must get a turn in between.
				const item = run.item(index, none);
				await item.pace.breathe();
				return { items: toItems(await operation.run(item), index) };
			} catch (thrown) {
				// The results of queued items would be thrown away. An item that fails later may come first in
				// order.
				if (stopAtFirst) run.stop();
				const place = run.place(index);
				const error = toItemError(node, thrown, place);
				return { items: [toErrorItem(error, place)], error, isCause: !isStopped(thrown) };
			}
		}),
	);
	if (stopAtFirst) {
		const failed = outcomes.filter(({ error }) => error !== undefined);
		const first = failed.find(({ isCause }) => isCause) ?? failed[0];
		if (first?.error) throw first.error;
	}
	return outcomes.flatMap(({ items }) => items);
}

/**
 * The most links from results to input items. n8n writes out each link whenever it sends or stores the items: a
 * thousand results of ten thousand items would be a hundred megabytes of links.
 */
const MAX_LINKS = 250_000;

/**
 * Runs an operation once over all input items. A result or an error of one item is paired with that item. A
 * result of all items is paired with all, or with none if that would be too many links.
 *
 * @throws NodeApiError or NodeOperationError of the first failed item, unless the node continues on fail
 */
export async function runOnce(
	run: Run,
	operation: AllItemsOperation,
): Promise<INodeExecutionData[]> {
	const node = run.fn.getNode();
	const count = run.inputs.length;
	const none = new CreatedVisits();
	const items = Array.from({ length: count }, (_, index) => run.item(index, none));
	const outcomes = await operation
		.runAll(items)
		.catch((error: unknown) => items.map(({ index }) => ({ of: index, error })));

	const first = outcomes.find((outcome) => 'error' in outcome);
	if (first && 'error' in first && !run.fn.continueOnFail()) {
		throw toItemError(node, first.error, run.place(first.of));
	}
	const forAll = outcomes.filter(({ of }) => of === 'all').length;
	const all: IPairedItemData[] =
		forAll * count > MAX_LINKS ? [] : items.map(({ index }) => ({ item: index }));
	return outcomes.flatMap((outcome): INodeExecutionData[] => {
		if ('error' in outcome) {
			const place = run.place(outcome.of);
			return [toErrorItem(toItemError(node, outcome.error, place), place)];
		}
		const pairedItem = outcome.of === 'all' ? all : { item: outcome.of };
		return outcome.results.map((result) => ({ ...result, pairedItem }));
	});
}
