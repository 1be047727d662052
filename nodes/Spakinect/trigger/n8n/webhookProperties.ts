import type { INodeProperties } from 'n8n-workflow';
import { authenticationProperty } from '../../shared/authentication';
import { oneUrlRule } from './texts';

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

const locationIds: INodeProperties = {
	displayName: 'Location IDs',
	name: 'locationIds',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Location' },
	default: [],
	placeholder: 'e.g. jkA6SQCtwZhRNpOFj0ZN',
	description:
		'The locations to receive events for, as shown in the Spakinect Client Portal. An expression may give an array or a comma-separated text.',
};

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Only Selected Locations',
			name: 'onlySelectedLocations',
			type: 'boolean',
			default: true,
			description:
				"Whether to ignore events of locations that are not in 'Location IDs'. Without any location there, all are received.",
		},
		{
			displayName: 'Re-Fetch Incomplete',
			name: 'refetchIncomplete',
			type: 'boolean',
			default: true,
			description:
				'Whether to fetch the visit when Spakinect says that it could not gather its data. If that does not work within five seconds, the item is marked with incomplete = true and holds no decision.',
		},
		{
			displayName: 'Register Test URL',
			name: 'registerTestUrl',
			type: 'options',
			options: [
				{
					name: 'Always',
					value: 'always',
					description: 'Production events of all locations of the key go to the test URL meanwhile',
				},
				{
					name: 'Never',
					value: 'never',
					description: 'Only listen; send the test delivery yourself',
				},
				{
					name: 'Staging Only',
					value: 'stagingOnly',
					description: 'Refuse to listen with a production credential',
				},
			],
			default: 'stagingOnly',
			description: "Whether 'Listen for test event' may take over the one URL of the key",
		},
		{
			displayName: 'Require Signature',
			name: 'requireSignature',
			type: 'boolean',
			default: true,
			description:
				'Whether to refuse deliveries without a signature. A wrong signature is always refused. Without this, anybody who knows the URL can make up a decision.',
		},
		{
			displayName: 'Restore Production URL',
			name: 'restoreProductionUrl',
			type: 'boolean',
			default: true,
			description:
				'Whether to register the production URL of this workflow when a registered test ends',
		},
		{
			displayName: 'Skip Repeats',
			name: 'skipRepeats',
			type: 'boolean',
			default: true,
			description:
				'Whether to ignore a delivery that this n8n process accepted before. Changed decisions always pass. For a lasting guard, add a Remove Duplicates node on event_id.',
		},
	],
};

/** The parameters of the webhook trigger. */
export const webhookProperties: INodeProperties[] = [
	authenticationProperty,
	{
		displayName: oneUrlRule,
		name: 'oneUrlNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Registration',
		name: 'registration',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'Publishing subscribes the locations and registers the URL of this trigger',
			},
			{
				name: 'Manual',
				value: 'manual',
				description: 'Nothing is registered; give Spakinect the production URL yourself',
			},
		],
		default: 'automatic',
		displayOptions: { show: { authentication: ['emr'] } },
	},
	{
		displayName:
			'Paste the Production URL of this trigger (above) into Client Portal > Manage Account > Webhooks, once. It replaces the URL that is there.',
		name: 'portalNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { authentication: ['client'] } },
	},
	{
		displayName:
			'Nothing is registered. Use Webhook > Register and Location > Subscribe of the Spakinect node with the Production URL of this trigger, or forward deliveries to it unchanged.',
		name: 'manualNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { authentication: ['emr'], registration: ['manual'] } },
	},
	{
		...locationIds,
		required: true,
		displayOptions: { show: { authentication: ['emr'], registration: ['automatic'] } },
	},
	{
		...locationIds,
		description: `${locationIds.description ?? ''} Leave empty for all.`,
		displayOptions: { show: { authentication: ['emr'], registration: ['manual'] } },
	},
	{
		...locationIds,
		description: `${locationIds.description ?? ''} Leave empty for all.`,
		displayOptions: { show: { authentication: ['client'] } },
	},
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		options: [
			{
				name: '[Any Event]',
				value: '*',
				description: 'Also events that Spakinect may add later',
			},
			{
				name: 'Treatment Updated',
				value: 'treatment.updated',
				description: 'The catalogue changed; no longer in the documentation of Spakinect',
			},
			{
				name: 'Visit Completed',
				value: 'visit.completed',
				description: 'A provider has evaluated the visit; this does not mean that it was approved',
			},
		],
		required: true,
		default: ['visit.completed'],
	},
	outputProperty,
	options,
];
