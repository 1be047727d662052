import type { IDataObject } from 'n8n-workflow';
import { parseDateOfBirth, toDashes, toSlashes } from '../../domain/patient/dateOfBirth';
import { failureOf } from '../../transport/errors';
import { intakeAnswersField, referenceOption, unknownTreatmentsOption } from '../create/fields';
import { onExistingField, savedOnExistingOption } from '../create/onExisting';
import { echoOf, outcomeOf } from '../create/output';
import type { OwnFields } from '../create/readRequest';
import { readRequest } from '../create/readRequest';
import { requestVisit } from '../create/request';
import { bookingOptions } from '../create/serviceFields';
import { dateOfBirthField, locationIdField, nameFields, treatmentsField } from '../fields';
import { optionsField } from '../../shared/fields';
import { EMR_ONLY } from '../operation';
import type { Item, Operation } from '../operation';
import { read } from '../parameters';

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

function readInPerson(item: Item): OwnFields {
	const dateOfBirth = parseDateOfBirth(read(item, 'dateOfBirth'), item.today);
	return {
		kind: 'inPerson',
		path: PATH,
		person: { dateOfBirth },
		details: { dob: dateOfBirth },
		at: Date.now(),
		send: (sent) => send(item, sent, dateOfBirth),
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
		const request = await readRequest(item, readInPerson);
		const requested = await requestVisit(item, request);
		const outcome = outcomeOf(item, request, requested);
		return [{ json: { ...outcome, ...echoOf(item, request, requested.treatments) } }];
	},
};
