import { DateTime } from 'luxon';
import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { toKeyKind } from '../shared/authentication';
import { createApi } from '../transport/api';
import type { KeyKind } from '../transport/credential';
import type { AnyOperation } from './operation';
import { findOperation, RESOURCES } from './registry';
import { CreateRecord } from './run/createRecord';
import { toErrorItem, toItemError } from './run/itemErrors';
import { Pace } from './run/pace';
import { runReads, runOnce } from './run/reads';
import type { Run } from './run/run';
import { VisitLists } from './run/visitLists';
import { Warnings } from './run/warnings';
import { runWrites } from './run/writes';

/** The panel hides some parameters, and a workflow made elsewhere may lack others. */
function parameterText(fn: IExecuteFunctions, name: string, fallback: string): string {
	return String(fn.getNodeParameter(name, 0, fallback) ?? fallback);
}

const needsEmrKey = (node: INode, what: string): NodeOperationError =>
	new NodeOperationError(node, `'${what}' needs an EMR API key`, {
		description:
			'The Client API does not offer it. Choose a Spakinect EMR credential, or another resource and operation.',
	});

/** @throws NodeOperationError if there is no such operation, or the key doesn't have it */
function chooseOperation(
	node: INode,
	kind: KeyKind,
	resource: string,
	value: string,
): AnyOperation {
	const operation = findOperation(resource, value);
	if (operation?.keys.includes(kind)) return operation;
	if (operation) throw needsEmrKey(node, operation.action);
	// The panel hides 'Operation' if the key has no operation of the resource. n8n then drops the value.
	const chosen = RESOURCES.find((one) => one.value === resource);
	if (chosen && value === '' && kind === 'client') throw needsEmrKey(node, chosen.name);
	throw new NodeOperationError(node, "'Operation' is not an operation of the chosen resource", {
		description: 'Open the node and choose the resource and the operation again.',
	});
}

/**
 * The one option that applies to all items. It is read alone: if the whole collection were resolved here, a
 * failing expression in another option of the first item would fail all items. With Continue On Fail, n8n would
 * then pass the input on as the result.
 */
function readMaxParallel(fn: IExecuteFunctions): unknown {
	try {
		return fn.getNodeParameter('options.maxParallelRequests', 0, null) ?? undefined;
	} catch {
		return undefined;
	}
}

async function open(fn: IExecuteFunctions, inputs: INodeExecutionData[]): Promise<Run> {
	const resource = parameterText(fn, 'resource', '');
	const value = parameterText(fn, 'operation', '');
	const kind = toKeyKind(parameterText(fn, 'authentication', 'emr'));
	const operation = chooseOperation(fn.getNode(), kind, resource, value);
	const api = await createApi(fn, kind, readMaxParallel(fn));
	const zone = fn.getTimezone();
	const pace = new Pace();
	const shared = {
		fn,
		fields: operation.fields,
		api,
		pace,
		lists: new VisitLists(api, pace),
		record: new CreateRecord(fn),
		warnings: new Warnings(),
		zone,
		today: DateTime.now().setZone(zone).toISODate() ?? '',
	};
	return {
		fn,
		operation,
		inputs,
		runIndex: Number(fn.getWorkflowDataProxy(0).$runIndex),
		record: shared.record,
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

/**
 * The output of a node that could not start. With On Error = Continue, n8n would pass the input on as the
 * result of a node that throws, for instance an earlier `cleared: true`. So each item becomes an error here.
 */
function failAll(
	fn: IExecuteFunctions,
	inputs: INodeExecutionData[],
	thrown: unknown,
): INodeExecutionData[] {
	const node = fn.getNode();
	// As stored, because reading parameters must not fail again.
	const stored = (name: string) => {
		const value = node.parameters[name];
		return typeof value === 'string' ? value : '';
	};
	const [resource, operation] = [stored('resource'), stored('operation')];
	return inputs.map((_, itemIndex) => {
		const place = { itemIndex, resource, operation, createdBefore: [] };
		return toErrorItem(toItemError(node, thrown, place), place);
	});
}

async function runItems(run: Run): Promise<INodeExecutionData[]> {
	const { operation } = run;
	if ('runAll' in operation) return await runOnce(run, operation);
	if (operation.writes) return await runWrites(run, operation);
	return await runReads(run, operation);
}

/**
 * Runs the chosen operation on every input item. With Continue On Fail, each failed item becomes an error item.
 * Without it, the first failure is the node's error.
 */
export async function route(fn: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	// If n8n can't even give the items, one error stands for all of them.
	let inputs: INodeExecutionData[] = [{ json: {} }];
	let run: Run;
	try {
		inputs = fn.getInputData();
		if (inputs.length === 0) return [[]];
		run = await open(fn, inputs);
	} catch (thrown) {
		if (fn.continueOnFail()) return [failAll(fn, inputs, thrown)];
		throw toItemError(fn.getNode(), thrown, { createdBefore: [] });
	}
	const output = await runItems(run);
	run.warnings.show(fn);
	return [output];
}
