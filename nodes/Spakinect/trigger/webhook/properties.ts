import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { authenticationProperty } from '../../shared/authentication';
import { outputField } from '../../shared/fields';
import { locationFields, typedLocationIds } from '../panel';
import { ONE_URL_RULE } from '../../shared/registration';
import { webhookOptions } from './options';

const locationIds = typedLocationIds(
	'The locations to receive events for. The Spakinect Client Portal shows their IDs. An expression can return an array or a comma-separated list.',
);

/** The node creator offers the first one first. */
export const webhookEvents: INodePropertyOptions[] = [
	{
		name: 'Visit Completed',
		value: 'visit.completed',
		description: "A provider has evaluated the visit. This doesn't mean that it was approved.",
	},
	{
		name: '[Any Event]',
		value: '*',
		description: 'Every event that Spakinect sends, also new ones',
	},
];

/** The parameters of the webhook trigger. */
export const webhookProperties: INodeProperties[] = [
	authenticationProperty,
	{
		displayName: 'Registration',
		name: 'registration',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description:
					'Publishing the workflow subscribes the locations and registers the URL of this trigger',
			},
			{
				name: 'Manual',
				value: 'manual',
				description: 'Nothing is registered. Give Spakinect the Production URL yourself.',
			},
		],
		default: 'automatic',
		description: 'Who tells Spakinect where to send its events',
		displayOptions: { show: { authentication: ['emr'] } },
	},
	{
		displayName: ONE_URL_RULE,
		name: 'oneUrlNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { authentication: ['emr'], registration: ['automatic'] } },
	},
	{
		displayName:
			'Paste the Production URL (above, under Webhook URLs) into Client Portal > Manage Account > Webhooks. Spakinect keeps one URL per key, so this replaces the previous one.',
		name: 'portalNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { authentication: ['client'] } },
	},
	{
		displayName:
			'Nothing is registered. Register the Production URL above with the Spakinect node (Webhook > Register, and Location > Subscribe), or forward deliveries to it unchanged.',
		name: 'manualNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { authentication: ['emr'], registration: ['manual'] } },
	},
	...locationFields(locationIds, { authentication: ['emr'], registration: ['automatic'] }, true),
	...locationFields(
		{ ...locationIds, hint: 'Leave both empty for all locations' },
		{ authentication: ['emr'], registration: ['manual'] },
	),
	...locationFields(
		{ ...locationIds, hint: 'Leave both empty for all locations' },
		{ authentication: ['client'] },
	),
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		options: webhookEvents,
		required: true,
		default: ['visit.completed'],
	},
	outputField,
	webhookOptions,
];
