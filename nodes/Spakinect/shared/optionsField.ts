import type { INodeProperties } from 'n8n-workflow';

/** The collection *Options* of an operation or a trigger, sorted by name, as n8n's guidelines ask. */
export const optionsField = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [...options].sort((a, b) => a.displayName.localeCompare(b.displayName)),
});
