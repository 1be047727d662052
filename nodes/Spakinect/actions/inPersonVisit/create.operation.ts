import type { IDataObject } from 'n8n-workflow';
import { parseDateOfBirth, toDashes, toSlashes } from '../../domain/patient/dateOfBirth';
import { failureOf } from '../../transport/errors';
import { intakeAnswersField, referenceOption, unknownTreatmentsOption } from '../create/fields';
import { echo, readIntakeAnswers, readTreatments, unknownTreatmentsMode } from '../create/input';
import { onExistingField, savedOnExistingOption } from '../create/onExisting';
import { requestVisit } from '../create/request';
import {
	dateOfBirthField,
	locationIdField,
	nameFields,
	optionsField,
	treatmentsField,
} from '../fields';
import { EMR_ONLY } from '../operation';
import type { Item, Operation } from '../operation';
import { read, readCollection, requiredName, requiredText } from '../parameters';

const PATH = '/in-person';

/**
 * The documentation shows the date of birth with slashes and with dashes. A 400 about the date means that
 * nothing was created, so it is sent once more in the other form.
 */
async function send(item: Item, body: IDataObject & { patient_details: IDataObject }, dob: string) {
	const write = async (form: string) => {
		const patient = { ...body.patient_details, dob: form };
		return await item.api.create(PATH, { ...body, patient_details: patient });
	};
	return await write(toSlashes(dob)).catch((error: unknown) =>
		failureOf(error)?.reason === 'date' ? write(toDashes(dob)) : Promise.reject(error),
	);
}

/** POST /in-person. Nothing is sent to the patient. The link is opened at the spa. */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create an in-person visit',
	description:
		'Start a GFE at the spa and get the link to open on a tablet or show as a QR code. Nothing is sent to the patient.',
	keys: EMR_ONLY,
	writes: true,
	hint: 'Contacts nobody: staff open the visit_link of the output on a tablet, or show it as a QR code. Set onExisting to return, so that a second run finds the open exam and starts no other. Leave Retry On Fail off.',
	fields: [
		locationIdField,
		...nameFields,
		{ ...dateOfBirthField, required: true },
		treatmentsField,
		onExistingField('emr'),
		intakeAnswersField,
		optionsField([savedOnExistingOption, referenceOption, unknownTreatmentsOption]),
	],
	async run(item) {
		const options = readCollection(item, 'options');
		const locationId = requiredText(item, 'locationId', 'Location ID');
		const person = {
			firstName: requiredName(item, 'firstName', 'First Name'),
			lastName: requiredName(item, 'lastName', 'Last Name'),
			dateOfBirth: parseDateOfBirth(read(item, 'dateOfBirth'), item.today),
		};
		const intakeAnswers = readIntakeAnswers(item);
		const treatments = await readTreatments(item, unknownTreatmentsMode(options));
		const body = {
			patient_details: { first_name: person.firstName, last_name: person.lastName },
			location_id: locationId,
			requested_treatments: treatments,
			...intakeAnswers,
		};
		const sent = { ...body, patient_details: { ...body.patient_details, dob: person.dateOfBirth } };

		const { gfeId, link, created, status } = await requestVisit(item, {
			path: PATH,
			wanted: { kind: 'inPerson', locationId, person, treatments },
			body: sent,
			send: () => send(item, body, person.dateOfBirth),
		});
		const outcome = { gfe_id: gfeId, created, visit_link: link };
		return echo(item, sent, created ? outcome : { ...outcome, status });
	},
};
