import type { WorkflowNode } from '../../../sandbox/n8n/client.mts';

interface Option {
	name?: string;
	value?: unknown;
}

interface Property {
	name: string;
	type: string;
	options?: Option[];
	displayOptions?: { show?: Record<string, unknown[]>; hide?: Record<string, unknown[]> };
}

/** The part of a node's description that a workflow can be checked against. */
export interface NodeType {
	name: string;
	version: number | number[];
	properties: Property[];
}

type Parameters = WorkflowNode['parameters'];

/** What n8n itself adds: to tools, to polling triggers, and to HTTP Request's generic credentials. */
const FROM_N8N = new Set(['descriptionType', 'toolDescription', 'pollTimes', 'genericAuthType']);

const isShown = (property: Property, parameters: Parameters): boolean =>
	Object.entries(property.displayOptions?.show ?? {}).every(
		([key, values]) =>
			key.startsWith('@') ||
			values.some((value) => typeof value === 'object') ||
			!(key in parameters) ||
			values.includes(parameters[key]),
	);

const isExpression = (value: unknown) => typeof value === 'string' && value.startsWith('=');

const unknownValue = (properties: Property[], name: string, value: unknown): string[] => {
	const fixed = properties.filter(({ type }) => type === 'options');
	if (fixed.length === 0 || fixed.length < properties.length || isExpression(value)) return [];
	const values = fixed.flatMap(({ options = [] }) => options.map((option) => option.value));
	// An empty list is loaded from a server.
	return values.length === 0 || values.includes(value)
		? []
		: [`${name} = ${JSON.stringify(value)}`];
};

const unknownOptions = (properties: Property[], name: string, value: unknown): string[] => {
	const collections = properties.filter(({ type }) =>
		['collection', 'fixedCollection'].includes(type),
	);
	if (collections.length === 0 || typeof value !== 'object' || value === null) return [];
	const names = collections.flatMap(({ options = [] }) => options.map((option) => option.name));
	return Object.keys(value)
		.filter((key) => !names.includes(key))
		.map((key) => `${name}.${key}`);
};

/**
 * What in a node does not exist in the description of its type and version: the type, the version, a parameter
 * (or one that is hidden with these settings), a value of a drop-down, an option.
 */
export const problemsOf = (node: WorkflowNode, candidates: NodeType[] = []): string[] => {
	const where = `${node.name} (${node.type})`;
	if (candidates.length === 0) return [`${where}: no such type`];
	const type = candidates.find(({ version }) => [version].flat().includes(node.typeVersion));
	if (!type) return [`${where}: no version ${node.typeVersion}`];
	return Object.entries(node.parameters).flatMap(([name, value]) => {
		const named = type.properties.filter((property) => property.name === name);
		if (named.length === 0) return FROM_N8N.has(name) ? [] : [`${where}: ${name}`];
		const shown = named.filter((property) => isShown(property, node.parameters));
		if (shown.length === 0) return [`${where}: ${name} is hidden`];
		return [...unknownValue(shown, name, value), ...unknownOptions(shown, name, value)].map(
			(problem) => `${where}: ${problem}`,
		);
	});
};
