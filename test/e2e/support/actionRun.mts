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

/** The values of a node's settings tab in the editor. */
export type NodeSettings = Partial<
	Pick<WorkflowNode, 'onError' | 'retryOnFail' | 'maxTries' | 'waitBetweenTries'>
>;

export interface ActionRun {
	parameters: Json;
	key?: 'emr' | 'client' | 'wrong';
	/** Used in place of the key's credentials. */
	credentials?: Credentials;
	/** Called between saving and running the workflow. */
	saved?(): Promise<void>;
	/** The input items. Default: one empty item. */
	items?: Json[];
	settings?: NodeSettings;
	workflowSettings?: Json;
	/** False to leave out the nodes behind, which take a long time for thousands of items. */
	lookBack?: boolean;
}

interface ActionResult {
	workflowId: string;
	execution: Execution;
	/** The items after the node's first output, and their json. */
	items: Item[];
	json: Json[];
	/** The items of the error output. */
	failed: Item[];
	/** After the node: the `tag` of the input item to which n8n links each item. */
	pairs: unknown[];
}

const connection = (...targets: string[]) => ({
	main: targets.map((target) => [{ node: target, type: 'main', index: 0 }]),
});

/** The nodes that hold the workflow's own input. */
export const INPUT_NODES = ['Start', 'Items', 'Split'];

/** Start → Items → Split → Spakinect → Done and Failed. Both read the linked input item. */
export const runWorkflow = (world: ActionWorld, run: ActionRun): WorkflowDefinition => {
	const { key = 'emr', items = [{}], lookBack = true } = run;
	const linked = { mode: 'raw', jsonOutput: "={{ { tag: $('Split').item.json.tag } }}" };
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
			node('Done', 'n8n-nodes-base.set', linked, { typeVersion: 3.4 }),
			node('Failed', 'n8n-nodes-base.set', linked, { typeVersion: 3.4 }),
		],
		connections: {
			Start: connection('Items'),
			Items: connection('Split'),
			Split: connection('Spakinect'),
			...(lookBack && {
				Spakinect:
					run.settings?.onError === 'continueErrorOutput'
						? connection('Done', 'Failed')
						: connection('Done'),
			}),
		},
		settings: { executionOrder: 'v1', ...run.workflowSettings },
	};
};

/** Starts the workflow by hand. @returns the IDs of the workflow and the execution */
export const startAction = async (world: ActionWorld, run: ActionRun) => {
	const { id } = await world.client.createWorkflow(runWorkflow(world, run));
	await run.saved?.();
	const { executionId } = await world.client.run(id, { triggerToStartFrom: { name: 'Start' } });
	return { id, executionId: executionId ?? '' };
};

/** Runs one operation of the action node in the real n8n until it ends. */
export const runAction = async (world: ActionWorld, run: ActionRun): Promise<ActionResult> => {
	const { id } = await startAction(world, run);
	const [execution] = await world.client.waitForExecution(id);
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
