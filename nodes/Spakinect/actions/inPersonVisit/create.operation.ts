import type { IDataObject } from 'n8n-workflow';
import { parseDateOfBirth, toDashes, toSlashes } from '../../domain/patient/dateOfBirth';
import { failureOf } from '../../transport/errors';
import { intakeAnswersField, referenceOption, unknownTreatmentsOption } from '../create/fields';
import { readBookedTreatments, readIntakeAnswers } from '../create/input';
import { onExistingField, savedOnExistingOption } from '../create/onExisting';
import { echoOf, outcomeOf } from '../create/output';
import type { VisitRequest } from '../create/request';
import { requestVisit } from '../create/request';
import { bookingOptions } from '../create/serviceFields';
import {
	dateOfBirthField,
	locationIdField,
	nameFields,
	optionsField,
	treatmentsField,
} from '../fields';
import { EMR_ONLY } from '../operation';
import type { Item, Operation } from '../operation';
import { read, requiredName, requiredText } from '../parameters';

const PATH = '/in-person';

/**
 * The documentation shows the date of birth with slashes and with dashes. A 400 about the date means that
 * nothing was created, so it is sent once more in the other form.
 */
async function send(item: Item, body: IDataObject, dateOfBirth: string): Promise<IDataObject> {
	const write = async (dob: string) => {
		const patient = { ...(body.patient_details as IDataObject), dob };
		return await item.api.create(PATH, { ...body, patient_details: patient });
	};
	return await write(toSlashes(dateOfBirth)).catch((error: unknown) =>
		failureOf(error)?.reason === 'date' ? write(toDashes(dateOfBirth)) : Promise.reject(error),
	);
}

/** POST /in-person for an item: everything is read and checked, nothing is sent. */
async function readVisitRequest(item: Item): Promise<VisitRequest> {
	const locationId = requiredText(item, 'locationId', 'Location ID');
	const person = {
		firstName: requiredName(item, 'firstName', 'First Name'),
		lastName: requiredName(item, 'lastName', 'Last Name'),
		dateOfBirth: parseDateOfBirth(read(item, 'dateOfBirth'), item.today),
	};
	const intakeAnswers = readIntakeAnswers(item);
	const treatments = await readBookedTreatments(item);
	const body = (requested: string[]): IDataObject => ({
		patient_details: {
			first_name: person.firstName,
			last_name: person.lastName,
			dob: person.dateOfBirth,
		},
		location_id: locationId,
		requested_treatments: requested,
		...intakeAnswers,
	});
	return {
		path: PATH,
		wanted: { kind: 'inPerson', locationId, person, treatments },
		at: Date.now(),
		body,
		send: (sent) => send(item, sent, person.dateOfBirth),
	};
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
		optionsField([
			savedOnExistingOption,
			referenceOption,
			unknownTreatmentsOption,
			...bookingOptions,
		]),
	],
	async run(item) {
		const request = await readVisitRequest(item);
		const requested = await requestVisit(item, request);
		const outcome = outcomeOf(item, request, requested);
		return [{ json: { ...outcome, ...echoOf(item, request, requested.treatments) } }];
	},
};
