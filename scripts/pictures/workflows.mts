import { randomUUID } from 'node:crypto';
import { demoWorkflow } from '../../sandbox/demo/workflows.mts';
import type { WorkflowDefinition, WorkflowNode } from '../../sandbox/n8n/client.mts';
import type { NodeCredentials } from '../../sandbox/services/connect.mts';

/** What the pictures' workflows need to know of the n8n in which they are shown. */
export interface Settings {
	credentials: NodeCredentials;
}

/** A sticky note as a frame around what it names. */
const frame = (title: string, x: number, width: number): WorkflowNode => ({
	id: randomUUID(),
	name: title,
	type: 'n8n-nodes-base.stickyNote',
	typeVersion: 1,
	position: [x, -120],
	parameters: { content: `## ${title}`, width, height: 700, color: 4 },
});

/** Both of the demo's workflows on one canvas. */
export const bothWorkflows = async (settings: Settings): Promise<WorkflowDefinition> => {
	const booking = await demoWorkflow('booking', settings.credentials);
	const results = await demoWorkflow('results', settings.credentials);
	const at = (nodes: WorkflowNode[], x: number, y: number): WorkflowNode[] =>
		nodes.map((node) => ({
			...node,
			position: [node.position[0] + x, node.position[1] + y],
			webhookId: randomUUID(),
		}));
	return {
		name: 'Booking to GFE, and back',
		nodes: [
			frame('A booking becomes a GFE', -100, 800),
			...at(booking.nodes, 0, 200),
			frame('A finished GFE goes to Sheets, Slack, Drive and HubSpot', 740, 700),
			...at(results.nodes, 840, 0),
		],
		connections: { ...booking.connections, ...results.connections },
	};
};

/** One Spakinect node as a workflow; an action gets a manual start. */
export const oneNode = (
	name: string,
	type: string,
	parameters: Record<string, unknown>,
	{ credentials }: Settings,
): WorkflowDefinition => {
	const node = {
		id: randomUUID(),
		name,
		type: `n8n-nodes-spakinect.${type}`,
		typeVersion: 1,
		position: [240, 0] as [number, number],
		parameters: { authentication: 'emr', ...parameters },
		credentials: { spakinectApi: credentials.spakinectApi! },
		webhookId: randomUUID(),
	};
	if (type.endsWith('Trigger')) return { name, nodes: [node], connections: {} };
	const start = {
		id: randomUUID(),
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
	};
	const connections = { Start: { main: [[{ node: name, type: 'main', index: 0 }]] } };
	return { name, nodes: [start, node], connections };
};
