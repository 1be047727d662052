import type { INodeProperties } from 'n8n-workflow';
import { outputField, optionsField } from '../../shared/fields';
import { gfeIdField, locationIdField } from '../fields';

/** The first four belong to each record; the options count for all. */
export const reconcileFields: INodeProperties[] = [
	{
		displayName:
			'The node runs once over all input items. Each item is one of your records: drag its fields here. Visits without a record come out as extra items.',
		name: 'reconcileNotice',
		type: 'notice',
		default: '',
	},
	{
		...locationIdField,
		description:
			"The ID of the record's location, as the Spakinect Client Portal shows it. The node compares the visits of every location that a record names.",
		displayOptions: { show: { authentication: ['emr'] } },
	},
	{
		...gfeIdField,
		required: false,
		description: 'The GFE ID in the record. Leave it empty if the record has none.',
	},
	{
		displayName: 'Reference',
		name: 'reference',
		type: 'string',
		default: '',
		placeholder: 'e.g. booking-1042',
		description: 'Your own ID of the record. It comes out with the result and is not sent.',
	},
	{
		displayName: 'Event ID',
		name: 'eventId',
		type: 'string',
		default: '',
		description:
			'The event_id that you stored with the record, from a trigger or from this operation. If it is empty, a completed visit counts as changed.',
	},
	optionsField([
		{
			displayName: 'Completed After',
			name: 'completedAfter',
			type: 'dateTime',
			default: '',
			description:
				'Leaves out visits without a record that were completed before this time. A Client key gets no evaluation dates, so it leaves out nothing.',
		},
		outputField,
		{
			displayName: 'Show',
			name: 'show',
			type: 'multiOptions',
			options: [
				{
					name: 'Changed',
					value: 'changed',
					description: 'The visit changed since it was recorded',
				},
				{
					name: 'Not Completed',
					value: 'notCompleted',
					description: 'With a Client key: the visit is not in the list of completed visits',
				},
				{
					name: 'Not Found',
					value: 'notFound',
					description: 'The visit is not in the list of its location',
				},
				{
					name: 'Unchanged',
					value: 'same',
					description: 'The visit is as it was recorded',
				},
				{
					name: 'Unrecorded',
					value: 'unrecorded',
					description: 'The visit has no record',
				},
				{
					name: 'Without GFE ID',
					value: 'noGfeId',
					description: 'The record has no GFE ID',
				},
			],
			default: ['changed', 'notFound', 'unrecorded'],
			description: 'Which results come out. Errors always do.',
		},
	]),
];
