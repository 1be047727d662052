import { NodeHelpers, type INodeParameters, type INodeTypeDescription } from 'n8n-workflow';
import type { WorkflowDefinition, WorkflowNode } from '../../../sandbox/n8n/client.mts';

/** What the second tab of a panel has, if nobody touches it. */
const NODE_SETTINGS = {
	alwaysOutputData: false,
	executeOnce: false,
	retryOnFail: false,
	maxTries: 3,
	waitBetweenTries: 1000,
	onError: 'stopWorkflow',
};

/** What differs with each time that a workflow is built, and does not matter. */
const MADE_BY_EDITOR = ['id', 'position', 'webhookId'];

interface Column {
	id: string;
	type: string;
	removed?: boolean;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A value without what n8n's editor makes up by itself: IDs of conditions and fields, the version of a condition, the
 * name that it remembers of what was chosen from a list, the blanks inside of the braces.
 */
const essence = (value: unknown): unknown => {
	if (typeof value === 'string' && value.startsWith('=')) {
		return value.replace(/\{\{\s*([\s\S]*?)\s*\}\}/g, '{{ $1 }}');
	}
	if (Array.isArray(value)) return value.map(essence);
	if (!isRecord(value)) return value;
	// Choosing from the list is another way to the same value.
	if (value.__rl === true) {
		return value.mode === 'list' ? value.value : { mode: value.mode, value: value.value };
	}
	const own = { ...value };
	if ('operator' in own || 'name' in own) delete own.id;
	if ('caseSensitive' in own) delete own.version;
	if (Array.isArray(own.schema)) {
		own.schema = (own.schema as Column[])
			.filter(({ removed }) => removed !== true)
			.map(({ id, type }) => ({ id, type }));
	}
	return Object.fromEntries(Object.entries(own).map(([key, inner]) => [key, essence(inner)]));
};

const nodeEssence = (node: WorkflowNode, types: INodeTypeDescription[]): unknown => {
	const { typeVersion } = node;
	const own = Object.entries(node).filter(([key]) => !MADE_BY_EDITOR.includes(key));
	const type = types.find(
		({ name, version }) => name === node.type && [version].flat().includes(typeVersion),
	);
	if (!type) throw new Error(`${node.name}: there is no version ${typeVersion} of ${node.type}`);
	const parameters = node.parameters as INodeParameters;
	return {
		...NODE_SETTINGS,
		...Object.fromEntries(own),
		// The editor adds the newest version of a node; a recipe has one that older n8n have too.
		typeVersion: Math.floor(typeVersion),
		parameters: essence(
			NodeHelpers.getNodeParameters(type.properties, parameters, true, false, node, type),
		),
	};
};

/**
 * What makes a workflow: the name, the nodes without the notes on the canvas, the connections and the settings. The
 * parameters have their defaults filled in, because a recipe spells out some that the editor does not save. Two
 * workflows that do the same are equal.
 * @param types the node types of the n8n that has the workflow
 * @param settings the settings that count
 */
export const essenceOf = (
	workflow: WorkflowDefinition,
	types: INodeTypeDescription[],
	settings: string[],
): unknown => ({
	name: workflow.name,
	nodes: Object.fromEntries(
		workflow.nodes
			.filter(({ type }) => !type.endsWith('.stickyNote'))
			.map((node) => [node.name, nodeEssence(node, types)]),
	),
	connections: workflow.connections,
	settings: Object.fromEntries(settings.map((key) => [key, workflow.settings?.[key]])),
});
