import type { INodeProperties } from 'n8n-workflow';
import { evaluationDatesOption, validityMonthsOption } from '../clearance/fields';
import { treatmentsField } from '../fields';

/** The services of the booking system, typed in or from a table. */
export const serviceMenuOption: INodeProperties = {
	displayName: 'Service Menu',
	name: 'serviceMenu',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add service',
	default: {},
	description:
		"The services of your booking system and the Spakinect treatments they stand for. 'Treatments' can then hold the names of your services.",
	options: [
		{
			displayName: 'Service',
			name: 'services',
			values: [
				{
					displayName: 'Service',
					name: 'service',
					type: 'string',
					default: '',
					placeholder: 'e.g. Lip Flip',
					description: 'The name of the service in your booking system',
				},
				{
					...treatmentsField,
					required: false,
					hint: 'Leave empty if the service needs no exam',
				},
			],
		},
		{
			displayName: 'Table',
			name: 'table',
			values: [
				{
					displayName: 'Rows',
					name: 'rows',
					type: 'json',
					default: '[]',
					hint: "By expression, for example {{ $('Services').all() }}",
					description:
						'Rows with service and treatments (or treatment), as a spreadsheet or data table gives them. Empty treatments mean that the service needs no exam.',
				},
			],
		},
	],
};

const skipIfClearedOption: INodeProperties = {
	displayName: 'Skip If Cleared',
	name: 'skipIfCleared',
	type: 'boolean',
	default: false,
	description:
		'Whether to leave out treatments for which the patient is cleared, by the rules of Check Clearance. If all of them are, nothing is sent.',
};

/** Options of every operation that requests a visit for a booking. */
export const bookingOptions: INodeProperties[] = [
	evaluationDatesOption,
	serviceMenuOption,
	skipIfClearedOption,
	validityMonthsOption,
];
