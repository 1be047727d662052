import fc from 'fast-check';

import type { ApiVisit } from '../../../../nodes/Spakinect/domain/visit/visit';

/** Few people, so that many visits are of the same name and some of the same person. */
const NAMES = [
	{ first_name: 'José', last_name: 'O’Neil', name: 'José O’Neil' },
	{ first_name: 'JOSE ', last_name: "o'neil" },
	{ first_name: null, last_name: null, name: "jose  o'neil" },
	{ first_name: 'Ada', last_name: 'Chen', name: 'Other Name' },
	{ first_name: 'Ada', last_name: null, name: 'Ada Chen' },
	{ first_name: null, last_name: null, name: null },
];
const EMAILS = ['a@example.com', 'A@Example.com ', 'b@example.com', null];
const BIRTHS = ['10-27-1990', '06/01/2015', null];
const STATUSES = ['Completed', 'Processing', 'Cancelled', 'Rejected', 'Amended'];
export const TREATMENTS = ['Botox', 'Laser'];
const DATES = [
	'2025-02-20T12:00:00-08:00',
	'2025-03-05T12:00:00-08:00',
	'2025-03-25T12:00:00-08:00',
	'2024-01-10T12:00:00-08:00',
	'2026-01-10T12:00:00-08:00',
	'2026-03-10T12:00:00-08:00',
	'2027-01-10T12:00:00-08:00',
	undefined,
];

const some = (values: string[]) => fc.subarray(values);
/** Any visit of a small town: many share a name, some are of one person, some tell nothing. */
export const rawVisit: fc.Arbitrary<ApiVisit> = fc.record({
	gfe_id: fc.oneof(
		{ weight: 9, arbitrary: fc.integer({ min: 1, max: 999 }).map(String) },
		{ weight: 1, arbitrary: fc.constant(undefined) },
	),
	status: fc.constantFrom(...STATUSES),
	requested_treatments: some(TREATMENTS),
	approved_treatments: some(TREATMENTS),
	conditionally_approved_treatments: fc.constantFrom([], [], ['Laser']),
	deferred_treatments: fc.constantFrom([], [], ['botox']),
	evaluation_completed: fc.constantFrom(...DATES),
	patient_details: fc
		.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...EMAILS), fc.constantFrom(...BIRTHS))
		.map(([name, email, dob]) => ({ ...name, email, dob })),
});
