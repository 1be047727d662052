import type { INodeProperties } from 'n8n-workflow';
import { MAX_PARALLEL } from '../transport/window';

export const locationIdField: INodeProperties = {
	displayName: 'Location ID',
	name: 'locationId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. jkA6SQCtwZhRNpOFj0ZN',
	description: 'The ID of the spa location, as the Spakinect Client Portal shows it',
	builderHint: {
		propertyHint: 'Ask the user for the ID of the location. Spakinect has no list of locations.',
	},
};

export const gfeIdField: INodeProperties = {
	displayName: 'GFE ID',
	name: 'gfeId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 7dKq2mWbXr91',
	description:
		'The gfe_id in the output of a create operation or a trigger. It is not an ID of the patient or of the appointment.',
	builderHint: {
		propertyHint:
			'The gfe_id of an earlier node or of a stored row, never a patient ID or a booking ID.',
	},
};

export const nameFields: INodeProperties[] = [
	{
		displayName: 'First Name',
		name: 'firstName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Nathan',
		description: 'As on the legal document: Spakinect recognises a returning patient by it',
	},
	{
		displayName: 'Last Name',
		name: 'lastName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Smith',
		description: 'As on the legal document: Spakinect recognises a returning patient by it',
	},
];

export const dateOfBirthField: INodeProperties = {
	displayName: 'Date of Birth',
	name: 'dateOfBirth',
	type: 'string',
	default: '',
	placeholder: 'e.g. 1990-04-25',
	description: 'As 1990-04-25, 04/25/1990 or 04-25-1990 (month first)',
};

/** The picker of the catalogue; by expression also an array, JSON or text with commas. */
export const treatmentsField: INodeProperties = {
	displayName: 'Treatment Names or IDs',
	name: 'treatments',
	type: 'multiOptions',
	required: true,
	default: [],
	typeOptions: {
		loadOptionsMethod: 'getTreatments',
		loadOptionsDependsOn: ['authentication', 'locationId'],
	},
	hint: 'By expression: names as in the Spakinect catalogue, comma-separated or as an array',
	builderHint: {
		propertyHint:
			'The names of the Spakinect catalog, not those of the booking system: map them first. An unknown name is an error, and nothing is sent.',
	},
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

/** For the reads that may run on many items. */
export const maxParallelOption: INodeProperties = {
	displayName: 'Max Parallel Requests',
	name: 'maxParallelRequests',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_PARALLEL },
	default: MAX_PARALLEL,
	description:
		'Most requests at the same time when there are many items. The node starts with fewer and adapts to the server by itself.',
};

export const optionsField = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options,
});

export const returnAllFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];
