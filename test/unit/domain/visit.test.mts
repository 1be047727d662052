import { decisionFor } from '../../../nodes/Spakinect/domain/decisions';
import { readVisit, shapeVisit, toTreatmentRows } from '../../../nodes/Spakinect/domain/visit';
import { apiVisit, visit } from './visits.mts';

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
			requested_treatments: 'Botox',
			approved_treatments: [null, 7, { name: 'Laser' }, ' ', ['x']],
			deferred_treatments: null,
			pdf_link: {},
			patient_details: 'Nathan',
		});
		expect(odd).toMatchObject({
			status: '5',
			status_group: 'unknown',
			requested_treatments: [],
			approved_treatments: ['7', 'Laser'],
			pdf_available: false,
			patient_details: { name: null },
		});
	});

	it.each([
		['ISO with the Pacific offset', '2024-05-02T07:00:00-07:00', '2024-05-02T14:00:00.000Z'],
		['ISO with Z and milliseconds', '2024-05-02T14:00:00.123Z', '2024-05-02T14:00:00.123Z'],
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

describe('decisions of a visit', () => {
	it.each([
		['everything approved', {}, true, []],
		['approved in another case', { approved_treatments: ['BOTOX', ' dermal  filler'] }, true, []],
		['one in no list', { approved_treatments: ['Botox'] }, false, ['Dermal Filler']],
		['one also deferred', { deferred_treatments: ['Botox'] }, false, []],
		['one also conditional', { conditionally_approved_treatments: ['botox'] }, false, []],
		['an unrequested one deferred', { deferred_treatments: ['Laser'] }, true, []],
		['nothing requested', { requested_treatments: [] }, false, []],
		['a status that only sounds done', { status: 'Approved' }, false, []],
		['no lists', { approved_treatments: undefined }, false, ['Botox', 'Dermal Filler']],
		[
			'an open visit, all undecided',
			{ status: 'Processing', approved_treatments: undefined },
			false,
			['Botox', 'Dermal Filler'],
		],
	])('%s', (_, changes, allApproved, undecided) => {
		const read = visit(changes);
		expect(read.all_approved).toBe(allApproved);
		expect(read.undecided_treatments).toEqual(undecided);
	});

	it('the more cautious of two lists wins', () => {
		const read = visit({
			requested_treatments: ['A', 'B', 'C', 'D'],
			approved_treatments: ['A', 'B', 'C'],
			conditionally_approved_treatments: ['B', 'C'],
			deferred_treatments: ['C', 'X'],
		});
		const decisions = ['a', 'B', 'C', 'D', 'X', 'Y'].map((name) => decisionFor(read, name));
		expect(decisions).toEqual([
			'approved',
			'conditionally_approved',
			'deferred',
			'undecided',
			'deferred',
			null,
		]);
	});
});

describe('output shapes', () => {
	it('one row per treatment, the requested ones first, each once', () => {
		const read = visit({
			requested_treatments: ['Botox', 'Laser', 'botox'],
			approved_treatments: ['BOTOX', 'Peel'],
			deferred_treatments: ['Peel', 'Filler'],
		});
		const rows = toTreatmentRows(read);
		expect(rows.map((row) => [row.treatment, row.decision, row.requested])).toEqual([
			['Botox', 'approved', true],
			['Laser', 'undecided', true],
			['Peel', 'deferred', false],
			['Filler', 'deferred', false],
		]);
	});

	it('a row has exactly the contract keys in their order', () => {
		const [row] = shapeVisit(apiVisit(), 'treatments', { locationId: 'loc_downtown' });
		expect(row).toEqual({
			gfe_id: 'gfe_1',
			location_id: 'loc_downtown',
			treatment: 'Botox',
			decision: 'approved',
			requested: true,
			status: 'Completed',
			status_group: 'completed',
			evaluation_completed: '2026-01-15T18:00:00.000Z',
			patient_name: 'Nathan Drake',
			patient_first_name: 'Nathan',
			patient_last_name: 'Drake',
			patient_email: 'nathan@example.com',
			patient_dob: '1990-10-27',
		});
		expect(Object.keys(row ?? {})[1]).toBe('location_id');
	});

	it('raw is the API object itself', () => {
		const raw = apiVisit();
		expect(shapeVisit(raw, 'raw')[0]).toBe(raw);
		expect(shapeVisit({ odd: true }, 'raw')).toEqual([{ odd: true }]);
	});

	it('a value that is no visit gives nothing', () => {
		expect(shapeVisit(null, 'raw')).toEqual([]);
		expect(shapeVisit({}, 'visit')).toEqual([]);
		expect(shapeVisit('x', 'treatments')).toEqual([]);
	});

	it('shapes 50,000 visits in well under two seconds', () => {
		const started = performance.now();
		for (let index = 0; index < 50_000; index++) {
			shapeVisit(apiVisit({ gfe_id: `gfe_${index}` }), 'visit');
		}
		expect(performance.now() - started).toBeLessThan(2000);
	});
});
