import type { INodeExecutionData } from 'n8n-workflow';
import { failureOf } from '../../transport/errors';
import { CreatedVisits } from '../create/createdVisits';
import type { Operation, Result } from '../operation';
import { toErrorItem, toItemError } from './itemErrors';
import type { Run } from './run';
import { toItems } from './run';

/** How a write ended that must not be sent again: with its results, or in doubt. */
type Outcome = { results: Result[] } | { doubt: Error };

interface Kept {
	outcome?: Outcome;
	created?: CreatedVisits;
}

/**
 * n8n's Retry On Fail runs the whole node again, including finished items, which would contact patients twice.
 * A new try gets the same item objects in the same run of the node, so finished items return the results kept
 * here. The entries are freed with the items. Each pass of a loop is another run. For a new execution of the
 * same items, see CreateRecord.
 */
const keptBy = new WeakMap<INodeExecutionData, Map<string, Kept>>();

/** The finished writes of one run of one node in one execution, for n8n's Retry On Fail. */
export class RetriedWrites {
	private readonly run: string;

	constructor(executionId: string, nodeId: string, runIndex: number) {
		this.run = `${executionId}:${nodeId}:${runIndex}`;
	}

	get(input: INodeExecutionData): Outcome | undefined {
		return this.keptOf(input).outcome;
	}

	set(input: INodeExecutionData, outcome: Outcome): void {
		this.keptOf(input).outcome = outcome;
	}

	/**
	 * The visits that earlier tries created, for the duplicate guard. A try that takes its first items from
	 * memory wouldn't know them, and a Client key can't list them.
	 */
	created(first: INodeExecutionData): CreatedVisits {
		const kept = this.keptOf(first);
		kept.created ??= new CreatedVisits();
		return kept.created;
	}

	private keptOf(input: INodeExecutionData): Kept {
		const runs = keptBy.get(input) ?? new Map<string, Kept>();
		keptBy.set(input, runs);
		const kept = runs.get(this.run) ?? {};
		runs.set(this.run, kept);
		return kept;
	}
}

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
