import type { INodeProperties } from 'n8n-workflow';
import type { VisitOutput } from '../domain/visit/visit';
import { findChoice } from './choice';

/** The same choice for every operation and trigger that returns visits. */
export const outputField: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{
			name: 'Visit',
			value: 'visit',
			description: 'One item per visit with tidy fields and lists of decisions',
		},
		{
			name: 'Treatments',
			value: 'treatments',
			description: 'One item per treatment with its decision, for a spreadsheet or CRM',
		},
		{
			name: 'Summary',
			value: 'summary',
			description:
				'One item per visit with texts for a chat or spreadsheet: message, needs_attention and no patient',
		},
		{
			name: 'Raw',
			value: 'raw',
			description: 'The visit as the API sent it',
		},
	],
	default: 'visit',
	description: 'The format of the visits in the output',
};

/** The values of the `output` parameter. */
export const VISIT_OUTPUTS = ['visit', 'treatments', 'summary', 'raw'] as const;

/**
 * The value of a trigger's `output` parameter, without case. An unknown value becomes the default, because an
 * event must not be lost over its form.
 */
export const toVisitOutput = (value: unknown): VisitOutput =>
	findChoice(value, VISIT_OUTPUTS) ?? 'visit';

/** The collection *Options* of an operation or a trigger, sorted by name, as n8n's guidelines ask. */
export const optionsField = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [...options].sort((a, b) => a.displayName.localeCompare(b.displayName)),
});
