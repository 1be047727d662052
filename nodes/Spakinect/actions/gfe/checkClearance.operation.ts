import type { IDataObject } from 'n8n-workflow';
import { assessClearance } from '../../domain/clearance/clearance';
import type { Clearance } from '../../domain/clearance/clearance';
import { readEvaluationDates, withEvaluationDates } from '../../domain/clearance/evaluationDates';
import { matchPatient } from '../../domain/patient/match';
import { readVisit } from '../../domain/visit/visit';
import {
	DEFAULT_VALIDITY_MONTHS,
	readMoment,
	readPatient,
	readValidityMonths,
} from '../clearance/input';
import { readTreatments } from '../create/input';
import {
	dateOfBirthField,
	locationIdField,
	maxParallelOption,
	nameFields,
	optionsField,
	treatmentsField,
} from '../fields';
import { BOTH_KEYS } from '../operation';
import type { Operation } from '../operation';
import { readCollection, requiredText } from '../parameters';

/** Tells for each treatment whose date the answer rests on; only where the user gave dates at all. */
const withSources = (clearance: Clearance, own: ReadonlySet<string>): IDataObject => ({
	...clearance,
	treatments: clearance.treatments.map((one) => ({
		...one,
		evaluation_date_source:
			one.evaluation_completed === null
				? null
				: own.has(one.gfe_id ?? '')
					? 'own_records'
					: 'spakinect',
	})),
});

/** The list, then a decision: may this patient be treated with this, today? */
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
			displayName:
				'A Client API key gets no evaluation dates from Spakinect. Give those of your own records under Options > Evaluation Dates; a GFE without one clears nobody (reason no_evaluation_date).',
			name: 'clientDatesNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { authentication: ['client'] } },
		},
		{ ...locationIdField, displayOptions: { show: { authentication: ['emr'] } } },
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
		optionsField([
			{
				displayName: 'Appointment Time',
				name: 'asOf',
				type: 'dateTime',
				default: '',
				placeholder: 'e.g. 2030-01-31T10:00:00',
				description: 'An approval must be valid at this time. Left empty, it is now.',
			},
			{
				displayName: 'Evaluation Dates',
				name: 'evaluationDates',
				type: 'json',
				default: '[]',
				hint: 'By expression: the rows of your table, with gfe_id and event_time',
				description:
					'When GFEs were evaluated, from your own records: rows with gfe_id and event_time, as the triggers give them (evaluation_completed, evaluated_at and completed_at do as well), or an object of times by GFE ID. Used only where Spakinect gives no date, as with a Client API key.',
			},
			maxParallelOption,
			{
				displayName: 'Validity (Months)',
				name: 'validityMonths',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: DEFAULT_VALIDITY_MONTHS,
				description:
					'Calendar months for which an approval counts. What the law demands differs by state: ask your medical director.',
			},
		]),
	],
	async run(item) {
		const options = readCollection(item, 'options');
		const isEmr = item.api.kind === 'emr';
		const locationId = isEmr ? requiredText(item, 'locationId', 'Location ID') : undefined;
		const patient = readPatient(item);
		const validityMonths = readValidityMonths(options);
		const moment = readMoment(options, item.zone);
		const dates = readEvaluationDates(options.evaluationDates, item.zone, Date.now());
		const treatments = await readTreatments(item, 'error');

		const listed = await item.api.list(locationId);
		const visits = listed
			.map((raw) => readVisit(raw, { locationId }))
			.filter((visit) => visit !== undefined);
		const known = withEvaluationDates(visits, dates ?? new Map());
		const match = matchPatient(known.visits, patient);
		const clearance = assessClearance(match.visits, treatments, {
			validityMonths,
			...moment,
			possible: match.possible,
		});
		const shown = dates ? withSources(clearance, known.own) : clearance;
		return [{ json: { ...shown, matched_by: match.matchedBy } as unknown as IDataObject }];
	},
};
