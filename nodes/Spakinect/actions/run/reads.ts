import type { INodeExecutionData } from 'n8n-workflow';
import { isStopped } from '../../transport/errors';
import { CreatedVisits } from '../create/createdVisits';
import { toErrorItem, toItemError } from './itemErrors';
import type { Operation } from '../operation';
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
