import type { INodeProperties } from 'n8n-workflow';
import { emptyField } from '../../domain/inputError';
import { normalizePhone } from '../../domain/patient/phone';
import { oddAppointment, refusePast, toUnixSeconds } from '../../domain/time/appointmentTime';
import { isBlank } from '../../domain/text';
import type { KeyKind } from '../../transport/credential';
import { readOption } from '../clearance/fieldOrOption';
import {
	defaultCountryCodeOption,
	intakeAnswersField,
	referenceOption,
	timezoneOption,
	unknownTreatmentsOption,
} from '../create/fields';
import { optionText } from '../create/input';
import { onExistingField, savedOnExistingOption } from '../create/onExisting';
import type { OwnFields, VisitRequest } from '../create/readRequest';
import { readRequest } from '../create/readRequest';
import { bookingOptions } from '../create/serviceFields';
import { locationIdField, nameFields, treatmentsField } from '../fields';
import type { Item } from '../operation';
import { read, readCollection, requiredEmail } from '../parameters';

const PATH = '/appointments';

/** "Execute step" contacts the patient too, and nothing else in the panel says so. */
export const contactNotice = (name: string, key: KeyKind, advice: string): INodeProperties => ({
	displayName: `Each run emails and texts the patient, including a test with 'Execute step'. ${advice}`,
	name,
	type: 'notice',
	default: '',
	displayOptions: { show: { authentication: [key] } },
});

/** The fields of a booking, before the choice of what to do about an open visit. */
const bookingFields: INodeProperties[] = [
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
];

/** All fields of a booking for the kinds of key that an operation has, without its options. */
export const fieldsFor = (keys: readonly KeyKind[]): INodeProperties[] => [
	...bookingFields,
	...keys.map(onExistingField),
	intakeAnswersField,
];

export const atHomeOptions: INodeProperties[] = [
	defaultCountryCodeOption,
	savedOnExistingOption,
	referenceOption,
	timezoneOption,
	unknownTreatmentsOption,
	...bookingOptions,
];

function readAtHome(item: Item): OwnFields {
	const options = readCollection(item, 'options');
	const email = requiredEmail(item);
	const phone = normalizePhone(read(item, 'phone'), optionText(options, 'defaultCountryCode', '1'));
	const zone = optionText(options, 'timezone', item.zone);
	const appointmentTime = toUnixSeconds(read(item, 'appointmentTime'), zone);
	refusePast(appointmentTime, Date.now());
	return {
		kind: 'atHome',
		path: PATH,
		person: { email },
		details: { email, phone },
		fields: { appointment_time: appointmentTime },
		at: appointmentTime * 1000,
		send: (sent) => item.api.create(PATH, sent),
	};
}

/**
 * Reads and checks all of POST /appointments for an item. Nothing is sent.
 *
 * @param treatments used in place of the field 'Treatments'
 * @throws InputError naming the first field that can't be used
 */
export const readBooking = (item: Item, treatments?: string[]): Promise<VisitRequest> =>
	readRequest(item, readAtHome, treatments);

const PREVIOUS = 'Previous Appointment Time';

/**
 * Whether the user's records already have the new time (option Previous Appointment Time). A record without a
 * time is fine: null or an empty text.
 *
 * @throws InputError if it isn't a time, and if its expression finds nothing, because a misspelled column would
 *   contact the patient at every repeated call
 */
export function isSameTime(item: Item, { at }: VisitRequest): boolean {
	const previous = readOption(item, 'previousTime');
	if (!previous) return false;
	if (previous.value === undefined) throw emptyField(PREVIOUS);
	if (isBlank(previous.value)) return false;
	const zone = optionText(readCollection(item, 'options'), 'timezone', item.zone);
	return toUnixSeconds(previous.value, zone, PREVIOUS) * 1000 === at;
}

/** Warns about an appointment time that may be a mistake. To be called after the patient was contacted. */
export function warnOfOdd(item: Item, { at }: VisitRequest): void {
	const odd = oddAppointment(at / 1000, Date.now());
	if (odd) item.warnings.add(odd, item.index);
}
