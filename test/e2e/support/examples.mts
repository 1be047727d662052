import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowDefinition, WorkflowNode } from '../../../sandbox/n8n/client.mts';
import { projectRoot } from '../../../sandbox/n8n/paths.mts';

const folder = join(projectRoot, 'examples');

/** The files of the numbered recipes and of their tables. Another test has `remove-duplicates.json`. */
export const EXAMPLES = readdirSync(folder).filter((file) => /^\d\d-.*\.json$/.test(file));

/** What a person would import: the file as it is. */
export const readExample = (file: string): WorkflowDefinition =>
	JSON.parse(readFileSync(join(folder, file), 'utf8')) as WorkflowDefinition;

/** What a person fills in after importing. */
export interface FilledIn {
	locationId: string;
	crmUrl: string;
	/** Credential type → `{ id, name }`. */
	credentials: Record<string, { id: string; name: string }>;
}

const PLACEHOLDERS: Array<[string, keyof FilledIn & ('locationId' | 'crmUrl')]> = [
	['your-location-id', 'locationId'],
	['https://crm.example.com', 'crmUrl'],
];

/** The credential types that a node's parameters ask for. */
const credentialTypes = ({ type, parameters }: WorkflowNode): string[] => {
	if (type.startsWith('n8n-nodes-spakinect.')) {
		return [parameters.authentication === 'client' ? 'spakinectClientApi' : 'spakinectApi'];
	}
	if (type.endsWith('.lmChatOpenAi')) return ['openAiApi'];
	if (parameters.genericAuthType) return [String(parameters.genericAuthType)];
	if (parameters.authentication === 'headerAuth') return ['httpHeaderAuth'];
	if (parameters.authentication === 'basicAuth') return ['httpBasicAuth'];
	if (parameters.authentication === 'bearerAuth') return ['httpBearerAuth'];
	return [];
};

/** Nodes that the editor gives a webhook id when they are imported. */
const HAS_WEBHOOK = /trigger$|\.webhook$|\.form$|\.chat(HitlTool)?$/i;

/** An example with everything filled in that its notes ask for, as the editor would save it. */
export const fillInExample = (file: string, filledIn: FilledIn): WorkflowDefinition => {
	let text = JSON.stringify(readExample(file));
	for (const [placeholder, field] of PLACEHOLDERS) {
		text = text.replaceAll(placeholder, filledIn[field]);
	}
	const definition = JSON.parse(text) as WorkflowDefinition;
	return {
		...definition,
		nodes: definition.nodes.map((node) => ({
			...node,
			...(HAS_WEBHOOK.test(node.type) && { webhookId: randomUUID() }),
			credentials: Object.fromEntries(
				credentialTypes(node).map((type) => [type, filledIn.credentials[type]!]),
			),
		})),
	};
};
