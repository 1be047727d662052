import { readVisit } from '../../../../nodes/Spakinect/domain/visit/visit';
import { apiVisit, visit } from '../support/visits.mts';

const VISIT_KEYS = [
	'gfe_id',
	'location_id',
	'status',
	'status_group',
	'requested_treatments',
	'approved_treatments',
	'conditionally_approved_treatments',
	'deferred_treatments',
	'undecided_treatments',
	'all_approved',
	'evaluation_completed',
	'pdf_available',
	'pdf_link',
	'patient_details',
];

describe('readVisit', () => {
	it('has exactly the contract keys in their order', () => {
		const read = readVisit(apiVisit(), { locationId: 'loc_downtown' });
		expect(Object.keys(read ?? {})).toEqual(VISIT_KEYS);
		expect(Object.keys(read?.patient_details ?? {})).toEqual([
			'name',
			'first_name',
			'last_name',
			'email',
			'dob',
		]);
		expect(read).toMatchObject({
			location_id: 'loc_downtown',
			status_group: 'completed',
			all_approved: true,
			evaluation_completed: '2026-01-15T18:00:00.000Z',
			patient_details: { dob: '1990-10-27' },
		});
	});

	it('leaves the location and the PDF link out when they are not known', () => {
		const keys = Object.keys(readVisit(apiVisit({ pdf_link: '' })) ?? {});
		expect(keys).toEqual(VISIT_KEYS.filter((key) => key !== 'location_id' && key !== 'pdf_link'));
		expect(readVisit(apiVisit({ location_id: 'own' }), { locationId: 'asked' })?.location_id).toBe(
			'own',
		);
	});

	it('reads a list that came as an object, as PHP writes a filtered array', () => {
		const read = readVisit(apiVisit({ deferred_treatments: { 1: 'Botox', 3: 'Laser' } }));
		expect(read).toMatchObject({ deferred_treatments: ['Botox', 'Laser'], all_approved: false });
		const one = readVisit(apiVisit({ deferred_treatments: { id: 't1', name: 'Botox' } }));
		expect(one?.deferred_treatments).toEqual(['Botox']);
	});

	it('survives a visit of which only the id is there', () => {
		expect(readVisit({ visit_id: 17 })).toEqual({
			gfe_id: '17',
			status: '',
			status_group: 'unknown',
			requested_treatments: [],
			approved_treatments: [],
			conditionally_approved_treatments: [],
			deferred_treatments: [],
			undecided_treatments: [],
			all_approved: false,
			evaluation_completed: null,
			pdf_available: false,
			patient_details: { name: null, first_name: null, last_name: null, email: null, dob: null },
		});
	});

	it.each([
		[null],
		[undefined],
		['gfe_1'],
		[17],
		[[]],
		[{}],
		[{ gfe_id: ' ' }],
		[{ gfe_id: null }],
	])('%p is no visit', (raw) => {
		expect(readVisit(raw)).toBeUndefined();
	});

	it('survives fields of the wrong type', () => {
		const odd = visit({
			status: 5,
			requested_treatments: { Botox: true },
			approved_treatments: [null, 7, { name: 'Laser' }, ' ', ['x']],
			deferred_treatments: null,
			pdf_link: true,
			patient_details: 'Nathan',
		});
		expect(odd).toMatchObject({
			status: '5',
			status_group: 'unknown',
			requested_treatments: [],
			approved_treatments: ['7', 'Laser'],
			pdf_available: false,
			patient_details: { name: 'Nathan', first_name: null, email: null },
		});
	});

	it.each([
		['ISO with the Pacific offset', '2024-05-02T07:00:00-07:00', '2024-05-02T14:00:00.000Z'],
		['ISO with Z and milliseconds', '2024-05-02T14:00:00.123Z', '2024-05-02T14:00:00.123Z'],
		['surrounding space', ' 2024-05-02T14:00:00Z ', '2024-05-02T14:00:00.000Z'],
		['integer seconds', 1714658400, '2024-05-02T14:00:00.000Z'],
		['seconds as text', '1714658400', '2024-05-02T14:00:00.000Z'],
		['milliseconds', 1714658400123, '2024-05-02T14:00:00.123Z'],
		['ISO without offset, which would be a guess', '2024-05-02T07:00:00', null],
		['a date alone', '2024-05-02', null],
		['a day that does not exist', '2024-02-30T07:00:00-08:00', null],
		['an hour that does not exist', '2024-05-02T25:00:00Z', null],
		['zero', 0, null],
		['NaN', NaN, null],
		['garbage', 'yesterday', null],
		['null', null, null],
		['an object', { seconds: 1714658400 }, null],
	])('evaluation_completed: %s', (_, raw, expected) => {
		expect(visit({ evaluation_completed: raw }).evaluation_completed).toBe(expected);
	});

	it.each([
		['name as sent', { name: ' Nathan Drake ', first_name: 'N' }, 'Nathan Drake'],
		['first and last name', { first_name: 'Nathan', last_name: 'Drake' }, 'Nathan Drake'],
		['the last name alone', { last_name: 'Drake' }, 'Drake'],
		['none', { email: 'nathan@example.com' }, null],
	])('patient name: %s', (_, patient, name) => {
		expect(visit({ patient_details: patient }).patient_details.name).toBe(name);
	});
});

it('lists that come as a text are lists: a deferral in one counts', () => {
	const read = visit({
		requested_treatments: 'Botox, Dermal Filler',
		approved_treatments: ['Botox', 'Dermal Filler'],
		deferred_treatments: 'Botox',
		conditionally_approved_treatments: '',
	});
	expect(read).toMatchObject({
		requested_treatments: ['Botox', 'Dermal Filler'],
		conditionally_approved_treatments: [],
		deferred_treatments: ['Botox'],
		all_approved: false,
	});
	expect(visit({ requested_treatments: '["Botox"]' }).requested_treatments).toEqual(['Botox']);
});
