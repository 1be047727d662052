import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demoWorkflow, withCredentials } from '../../sandbox/demo/workflows.mts';
import type { WorkflowDefinition, WorkflowNode } from '../../sandbox/n8n/client.mts';
import { projectRoot } from '../../sandbox/n8n/paths.mts';
import type { NodeCredentials } from '../../sandbox/services/connect.mts';

/** The data of the running n8n that the pictures' workflows need. */
export interface Settings {
	credentials: NodeCredentials;
}

/** A sticky note as a frame around nodes. */
const frame = (title: string, y: number, width: number, height: number): WorkflowNode => ({
	id: randomUUID(),
	name: title,
	type: 'n8n-nodes-base.stickyNote',
	typeVersion: 1,
	position: [-120, y],
	parameters: { content: `## ${title}`, width, height, color: 4 },
});

/** Recipe 01 without its notes, and the demo's result workflow, on one canvas. */
export const bothWorkflows = async (
	settings: Settings,
	httpHeaderAuth: { id: string; name: string },
): Promise<WorkflowDefinition> => {
	const text = await readFile(join(projectRoot, 'examples', '01-booking-to-gfe.json'), 'utf8');
	const recipe = JSON.parse(text) as WorkflowDefinition;
	const booking = recipe.nodes.filter(({ type }) => !type.endsWith('.stickyNote'));
	const results = await demoWorkflow('results', settings.credentials);
	const at = (nodes: WorkflowNode[], x: number, y: number): WorkflowNode[] =>
		withCredentials(nodes, settings.credentials).map((node) => ({
			...node,
			position: [node.position[0] + x, node.position[1] + y],
			webhookId: randomUUID(),
			...(node.type.endsWith('.webhook') && { credentials: { httpHeaderAuth } }),
		}));
	return {
		name: 'Booking to GFE, and back',
		nodes: [
			frame('A booking becomes a GFE', -320, 1840, 800),
			...at(booking, 40, 40),
			frame(
				'A finished GFE goes to Google Sheets, Slack, Google Drive and HubSpot',
				520,
				1840,
				900,
			),
			...at(results.nodes, 480, 640),
		],
		connections: { ...recipe.connections, ...results.connections },
	};
};

/** One Spakinect node as a workflow. An action gets a manual trigger. */
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
