import type { INodeExecutionData, IPairedItemData } from 'n8n-workflow';
import { CreatedVisits } from '../create/createdVisits';
import type { AllItemsOperation } from '../operation';
import { toErrorItem, toItemError } from './itemErrors';
import type { Run } from './run';

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
