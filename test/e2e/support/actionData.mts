import type { Json } from './actionRun.mts';
import { FAR_DAY } from './farDay.mts';

/** A finished and an open exam of two patients: the simulator's data before each test. */
export const VISITS = [
	{
		gfe_id: 'gfe-done',
		location_id: 'loc_downtown',
		status: 'Completed',
		requested_treatments: ['Botox', 'Dermal Filler'],
		decisions: { Botox: 'approved', 'Dermal Filler': 'deferred' },
		patient_details: { first_name: 'Ada', last_name: 'Example', email: 'ada@patients.example' },
	},
	{
		gfe_id: 'gfe-open',
		location_id: 'loc_downtown',
		status: 'Scheduled',
		requested_treatments: ['Microneedling'],
		patient_details: { first_name: 'Ben', last_name: 'Sample', email: 'ben@patients.example' },
	},
	{
		gfe_id: 'gfe-spa',
		kind: 'in_person',
		location_id: 'loc_uptown',
		status: 'Processing',
		requested_treatments: ['Botox'],
		patient_details: { first_name: 'Eve', last_name: 'Model', email: null, dob: '1990-04-25' },
	},
];

/** Parameters that take their values from the input item, as in a workflow. */
export const fromItem = (...names: string[]): Json =>
	Object.fromEntries(names.map((name) => [name, `={{ $json.${name} }}`]));

export const AT_HOME: Json = {
	resource: 'atHomeVisit',
	operation: 'create',
	locationId: 'loc_downtown',
	...fromItem('firstName', 'lastName', 'email', 'phone', 'appointmentTime', 'treatments'),
};

/** A booking as a booking system might send it. */
export const booking = (tag: string, changes: Json = {}): Json => ({
	tag,
	firstName: `Nathan-${tag}`,
	lastName: 'Smith',
	email: `nathan.${tag}@patients.example`,
	phone: '(202) 555-0123',
	appointmentTime: `${FAR_DAY}T14:30:00-05:00`,
	treatments: 'botox, Dermal  Filler',
	...changes,
});

/** The request that the node must send for that booking, which is also in its output. */
export const sentFor = (tag: string): Json => ({
	patient_details: {
		first_name: `Nathan-${tag}`,
		last_name: 'Smith',
		email: `nathan.${tag}@patients.example`,
		phone: '+12025550123',
	},
	location_id: 'loc_downtown',
	appointment_time: Date.parse(`${FAR_DAY}T14:30:00-05:00`) / 1000,
	requested_treatments: ['Botox', 'Dermal Filler'],
});
