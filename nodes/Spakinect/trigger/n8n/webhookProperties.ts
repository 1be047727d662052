import type { INodeProperties } from 'n8n-workflow';
import { authenticationProperty } from '../../shared/authentication';
import { outputProperty } from './outputProperty';
import { oneUrlRule } from './texts';
import { webhookOptions } from './webhookOptions';

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
	webhookOptions,
];
