import type { INodeProperties } from 'n8n-workflow';
import { gfeIdField } from '../fields';
import { optionsField } from '../../shared/fields';
import { EMR_ONLY } from '../operation';
import { atHomeOptions, contactNotice, fieldsFor } from './booking';

const ifOpenOption: INodeProperties = {
	displayName: 'If the Visit Is Open',
	name: 'ifOpen',
	type: 'options',
	options: [
		{
			name: 'Replace It',
			value: 'replace',
			description: 'Cancels the visit, then requests a new one for the new time',
		},
		{
			name: 'Keep It',
			value: 'keep',
			description: 'Does nothing. The patient does the exam from the link they have.',
		},
	],
	default: 'replace',
	description: 'What to do if the patient has not done the exam yet',
};

const ifNotClearedOption: INodeProperties = {
	displayName: 'If Not Cleared Then',
	name: 'ifNotCleared',
	type: 'options',
	options: [
		{
			name: 'Report It',
			value: 'report',
			description: 'The output says not_cleared_then. Nothing is sent.',
		},
		{
			name: 'Request a New Exam',
			value: 'request',
			description: 'Emails and texts the patient immediately',
		},
	],
	default: 'report',
	description: 'What to do if the completed exam does not clear the patient at the new time',
};

const previousTimeOption: INodeProperties = {
	displayName: 'Previous Appointment Time',
	name: 'previousTime',
	type: 'dateTime',
	default: '',
	description:
		'The time in your records. If the new time is the same, nothing happens, so a repeated call does not contact the patient again.',
};

const withOptionalTreatments = (field: INodeProperties): INodeProperties =>
	field.name === 'treatments'
		? { ...field, required: false, hint: 'Leave empty to use the treatments of the visit' }
		: field;

export const rescheduleFields: INodeProperties[] = [
	contactNotice(
		'rescheduleContactNotice',
		'emr',
		'An open visit is canceled and requested again for the new time.',
	),
	gfeIdField,
	...fieldsFor(EMR_ONLY).map(withOptionalTreatments),
	optionsField([...atHomeOptions, ifOpenOption, ifNotClearedOption, previousTimeOption]),
];
