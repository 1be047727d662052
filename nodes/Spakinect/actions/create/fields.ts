import type { INodeProperties } from 'n8n-workflow';
import type { KeyKind } from '../../transport/credential';

const listQuestion = (displayName: string, name: string, example: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: `e.g. ${example}`,
	description:
		'Separate several with commas. Enter none only if the patient said there are none. Leave empty to let the patient answer.',
});

/** Answers that the patient sees filled in and can change. The Client API refuses them. */
export const intakeAnswersField: INodeProperties = {
	displayName: 'Intake Answers',
	name: 'intakeAnswers',
	type: 'collection',
	placeholder: 'Add answer',
	default: {},
	description: 'Answers to the intake form. The patient sees them filled in and can change them.',
	displayOptions: { show: { authentication: ['emr' satisfies KeyKind] } },
	options: [
		listQuestion('Allergies', 'allergies', 'latex, penicillin'),
		listQuestion('Medical Conditions', 'medicalConditions', 'asthma'),
		listQuestion('Medications', 'medications', 'ibuprofen'),
		{
			displayName: 'Pregnant, Breastfeeding or IVF',
			name: 'pregnantBreastfeedingIvf',
			type: 'options',
			options: [
				{
					name: 'Not Answered',
					value: '',
					description: 'The patient answers the question',
				},
				{ name: 'Yes', value: 'Yes' },
				{ name: 'No', value: 'No' },
				{ name: 'Does Not Apply', value: 'N/A' },
			],
			// Adding the field must not answer for the patient.
			default: '',
			description: 'Choose only what the patient said',
		},
	],
};

export const referenceOption: INodeProperties = {
	displayName: 'Reference',
	name: 'reference',
	type: 'string',
	default: '',
	placeholder: 'e.g. booking-4711',
	description:
		"Your own ID, for example of the booking. It is in the output and isn't sent to Spakinect.",
};

export const unknownTreatmentsOption: INodeProperties = {
	displayName: 'Unknown Treatments',
	name: 'unknownTreatments',
	type: 'options',
	options: [
		{
			name: 'Stop With an Error',
			value: 'error',
			description: 'Nothing is sent. The error suggests the closest names.',
		},
		{
			name: 'Send Anyway',
			value: 'send',
			description: 'Spakinect may drop them without telling you',
		},
	],
	default: 'error',
	description: "What to do with treatments that aren't in the Spakinect catalog",
};

export const defaultCountryCodeOption: INodeProperties = {
	displayName: 'Default Country Code',
	name: 'defaultCountryCode',
	type: 'string',
	default: '1',
	placeholder: 'e.g. 1',
	description:
		'Country code for phone numbers without one. Use 1 for the United States and Canada.',
};

export const timezoneOption: INodeProperties = {
	displayName: 'Timezone',
	name: 'timezone',
	type: 'string',
	default: '',
	placeholder: 'e.g. America/New_York',
	description:
		"Time zone for times that don't include one. Use an IANA name. Leave empty for the workflow's timezone.",
};
