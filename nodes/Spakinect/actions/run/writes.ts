import type { INodeExecutionData } from 'n8n-workflow';
import { failureOf } from '../../transport/errors';
import { CreatedVisits } from '../create/createdVisits';
import type { Operation, Result } from '../operation';
import { toErrorItem, toItemError } from './itemErrors';
import { RetriedWrites } from './retriedWrites';
import type { Run } from './run';
import { toItems } from './run';

/** For the error of a later item, so that nobody runs this item again. */
const createdBy = (results: Result[], index: number): string[] =>
	results
		.filter(({ json }) => json.created === true)
		.map(({ json }) => `item ${index}: GFE ${String(json.gfe_id)}`);

/** Runs one item after the other, so that writes have an order and can be stopped between two items. */
export async function runWrites(run: Run, operation: Operation): Promise<INodeExecutionData[]> {
	const { fn, inputs, record } = run;
	const node = fn.getNode();
	const finished = new RetriedWrites(fn.getExecutionId(), node.id, run.runIndex);
	const visits = inputs[0] ? finished.created(inputs[0]) : new CreatedVisits();
	const output: INodeExecutionData[] = [];
	const created: string[] = [];

	for (const [index, input] of inputs.entries()) {
		try {
			const known = finished.get(input);
			if (known && 'doubt' in known) throw known.doubt;
			const results = known?.results ?? (await operation.run(run.item(index, visits)));
			finished.set(input, { results });
			created.push(...createdBy(results, index));
			output.push(...toItems(results, index));
		} catch (thrown) {
			if (failureOf(thrown)?.uncertain) finished.set(input, { doubt: thrown as Error });
			const place = run.place(index, created);
			const error = toItemError(node, thrown, place);
			if (!fn.continueOnFail()) throw error;
			output.push(toErrorItem(error, place));
		}
	}
	record.finish();
	return output;
}
