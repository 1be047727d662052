import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { RunResult } from './harness.mts';

export const PATIENT = {
	firstName: 'Quillon',
	lastName: 'Vanterpool',
	email: 'quillon.v@mail.example',
	phone: '(202) 555-0147',
	dateOfBirth: '1987-11-23',
};

/** An answer that quotes all patient data, as a careless server might. */
export const QUOTING = {
	success: false,
	error: 'Bad Request',
	message:
		'phone "+12025550147" of patient Quillon Vanterpool, dob 11/23/1987, email quillon.v@mail.example is not valid',
};

/**
 * An input item. The patient is under one key, so that the stored input can be told from the node's own output.
 */
export const patientItem = (patient: IDataObject = {}, more: IDataObject = {}): IDataObject => ({
	theInput: { ...PATIENT, ...patient },
	...more,
});

const from = (field: string) => `={{ $json.theInput.${field} }}`;

const NAMES = { firstName: from('firstName'), lastName: from('lastName') };

/** A booking that leaves If an Open Visit Exists to the node. */
export const plainBooking: INodeParameters = {
	locationId: 'loc_downtown',
	...NAMES,
	email: from('email'),
	phone: from('phone'),
	appointmentTime: '2027-03-09T14:30:00',
	treatments: ['Botox'],
};

/** Allows a suite to book the same patient any number of times. */
export const bookingParameters: INodeParameters = { ...plainBooking, onExisting: 'create' };

export const plainInPerson: INodeParameters = {
	locationId: 'loc_downtown',
	...NAMES,
	dateOfBirth: from('dateOfBirth'),
	treatments: ['Botox'],
};

export const inPersonParameters: INodeParameters = { ...plainInPerson, onExisting: 'create' };

export const clearanceParameters: INodeParameters = {
	locationId: 'loc_downtown',
	...NAMES,
	email: from('email'),
	dateOfBirth: from('dateOfBirth'),
	treatments: ['Botox'],
};

const SECRETS =
	/quillon|vanterpool|@mail\.example|5550147|555-0147|1987-11-23|11.23.1987|-test-key|x-api-key/i;

/** The place that contains patient data or the key, apart from the input items. Empty if there is none. */
export function secretIn(value: unknown): string {
	const text = JSON.stringify(value, (key, part: unknown) =>
		key === 'theInput' ? undefined : part,
	);
	const found = SECRETS.exec(text);
	return found === null ? '' : text.slice(Math.max(0, found.index - 80), found.index + 60);
}

/** Expects that nothing that n8n stores or logs of a failed run contains patient data or the key. */
export function expectPrivate({ run, logged }: RunResult): void {
	expect(secretIn([run, logged])).toBe('');
	expect(JSON.stringify(run)).toMatch(/error/);
}
