import { randomUUID } from 'node:crypto';
import type { WorkflowDefinition, WorkflowNode } from '../../../../sandbox/n8n/client.mts';
import { AFTER, TRIGGER, node } from '../../support/workflows.mts';
import type { Credentials, TriggerWorld } from './world.mts';

type Json = Record<string, unknown>;

/** A trigger with the given nodes after it, in a row. By default, one node that does nothing. */
export const chainOf = (trigger: WorkflowNode, ...steps: WorkflowNode[]): WorkflowDefinition => {
	const nodes = [trigger, ...(steps.length > 0 ? steps : [node(AFTER, 'n8n-nodes-base.noOp', {})])];
	return {
		name: `Trigger ${randomUUID()}`,
		nodes,
		connections: Object.fromEntries(
			nodes
				.slice(1)
				.map(({ name }, index) => [
					nodes[index]!.name,
					{ main: [[{ node: name, type: 'main', index: 0 }]] },
				]),
		),
		settings: { executionOrder: 'v1' },
	};
};

/** The webhook trigger, by default for loc_downtown with automatic registration. */
export const webhookTrigger = (credentials: Credentials, parameters: Json = {}): WorkflowNode =>
	node(
		TRIGGER,
		'n8n-nodes-spakinect.spakinectTrigger',
		{
			authentication: 'emr',
			locationIds: ['loc_downtown'],
			registration: 'automatic',
			...parameters,
		},
		{ credentials, webhookId: randomUUID() },
	);

export const POLLER = 'Spakinect Polling Trigger';

/** The polling trigger, every minute, the shortest interval that n8n allows. */
export const pollingTrigger = (credentials: Credentials, locationIds: string[]): WorkflowNode =>
	node(
		POLLER,
		'n8n-nodes-spakinect.spakinectPollingTrigger',
		{
			authentication: 'emr',
			locationIds,
			events: ['created', 'completed', 'decisionsChanged'],
			pollTimes: { item: [{ mode: 'everyMinute' }] },
		},
		{ credentials },
	);

/** A saved workflow with a webhook trigger, and its two URLs. */
export interface Saved {
	id: string;
	production: string;
	test: string;
}

export const saveTrigger = async (
	world: TriggerWorld,
	trigger: WorkflowNode,
	...steps: WorkflowNode[]
): Promise<Saved> => {
	const { id } = await world.client.createWorkflow(chainOf(trigger, ...steps));
	const url = (endpoint: string) => `${world.n8n.url}/${endpoint}/${trigger.webhookId}/webhook`;
	return { id, production: url('webhook'), test: url('webhook-test') };
};

/** Saves a change of the trigger node as a draft. */
export const changeTrigger = async (
	world: TriggerWorld,
	id: string,
	change: (trigger: WorkflowNode) => Partial<WorkflowNode>,
): Promise<void> => {
	const { nodes, connections } = await world.client.workflow(id);
	const [trigger, ...rest] = nodes;
	const changed = { ...trigger!, ...change(trigger!) };
	const { [trigger!.name]: wires, ...others } = connections;
	await world.client.updateWorkflow(id, {
		nodes: [changed, ...rest],
		connections: { ...others, ...(wires && { [changed.name]: wires }) },
	});
};
