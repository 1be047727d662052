import type { INodeProperties } from 'n8n-workflow';
import { oddAppointment, refusePast, toUnixSeconds } from '../../domain/time/appointmentTime';
import { normalizePhone } from '../../domain/patient/phone';
import type { KeyKind } from '../../shared/authentication';
import {
	defaultCountryCodeOption,
	intakeAnswersField,
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
import { onExistingField, savedOnExistingOption } from '../create/onExisting';
import { requestVisit } from '../create/request';
import { locationIdField, nameFields, optionsField, treatmentsField } from '../fields';
import { BOTH_KEYS } from '../operation';
import type { Operation } from '../operation';
import { read, readCollection, requiredEmail, requiredName, requiredText } from '../parameters';

const PATH = '/appointments';

/** "Execute step" contacts the patient too, and nothing else in the panel says so. */
const contactNotice = (name: string, key: KeyKind, advice: string): INodeProperties => ({
	displayName: `Each run emails and texts the patient, including a test with 'Execute step'. ${advice}`,
	name,
	type: 'notice',
	default: '',
	displayOptions: { show: { authentication: [key] } },
});

/** POST /appointments. Spakinect emails and texts the patient immediately, so it is never sent twice. */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create an at-home visit',
	description:
		'Request a GFE that the patient does at home before the appointment. Spakinect emails and texts the patient immediately.',
	keys: BOTH_KEYS,
	writes: true,
	hint: "Emails and texts the patient immediately, also with 'Execute step'. Run it only for a real booking, or after a person has approved it. Set onExisting to return, so that a second run finds the open exam and contacts nobody. With a Client API key it can't see open exams: put Remove Duplicates on the booking ID before it. Leave Retry On Fail off. Store the gfe_id of the output with the booking.",
	fields: [
		contactNotice(
			'emrContactNotice',
			'emr',
			"To avoid contacting them twice, leave 'If an Open Visit Exists' on 'Return the Existing'.",
		),
		contactNotice(
			'clientContactNotice',
			'client',
			"A second run contacts them again, because a Client key can't see open visits.",
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
				'Spakinect texts the link to this number. A number with 10 digits gets the default country code.',
		},
		{
			displayName: 'Appointment Time',
			name: 'appointmentTime',
			type: 'dateTime',
			required: true,
			default: '',
			placeholder: 'e.g. 2030-01-31T10:00:00',
			description:
				'When the patient comes to the spa, not when they talk to the provider. ISO 8601, Unix seconds or milliseconds, or 01/31/2030 10:00 AM.',
		},
		treatmentsField,
		onExistingField('emr'),
		onExistingField('client'),
		intakeAnswersField,
		optionsField([
			defaultCountryCodeOption,
			savedOnExistingOption,
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
		const phone = normalizePhone(
			read(item, 'phone'),
			optionText(options, 'defaultCountryCode', '1'),
		);
		const zone = optionText(options, 'timezone', item.zone);
		const appointmentTime = toUnixSeconds(read(item, 'appointmentTime'), zone);
		refusePast(appointmentTime, Date.now());
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

		const { gfeId, created, status } = await requestVisit(item, {
			path: PATH,
			wanted: { kind: 'atHome', locationId, person, treatments },
			body,
			send: () => item.api.create(PATH, body),
		});
		if (!created) return echo(item, body, { gfe_id: gfeId, created, status });
		const odd = oddAppointment(appointmentTime, Date.now());
		if (odd) item.warnings.add(odd, item.index);
		return echo(item, body, { gfe_id: gfeId, created });
	},
};
