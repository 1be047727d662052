import type { INodeProperties } from 'n8n-workflow';
import { oddAppointment, toUnixSeconds } from '../../domain/time/appointmentTime';
import { normalisePhone } from '../../domain/patient/phone';
import type { KeyKind } from '../../shared/authentication';
import {
	defaultCountryCodeOption,
	intakeAnswersField,
	onExistingOption,
	referenceOption,
	timezoneOption,
	unknownTreatmentsOption,
} from '../create/fields';
import {
	echo,
	optionText,
	readIntakeAnswers,
	readTreatments,
	unknownTreatmentsMode,
} from '../create/input';
import { guardAgainstDuplicate } from '../create/duplicates';
import type { Wanted } from '../create/duplicates';
import { locationIdField, nameFields, optionsField, treatmentsField } from '../fields';
import { BOTH_KEYS } from '../operation';
import type { Operation } from '../operation';
import { read, readCollection, requiredEmail, requiredName, requiredText } from '../parameters';
import { sendCreate } from '../create/send';

const PATH = '/appointments';

/** "Execute step" is no rehearsal here, and nothing else in the panel says so. */
const contactNotice = (name: string, key: KeyKind, advice: string): INodeProperties => ({
	displayName: `Every run e-mails and texts the patient at once, also a test with 'Execute step'. ${advice}`,
	name,
	type: 'notice',
	default: '',
	displayOptions: { show: { authentication: [key] } },
});

/** POST /appointments. The patient is e-mailed and texted at once, so it is never sent twice. */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create an at-home visit',
	description:
		'Request a GFE that the patient does at home before the appointment. Spakinect e-mails and texts the patient at once.',
	keys: BOTH_KEYS,
	writes: true,
	hint: "Emails and texts the patient immediately, also with 'Execute step'. Run it only for a real booking, or after a person has approved it. Set onExisting to return, so that a second run finds the open exam and contacts nobody. With a Client API key it can't see open exams: put Remove Duplicates on the booking ID before it. Leave Retry On Fail off. Store the gfe_id of the output with the booking.",
	fields: [
		contactNotice(
			'emrContactNotice',
			'emr',
			"So that a second run does not do it again, set the option 'If an Open Visit Exists' to 'Return the Existing'.",
		),
		contactNotice(
			'clientContactNotice',
			'client',
			'A second run does it again: with a Client key the node cannot see open visits.',
		),
		locationIdField,
		...nameFields,
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. nathan@example.com',
			description: 'Spakinect sends the link to the exam to this address',
		},
		{
			displayName: 'Phone',
			name: 'phone',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. (202) 555-0123',
			description:
				'Spakinect texts the link to this number. A number of 10 digits gets the default country code.',
		},
		{
			displayName: 'Appointment Time',
			name: 'appointmentTime',
			type: 'dateTime',
			required: true,
			default: '',
			placeholder: 'e.g. 2030-01-31T10:00:00',
			description:
				'When the patient comes to the spa (not when they talk to the provider), as ISO 8601, Unix seconds or milliseconds, or 01/31/2030 10:00 AM',
		},
		treatmentsField,
		intakeAnswersField,
		optionsField([
			defaultCountryCodeOption,
			onExistingOption,
			referenceOption,
			timezoneOption,
			unknownTreatmentsOption,
		]),
	],
	async run(item) {
		const options = readCollection(item, 'options');
		const locationId = requiredText(item, 'locationId', 'Location ID');
		const person = {
			firstName: requiredName(item, 'firstName', 'First Name'),
			lastName: requiredName(item, 'lastName', 'Last Name'),
			email: requiredEmail(item),
		};
		const phone = normalisePhone(
			read(item, 'phone'),
			optionText(options, 'defaultCountryCode', '1'),
		);
		const zone = optionText(options, 'timezone', item.zone);
		const appointmentTime = toUnixSeconds(read(item, 'appointmentTime'), zone);
		const intakeAnswers = readIntakeAnswers(item);
		const treatments = await readTreatments(item, unknownTreatmentsMode(options));

		const body = {
			patient_details: {
				first_name: person.firstName,
				last_name: person.lastName,
				email: person.email,
				phone,
			},
			location_id: locationId,
			appointment_time: appointmentTime,
			requested_treatments: treatments,
			...intakeAnswers,
		};

		const wanted: Wanted = { kind: 'atHome', locationId, person, treatments };
		const existing = await guardAgainstDuplicate(item, wanted);
		if (existing) {
			const { gfe_id, status } = existing.visit;
			return echo(item, body, { gfe_id, created: false, status });
		}

		const { gfeId } = await sendCreate(item, PATH, wanted, () =>
			item.api.write('POST', PATH, body, true),
		);
		const odd = oddAppointment(appointmentTime, Date.now());
		if (odd) item.warnings.add(odd, item.index);
		return echo(item, body, { gfe_id: gfeId, created: true });
	},
};
