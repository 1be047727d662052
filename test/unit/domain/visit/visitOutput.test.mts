import { decisionFor } from '../../../../nodes/Spakinect/domain/visit/decisions';
import { toTreatmentRows } from '../../../../nodes/Spakinect/domain/visit/treatmentRows';
import { shapeVisit } from '../../../../nodes/Spakinect/domain/visit/shape';
import { apiVisit, visit } from '../support/visits.mts';

const LA = 'America/Los_Angeles';

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
		const [row] = shapeVisit(apiVisit(), 'treatments', { locationId: 'loc_downtown', zone: LA });
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

	it('a visit without treatments is one row', () => {
		const bare = { requested_treatments: [], approved_treatments: undefined };
		expect(shapeVisit(apiVisit(bare), 'treatments', { zone: LA })).toEqual([
			expect.objectContaining({
				gfe_id: 'gfe_1',
				treatment: null,
				decision: 'undecided',
				requested: false,
				patient_name: 'Nathan Drake',
			}),
		]);
	});

	it('raw is the API object itself', () => {
		const raw = apiVisit();
		expect(shapeVisit(raw, 'raw', { zone: LA })[0]).toBe(raw);
		expect(shapeVisit({ odd: true }, 'raw', { zone: LA })).toEqual([{ odd: true }]);
	});

	it('a value that is no visit gives nothing', () => {
		expect(shapeVisit(null, 'raw', { zone: LA })).toEqual([]);
		expect(shapeVisit({}, 'visit', { zone: LA })).toEqual([]);
		expect(shapeVisit('x', 'treatments', { zone: LA })).toEqual([]);
	});
});
