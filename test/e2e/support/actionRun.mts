import { randomUUID } from 'node:crypto';
import {
	itemsOf,
	type Execution,
	type Item,
	type WorkflowDefinition,
	type WorkflowNode,
} from '../../../sandbox/n8n/client.mts';
import type { ActionWorld, Credentials } from './action.mts';
import { node } from './workflows.mts';

export type Json = Record<string, unknown>;

/** What the editor's settings tab of a node holds. */
export type NodeSettings = Partial<
	Pick<WorkflowNode, 'onError' | 'retryOnFail' | 'maxTries' | 'waitBetweenTries'>
>;

export interface ActionRun {
	parameters: Json;
	key?: 'emr' | 'client' | 'wrong';
	/** Instead of those of the key. */
	credentials?: Credentials;
	/** Called between saving and running the workflow. */
	saved?(): Promise<void>;
	/** Input items; default one with nothing in it. */
	items?: Json[];
	settings?: NodeSettings;
	workflowSettings?: Json;
}

interface ActionResult {
	workflowId: string;
	execution: Execution;
	/** The items behind the node's first output, and its json. */
	items: Item[];
	json: Json[];
	/** What came out of the error output. */
	failed: Item[];
	/** Behind the node: the `tag` of the input item that n8n links each item to. */
	pairs: unknown[];
}

const connection = (...targets: string[]) => ({
	main: targets.map((target) => [{ node: target, type: 'main', index: 0 }]),
});

/** The nodes whose data is the workflow's own input. */
export const INPUT_NODES = ['Start', 'Items', 'Split'];

/** Start → Items → Split → Spakinect → Done and Failed, each of which looks back to the input item. */
export const runWorkflow = (world: ActionWorld, run: ActionRun): WorkflowDefinition => {
	const { key = 'emr', items = [{}] } = run;
	const lookBack = { mode: 'raw', jsonOutput: "={{ { tag: $('Split').item.json.tag } }}" };
	return {
		name: `Action ${randomUUID()}`,
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', {}),
			node(
				'Items',
				'n8n-nodes-base.set',
				{ mode: 'raw', jsonOutput: JSON.stringify({ items }) },
				{ typeVersion: 3.4 },
			),
			node('Split', 'n8n-nodes-base.splitOut', { fieldToSplitOut: 'items' }),
			node(
				'Spakinect',
				'n8n-nodes-spakinect.spakinect',
				{ authentication: key === 'client' ? 'client' : 'emr', ...run.parameters },
				{ credentials: run.credentials ?? world.credentials[key], ...run.settings },
			),
			node('Done', 'n8n-nodes-base.set', lookBack, { typeVersion: 3.4 }),
			node('Failed', 'n8n-nodes-base.set', lookBack, { typeVersion: 3.4 }),
		],
		connections: {
			Start: connection('Items'),
			Items: connection('Split'),
			Split: connection('Spakinect'),
			Spakinect:
				run.settings?.onError === 'continueErrorOutput'
					? connection('Done', 'Failed')
					: connection('Done'),
		},
		settings: { executionOrder: 'v1', ...run.workflowSettings },
	};
};

/** Starts the workflow by hand. @returns its id and the execution's */
export const startAction = async (world: ActionWorld, run: ActionRun) => {
	const { id } = await world.client.createWorkflow(runWorkflow(world, run));
	await run.saved?.();
	const { executionId } = await world.client.run(id, { triggerToStartFrom: { name: 'Start' } });
	return { id, executionId: executionId ?? '' };
};

/** Runs one operation of the action node in the real n8n, to its end. */
export const runAction = async (world: ActionWorld, run: ActionRun): Promise<ActionResult> => {
	const { id } = await startAction(world, run);
	const [execution] = await world.client.waitForExecution(id, { timeoutMs: 60_000 });
	const items = itemsOf(execution!, 'Spakinect');
	return {
		workflowId: id,
		execution: execution!,
		items,
		json: items.map(({ json }) => json),
		failed: itemsOf(execution!, 'Spakinect', 1),
		pairs: ['Done', 'Failed'].flatMap((name) =>
			itemsOf(execution!, name).map(({ json }) => json.tag),
		),
	};
};
