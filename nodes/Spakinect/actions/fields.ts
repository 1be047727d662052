import type { INodeProperties } from 'n8n-workflow';
import { MAX_PARALLEL } from '../transport/window';

export const locationIdField: INodeProperties = {
	displayName: 'Location ID',
	name: 'locationId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description:
		'The spa location. The list shows the locations in the credential (field Locations). Copy an ID from the Spakinect Client Portal.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a location...',
			typeOptions: { searchListMethod: 'getLocations', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. jkA6SQCtwZhRNpOFj0ZN',
		},
	],
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
		'The gfe_id from the output of a Create operation or a trigger. It is not the ID of the patient or the appointment.',
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
		description: 'As on the legal ID. Spakinect recognizes returning patients by it.',
	},
	{
		displayName: 'Last Name',
		name: 'lastName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Smith',
		description: 'As on the legal ID. Spakinect recognizes returning patients by it.',
	},
];

export const dateOfBirthField: INodeProperties = {
	displayName: 'Date of Birth',
	name: 'dateOfBirth',
	type: 'string',
	default: '',
	placeholder: 'e.g. 1990-04-25',
	description:
		'For example 1990-04-25, 04/25/1990 (month first) or Apr 25, 1990. Spreadsheet dates work too.',
};

/** The catalog picker. An expression can also return an array, JSON or a text with commas. */
export const treatmentsField: INodeProperties = {
	displayName: 'Treatment Names or IDs',
	name: 'treatments',
	type: 'multiOptions',
	required: true,
	default: [],
	// Without it the editor marks a service of the user's own menu with a red "not supported".
	allowArbitraryValues: true,
	typeOptions: {
		loadOptionsMethod: 'getTreatments',
		// The ID inside a resource locator, or the plain text of an older workflow.
		loadOptionsDependsOn: ['authentication', 'locationId.value', 'locationId'],
	},
	hint: 'By expression: catalog names as an array, or separated by commas, semicolons or line breaks',
	builderHint: {
		propertyHint:
			'The names of the Spakinect catalog, not those of the booking system: map them first. An unknown name is an error, and nothing is sent.',
	},
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

/** For reads that may run on many items. */
export const maxParallelOption: INodeProperties = {
	displayName: 'Max Parallel Requests',
	name: 'maxParallelRequests',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_PARALLEL },
	default: MAX_PARALLEL,
	description:
		'Maximum number of requests at the same time. The node starts with fewer and adapts to the server.',
};

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
