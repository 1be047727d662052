import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkflowDefinition, WorkflowNode } from '../n8n/client.mts';
import type { NodeCredentials } from '../services/connect.mts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'workflows');

/** The demo's workflows by the name of their file. */
export type DemoWorkflow = 'booking' | 'results';

/** The credential type of each node type. */
const CREDENTIALS: Record<string, string> = {
	'n8n-nodes-spakinect.spakinect': 'spakinectApi',
	'n8n-nodes-spakinect.spakinectTrigger': 'spakinectApi',
	'n8n-nodes-base.googleSheets': 'googleSheetsOAuth2Api',
	'n8n-nodes-base.googleDrive': 'googleDriveOAuth2Api',
	'n8n-nodes-base.hubspot': 'hubspotAppToken',
	'n8n-nodes-base.slack': 'slackApi',
};

/** Nodes with the credentials that a person would choose after the import. */
export const withCredentials = (
	nodes: readonly WorkflowNode[],
	credentials: NodeCredentials,
): WorkflowNode[] =>
	nodes.map((node) => {
		const type = CREDENTIALS[node.type];
		const credential = type === undefined ? undefined : credentials[type];
		return type && credential ? { ...node, credentials: { [type]: credential } } : node;
	});

/** One of the demo's workflows, with its credentials. */
export const demoWorkflow = async (
	name: DemoWorkflow,
	credentials: NodeCredentials,
): Promise<WorkflowDefinition> => {
	const text = await readFile(join(folder, `${name}.json`), 'utf8');
	const definition = JSON.parse(text) as WorkflowDefinition;
	return { ...definition, nodes: withCredentials(definition.nodes, credentials) };
};
