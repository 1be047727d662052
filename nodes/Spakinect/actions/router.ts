import { DateTime } from 'luxon';
import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { toKeyKind } from '../shared/authentication';
import { createApi } from '../transport/api';
import { failureOf, isStopped } from '../transport/errors';
import { CreatedVisits } from './create/createdVisits';
import { FinishedWrites } from './run/finishedWrites';
import { toErrorItem, toItemError } from './run/itemErrors';
import type { ItemPlace } from './run/itemErrors';
import type { AnyOperation, Item, Operation, Result } from './operation';
import { runOnce } from './run/runOnce';
import { readMaxParallel } from './parameters';
import { findOperation, RESOURCES } from './registry';
import { Warnings } from './run/warnings';

interface Run {
	fn: IExecuteFunctions;
	operation: AnyOperation;
	place(itemIndex: number, createdBefore?: string[]): ItemPlace;
	warnings: Warnings;
	item(index: number, created: CreatedVisits): Item;
	stop(): void;
}

const needsEmrKey = (node: INode, what: string): NodeOperationError =>
	new NodeOperationError(node, `'${what}' needs an EMR API key`, {
		description:
			'The Client API does not offer it. Choose a Spakinect EMR credential, or another resource and operation.',
	});

async function open(fn: IExecuteFunctions): Promise<Run> {
	const node = fn.getNode();
	const resource = String(fn.getNodeParameter('resource', 0));
	// The panel hides it where the key has no operation of the resource; n8n then drops its value.
	const value = String(fn.getNodeParameter('operation', 0, ''));
	const kind = toKeyKind(fn.getNodeParameter('authentication', 0, 'emr'));
	const operation = findOperation(resource, value);
	if (!operation) {
		const chosen = RESOURCES.find((one) => one.value === resource);
		if (chosen && value === '' && kind === 'client') throw needsEmrKey(node, chosen.name);
		throw new NodeOperationError(
			node,
			`There is no operation '${value}' of resource '${resource}'`,
		);
	}
	if (!operation.keys.includes(kind)) throw needsEmrKey(node, operation.action);
	const api = await createApi(fn, kind, readMaxParallel(fn));
	const zone = fn.getTimezone();
	const shared = {
		fn,
		api,
		warnings: new Warnings(),
		zone,
		today: DateTime.now().setZone(zone).toISODate() ?? '',
	};
	return {
		fn,
		operation,
		warnings: shared.warnings,
		place: (itemIndex, createdBefore = []) => ({
			itemIndex,
			resource,
			operation: value,
			createdBefore,
		}),
		item: (index, created) => ({ ...shared, index, created }),
		stop: () => api.stop(),
	};
}

/** Makes items of an operation's results in place, with one link for all: a list has many. */
function toItems(results: Result[], itemIndex: number): INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	for (const result of results) result.pairedItem = pairedItem;
	return results;
}

/** Items side by side; the API client bounds the requests. Output in the order of the input. */
async function runReads(
	run: Run,
	operation: Operation,
	count: number,
): Promise<INodeExecutionData[]> {
	const node = run.fn.getNode();
	const stopAtFirst = !run.fn.continueOnFail();
	const none = new CreatedVisits();
	const outcomes = await Promise.all(
		Array.from({ length: count }, async (_, index) => {
			try {
				return { items: toItems(await operation.run(run.item(index, none)), index) };
			} catch (thrown) {
				// What is still queued would be thrown away; what comes later in time may be earlier in order.
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

/** One item after the other, so that an order of writes is an order, and a stop is a stop. */
async function runWrites(
	run: Run,
	operation: Operation,
	inputs: INodeExecutionData[],
): Promise<INodeExecutionData[]> {
	const node = run.fn.getNode();
	const { $runIndex } = run.fn.getWorkflowDataProxy(0);
	const finished = new FinishedWrites(run.fn.getExecutionId(), node.id, Number($runIndex));
	const visits = inputs[0] ? finished.created(inputs[0]) : new CreatedVisits();
	const output: INodeExecutionData[] = [];
	const created: string[] = [];

	for (const [index, input] of inputs.entries()) {
		try {
			const known = finished.get(input);
			if (known && 'doubt' in known) throw known.doubt;
			const results = known?.results ?? (await operation.run(run.item(index, visits)));
			finished.set(input, { results });
			created.push(
				...results
					.filter(({ json }) => json.created === true)
					.map(({ json }) => `item ${index}: GFE ${String(json.gfe_id)}`),
			);
			output.push(...toItems(results, index));
		} catch (thrown) {
			if (failureOf(thrown)?.uncertain) finished.set(input, { doubt: thrown as Error });
			const place = run.place(index, created);
			const error = toItemError(node, thrown, place);
			if (!run.fn.continueOnFail()) throw error;
			output.push(toErrorItem(error, place));
		}
	}
	return output;
}

async function runItems(run: Run, inputs: INodeExecutionData[]): Promise<INodeExecutionData[]> {
	const { operation } = run;
	if ('runAll' in operation) return await runOnce(run, operation, inputs.length);
	if (operation.writes) return await runWrites(run, operation, inputs);
	return await runReads(run, operation, inputs.length);
}

/**
 * Runs the chosen operation on every input item. Each failed item is an item of its own with Continue On
 * Fail, and the error of the node without.
 */
export async function route(fn: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const inputs = fn.getInputData();
	if (inputs.length === 0) return [[]];
	const run = await open(fn);
	const output = await runItems(run, inputs);
	run.warnings.show(fn);
	return [output];
}
