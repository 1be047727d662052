// Invented patients and their requests for the documents' samples.

/** The time of every run that names none, so that the documents are the same on each day. */
export const NOW = '2026-11-23T09:00:00-08:00';

export const APPOINTMENT = {
	locationId: 'loc_downtown',
	firstName: 'Ada',
	lastName: 'Example',
	email: 'ada@patients.example',
	phone: '(415) 555-0100',
	appointmentTime: '2030-01-31T10:00:00',
	treatments: ['botox', 'Dermal Filler'],
};
export const IN_PERSON = {
	locationId: 'loc_downtown',
	firstName: 'Ada',
	lastName: 'Example',
	dateOfBirth: '04/25/1990',
	treatments: 'Botox, Microneedling',
};
export const PATIENT = {
	firstName: 'Ben',
	lastName: 'Sample',
	email: 'ben@patients.example',
	treatments: ['Botox', 'Dermal Filler', 'Chemical Peel', 'Microneedling'],
};

export const BEN = { firstName: 'Ben', lastName: 'Sample', email: 'ben@patients.example' };
export const CLEO = {
	...{ firstName: 'Cleo', lastName: 'Test', email: 'cleo@patients.example' },
	treatments: 'Laser Hair Removal',
};
export const FAY = { ...CLEO, firstName: 'Fay', lastName: 'Trial', email: 'fay@patients.example' };
export const MENU = {
	options: {
		serviceMenu: {
			services: [
				{ service: 'Lip Flip', treatments: ['Botox'] },
				{ service: 'Facial', treatments: [] },
			],
		},
	},
};
export const SKIP = { options: { skipIfCleared: true, validityMonths: 60 } };
export const AS_OF = { asOf: '2026-06-01T09:00:00' };

/** The visits that the runs below find; their ids and dates are fixed, so that the documents are stable. */
export const VISITS = [
	{
		gfe_id: 'SampleCompletedVisit',
		status: 'Completed',
		requested_treatments: ['Botox', 'Dermal Filler', 'Chemical Peel', 'Microneedling'],
		decisions: {
			Botox: 'approved',
			'Dermal Filler': 'conditionally_approved',
			'Chemical Peel': 'deferred',
			Microneedling: 'undecided',
		},
		evaluation_completed: '2026-03-02T09:15:00-08:00',
		patient_details: { first_name: 'Ben', last_name: 'Sample', email: 'ben@patients.example' },
		pdf: 'now',
	},
	{
		gfe_id: 'SampleOpenVisit00000',
		status: 'Processing',
		requested_treatments: ['Laser Hair Removal'],
		patient_details: { first_name: 'Cleo', last_name: 'Test', email: 'cleo@patients.example' },
	},
	{
		gfe_id: 'SampleMovedVisit0000',
		location_id: 'loc_uptown',
		status: 'Scheduled',
		requested_treatments: ['Laser Hair Removal'],
		patient_details: { first_name: 'Fay', last_name: 'Trial', email: 'fay@patients.example' },
	},
	{
		gfe_id: 'SampleInPersonVisit0',
		kind: 'in_person',
		status: 'Completed',
		requested_treatments: ['Botox'],
		evaluation_completed: '2026-03-03T11:40:00-08:00',
		patient_details: { first_name: 'Dora', last_name: 'Demo', dob: '1988-11-02' },
		pdf: 'now',
	},
];
