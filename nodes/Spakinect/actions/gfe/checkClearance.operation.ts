import type { IDataObject } from 'n8n-workflow';
import { clearanceSummary } from '../../domain/summary/clearance';
import { clearanceAt } from '../clearance/check';
import {
	clientDatesFields,
	evaluationDatesOption,
	validityMonthsOption,
} from '../clearance/fields';
import { readLocations, readPatient, readQuestion } from '../clearance/input';
import { readBookedTreatments } from '../create/input';
import { serviceMenuOption } from '../create/serviceFields';
import {
	dateOfBirthField,
	locationIdField,
	maxParallelOption,
	nameFields,
	treatmentsField,
} from '../fields';
import { optionsField } from '../../shared/fields';
import { BOTH_KEYS } from '../operation';
import type { Operation } from '../operation';

const APPOINTMENT_TIME =
	'The approval must be valid at this time. A date without a time means the whole day.';

/**
 * The answer if Service Menu says that none of the services needs an exam. Nobody decided anything about the
 * patient, so `cleared` stays false.
 */
const noneNeeded = (): IDataObject => ({
	result: 'no_exam_needed',
	cleared: false,
	treatments: [],
	open_gfe_id: null,
	matched_by: null,
	summary: 'The booked services need no exam.',
});

/** Reads the lists, then decides: whether this patient may have these treatments at that time. */
export const checkClearance: Operation = {
	value: 'checkClearance',
	name: 'Check Clearance',
	action: 'Check clearance of a patient',
	description:
		'Tell whether a provider has approved each treatment for a patient and whether that approval is still valid. Contacts nobody. Only cleared = true means that the patient may be treated.',
	keys: BOTH_KEYS,
	writes: false,
	hint: "Treat a patient only if cleared is true. Send false, an error and an empty output down the same branch: not cleared. A Completed exam isn't an approval, and neither is an approval from another day: decide with this operation, never from a status or from stored decisions. To ask about a future appointment, set its time.",
	fields: [
		{
			...locationIdField,
			hint: 'GFEs of other locations are not seen. Separate several IDs with commas.',
			displayOptions: { show: { authentication: ['emr'] } },
		},
		...nameFields,
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			placeholder: 'e.g. nathan@example.com',
			hint: 'Fill in Email, Date of Birth, or both',
			description: 'A name alone does not tell two patients apart',
		},
		dateOfBirthField,
		treatmentsField,
		{
			displayName: 'Appointment Time',
			name: 'appointmentTime',
			type: 'dateTime',
			default: '',
			placeholder: 'e.g. 2030-01-31T10:00:00',
			hint: 'Leave empty to ask about now',
			description: APPOINTMENT_TIME,
		},
		...clientDatesFields,
		optionsField([
			{
				displayName: 'Appointment Time',
				name: 'asOf',
				type: 'dateTime',
				default: '',
				placeholder: 'e.g. 2030-01-31T10:00:00',
				description:
					'The same as the field of this name, for workflows that were saved with this option',
			},
			evaluationDatesOption,
			maxParallelOption,
			serviceMenuOption,
			validityMonthsOption,
		]),
	],
	async run(item) {
		const locations = readLocations(item);
		const patient = readPatient(item);
		const { appointment, ...question } = readQuestion(item);
		const treatments = await readBookedTreatments(item, Object.values(patient));
		if (treatments.length === 0) return [{ json: { ...noneNeeded(), ...appointment } }];
		const clearance = await clearanceAt(item, locations, patient, treatments, question);
		const summary = clearanceSummary(clearance, question.asOf.toMillis(), item.zone);
		const json = { ...clearance, ...appointment, summary };
		return [{ json: json as unknown as IDataObject }];
	},
};
