import { randomUUID } from 'node:crypto';
import type { WorkflowDefinition, WorkflowNode } from '../../../sandbox/n8n/client.mts';
import { EMR_CREDENTIAL } from './world.mts';

export const TRIGGER = 'Spakinect Trigger';
export const AFTER = 'After';

/** A node as the editor would save it. */
export const node = (
	name: string,
	type: string,
	parameters: Record<string, unknown>,
	extra: Partial<WorkflowNode> = {},
): WorkflowNode => ({
	id: randomUUID(),
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters,
	...extra,
});

const emrCredential = (id: string) => ({ spakinectApi: { id, name: EMR_CREDENTIAL } });

const connect = (from: string, to: string): WorkflowDefinition['connections'] => ({
	[from]: { main: [[{ node: to, type: 'main', index: 0 }]] },
});

/** The webhook trigger with one node after it. */
export const triggerWorkflow = (
	credentialId: string,
	parameters: Record<string, unknown> = {},
): WorkflowDefinition => ({
	name: `Trigger ${randomUUID()}`,
	nodes: [
		node(
			TRIGGER,
			'n8n-nodes-spakinect.spakinectTrigger',
			{
				authentication: 'emr',
				locationIds: ['loc_downtown'],
				registration: 'automatic',
				...parameters,
			},
			{ credentials: emrCredential(credentialId), webhookId: randomUUID() },
		),
		node(AFTER, 'n8n-nodes-base.noOp', {}),
	],
	connections: connect(TRIGGER, AFTER),
});

/** A manual trigger and one Spakinect action. */
export const actionWorkflow = (
	credentialId: string,
	parameters: Record<string, unknown>,
): WorkflowDefinition => ({
	name: `Action ${randomUUID()}`,
	nodes: [
		node('Start', 'n8n-nodes-base.manualTrigger', {}),
		node(
			'Spakinect',
			'n8n-nodes-spakinect.spakinect',
			{ authentication: 'emr', ...parameters },
			{ credentials: emrCredential(credentialId) },
		),
	],
	connections: connect('Start', 'Spakinect'),
});
