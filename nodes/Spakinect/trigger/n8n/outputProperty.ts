import type { INodeProperties } from 'n8n-workflow';

/** `output`, the same choice wherever visits come out. */
export const outputProperty: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{
			name: 'Raw',
			value: 'raw',
			description: 'The visit as the API sent it',
		},
		{
			name: 'Treatments',
			value: 'treatments',
			description: 'One flat item per treatment with its decision, ready for a spreadsheet or CRM',
		},
		{
			name: 'Visit',
			value: 'visit',
			description: 'One item per visit with its decisions as lists',
		},
	],
	default: 'visit',
	description: 'What an item holds',
};
