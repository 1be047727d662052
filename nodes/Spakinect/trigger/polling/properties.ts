import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import { authenticationProperty } from '../../shared/authentication';
import { optionsField, outputField } from '../../shared/fields';
import { COMPLETED_EVENT_HINT, eventNodes, locationFields, typedLocationIds } from '../panel';

const completed: INodePropertyOptions = {
	name: 'Completed',
	value: 'completed',
	description: 'A provider has evaluated the visit. This does not mean that anything was approved.',
};

const decisionsChanged: INodePropertyOptions = {
	name: 'Decisions Changed',
	value: 'decisionsChanged',
	description: 'A provider changed a decision of a visit that was already completed',
};

/** The events with an EMR key. A Client key has two of them. */
export const pollEvents: INodePropertyOptions[] = [
	{
		name: 'Canceled',
		value: 'cancelled',
		description: 'Anyone canceled the visit',
	},
	completed,
	{
		name: 'Created',
		value: 'created',
		description: 'The trigger sees the visit for the first time',
	},
	decisionsChanged,
	{
		name: 'Rejected',
		value: 'rejected',
		description: 'The visit was rejected',
	},
	{
		name: 'Status Changed',
		value: 'statusChanged',
		description:
			'The status changed in any way. If you also choose Completed, a completed visit starts both events.',
	},
];

const locationIds = typedLocationIds(
	'The locations to watch. Copy the IDs from the Spakinect Client Portal. An expression can return an array or a comma-separated list.',
);

/** The parameters of the polling trigger. n8n adds the poll times itself. */
export const pollProperties: INodeProperties[] = [
	authenticationProperty,
	{
		displayName:
			'Visits that exist when you publish start nothing. Later changes do. Each poll reads all visits of each location.',
		name: 'armsNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { authentication: ['emr'] } },
	},
	{
		displayName:
			'A Client key reads completed visits of all its locations. It cannot see visits that are created, canceled or rejected. Visits that exist when you publish start nothing. Later changes do.',
		name: 'clientNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { authentication: ['client'] } },
	},
	...locationFields(locationIds, { authentication: ['emr'] }, true),
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: pollEvents,
		default: ['completed'],
		displayOptions: { show: { authentication: ['emr'] } },
	},
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: [completed, decisionsChanged],
		default: ['completed'],
		displayOptions: { show: { authentication: ['client'] } },
	},
	outputField,
	optionsField([
		{
			displayName: 'Include Existing Visits',
			name: 'emitExisting',
			type: 'boolean',
			default: false,
			description:
				'Whether the first poll starts the workflow for every visit that already exists. This can be years of visits. Each visit comes once, also if you later rename this node or choose another credential of the same account. To get them all again, add a new trigger node.',
		},
	]),
];

/** What n8n's AI builder reads about this node, because n8n doesn't give it the notices. */
export const builderHint: INodeTypeDescription['builderHint'] = {
	searchHint: `Starts the workflow when exams are completed or changed, by asking at intervals. It needs no public address, and several workflows can use it with the same API key. Exams that exist when the workflow is published start nothing. ${COMPLETED_EVENT_HINT}`,
	relatedNodes: [
		...eventNodes,
		{
			nodeType: 'n8n-nodes-spakinect.spakinectTrigger',
			relationHint: 'Receives completed exams immediately, where n8n has a public address',
		},
	],
};
