import fc from 'fast-check';
import {
	incompleteKey,
	isKeyOfVisit,
	otherKey,
	polledKey,
	visitKey,
} from '../../../../nodes/Spakinect/domain/visit/eventKey';

const VISIT = {
	gfe_id: 'g1',
	status: 'Completed',
	approved_treatments: ['Botox', 'Dermal Filler'],
	conditionally_approved_treatments: ['Chemical Peel'],
	deferred_treatments: [],
	patient_details: { name: 'Ana Ruiz', email: 'ana@example.com' },
};
const key = (change: object = {}) => visitKey('visit.completed', 'g1', { ...VISIT, ...change });

describe('visitKey', () => {
	it('is the same in every version, or Remove Duplicates would let old events through', () => {
		expect(key()).toBe('5c6f67c3bad8b824a3f6c1543b3c9702');
		expect(key({ evaluation_completed: '2024-05-02T14:00:00Z' })).toBe(
			'5c6f67c3bad8b824a3f6c154d43c6d3e',
		);
	});

	it.each([
		['the order of a list', { approved_treatments: ['Dermal Filler', 'Botox'] }],
		['a name listed twice', { approved_treatments: ['Botox', 'Dermal Filler', 'Botox'] }],
		['the case of the status', { status: 'completed' }],
		['an absent list instead of an empty one', { deferred_treatments: undefined }],
		['names as objects', { approved_treatments: [{ name: 'Botox' }, { name: 'Dermal Filler' }] }],
		['the patient', { patient_details: undefined }],
		['a PDF that has come', { pdf_link: 'https://files.example/1.pdf' }],
	])('does not change with %s', (_, change) => expect(key(change)).toBe(key()));

	it.each([
		['an approval withdrawn', { approved_treatments: ['Botox'] }],
		['… from a list of objects', { approved_treatments: [{ name: 'Botox' }] }],
		[
			'a treatment moved to another list',
			{ approved_treatments: ['Botox'], deferred_treatments: ['Dermal Filler'] },
		],
		[
			'a swap between lists',
			{
				approved_treatments: ['Chemical Peel'],
				conditionally_approved_treatments: ['Botox', 'Dermal Filler'],
			},
		],
		['another status', { status: 'Cancelled' }],
	])('changes with %s', (_, change) => expect(key(change)).not.toBe(key()));

	it('changes with the GFE and the event', () => {
		expect(visitKey('visit.completed', 'g2', VISIT)).not.toBe(key());
		expect(visitKey('visit.other', 'g1', VISIT)).not.toBe(key());
	});

	describe('the evaluation time', () => {
		const at = (evaluation_completed: unknown) => key({ evaluation_completed });
		const noon = at('2024-05-02T12:00:00Z');

		it.each([
			['with another offset', '2024-05-02T05:00:00-07:00'],
			['with milliseconds', '2024-05-02T12:00:00.250Z'],
			['with a space', ' 2024-05-02 12:00:00+00:00 '],
			['in seconds', 1714651200],
			['in seconds, as text', '1714651200'],
			['in milliseconds', 1714651200250],
		])('is the same instant %s', (_, value) => expect(at(value)).toBe(noon));

		it.each([
			['an evaluation a second later', '2024-05-02T12:00:01Z'],
			['another day', '2024-05-03T12:00:00Z'],
			['no time', undefined],
		])('tells it from %s', (_, value) => {
			expect(at(value)).not.toBe(noon);
			expect(at(value)).toMatch(/^[0-9a-f]{32}$/);
		});

		it.each([undefined, null, '', 'soon', '2024-05-02', '2024-05-02T12:00:00', 0, -1, {}, NaN])(
			'of %p is none',
			(value) => expect(at(value)).toBe(key()),
		);

		it('makes deferred, approved, deferred again three keys', () => {
			const deferred = { approved_treatments: [], deferred_treatments: ['Botox'] };
			const keys = [
				key({ ...deferred, evaluation_completed: '2024-05-02T12:00:00Z' }),
				key({ approved_treatments: ['Botox'], evaluation_completed: '2024-05-03T12:00:00Z' }),
				key({ ...deferred, evaluation_completed: '2024-05-04T12:00:00Z' }),
			];
			expect(new Set(keys).size).toBe(3);
		});
	});

	it('cannot be confused by texts that look like separators (fuzzed)', () => {
		const visit = fc.record({
			approved_treatments: fc.array(fc.string()),
			deferred_treatments: fc.array(fc.string()),
		});
		const names = (list: string[]) =>
			[...new Set(list.map((name) => name.trim()).filter(Boolean))].sort();
		const canonical = (v: { approved_treatments: string[]; deferred_treatments: string[] }) =>
			JSON.stringify([v.approved_treatments, v.deferred_treatments].map((list) => names(list)));
		fc.assert(
			fc.property(visit, visit, (one, two) => {
				const equal = visitKey('e', 'g', one) === visitKey('e', 'g', two);
				expect(equal).toBe(canonical(one) === canonical(two));
			}),
		);
	});
});

describe('otherKey', () => {
	const key = (body: object) => otherKey(Buffer.from(JSON.stringify(body)));
	const BODY = { event: 'patient.updated', timestamp: 1, data: { patient: { id: 'p1' } } };

	it('is the same for the same delivery', () => {
		expect(key(BODY)).toBe(key(BODY));
		expect(key(BODY)).toMatch(/^[0-9a-f]{32}$/);
	});

	it.each([
		['something deep inside', { ...BODY, data: { patient: { id: 'p2' } } }],
		['the time, since the same may happen twice', { ...BODY, timestamp: 2 }],
	])('changes with %s', (_, body) => expect(key(body)).not.toBe(key(BODY)));
});

describe('isKeyOfVisit: is a stored event_id that of the visit now?', () => {
	const dated = { ...VISIT, evaluation_completed: '2024-05-02T12:00:00Z' };
	const later = { ...VISIT, evaluation_completed: '2024-05-04T12:00:00Z' };
	const changed = { ...VISIT, approved_treatments: ['Botox'] };
	const keyOf = (visit: object) => visitKey('e', 'g1', { ...visit });

	it.each([
		['the same evaluation', dated, dated, true],
		['a stored key without a time', VISIT, dated, true],
		['a visit without a time, as with a Client key', dated, VISIT, true],
		['neither with a time', VISIT, VISIT, true],
		['the same decisions of another evaluation', dated, later, false],
		['other decisions', changed, dated, false],
		['other decisions, the visit without a time', dated, changed, false],
	])('%s: %p', (_, stored, now, expected) => {
		expect(isKeyOfVisit(keyOf(stored), 'e', 'g1', { ...now })).toBe(expected);
	});

	it.each(['', '5c6f67c3', 'x'.repeat(32), `${visitKey('e', 'g1', VISIT)}0`])(
		'%p is no key of it',
		(stored) => expect(isKeyOfVisit(stored, 'e', 'g1', VISIT)).toBe(false),
	);
});

it('an event that nobody could fetch is never taken for a duplicate of another one', () => {
	expect(incompleteKey('e', 'g', 1)).not.toBe(incompleteKey('e', 'g', 2));
	expect(incompleteKey('e', 'g', 1)).toBe(incompleteKey('e', 'g', 1));
});

describe('polledKey', () => {
	const evaluated = {
		status: 'Completed',
		approved_treatments: ['Botox'],
		deferred_treatments: ['Dysport'],
		evaluation_completed: '2026-05-02T14:00:00Z',
	};

	it.each<[Parameters<typeof polledKey>[0], object, string]>([
		['created', { status: 'Processing' }, '1d45c8c9ae5b02ebb9d2ef33f667bc30'],
		['cancelled', { status: 'Cancelled' }, 'e35d73701b4ece5772d8f98aef26644f'],
		['cancelled', { status: 'Cancelled by client' }, 'd40b2c8093a5b7ff8b283b112b9cc526'],
		['rejected', { status: 'Rejected' }, '1148fcce5712ce43677c006ecd5fda89'],
		['statusChanged', { status: 'Waiting' }, 'f4a46f183a4b4586eab9bfd7bed3184b'],
		['completed', evaluated, 'b6d2f8613359f4a8f3d90b724ba28052'],
		['decisionsChanged', evaluated, 'b6d2f8613359f4a8f3d90b724ba28052'],
	])(
		'of %s %j is the same in every version, or Reconcile would call each stored record changed',
		(event, visit, expected) => expect(polledKey(event, 'g1', { ...visit })).toBe(expected),
	);

	it('is that of the webhook trigger for the same event, so one guard works behind both', () => {
		const visit = { gfe_id: 'g1', status: 'Completed', approved_treatments: ['Botox'] };
		expect(polledKey('completed', 'g1', visit)).toBe(visitKey('visit.completed', 'g1', visit));
		expect(polledKey('decisionsChanged', 'g1', visit)).toBe(
			visitKey('visit.completed', 'g1', visit),
		);
	});

	it('differs between the events of one visit that have nothing to do with decisions', () => {
		const ids = (['created', 'cancelled', 'statusChanged', 'completed'] as const).map((event) =>
			polledKey(event, 'g1', { gfe_id: 'g1', status: 'Processing' }),
		);
		expect(new Set(ids).size).toBe(4);
	});

	it('of a creation does not depend on how far the visit is', () => {
		expect(polledKey('created', 'g1', { gfe_id: 'g1', status: 'Processing' })).toBe(
			polledKey('created', 'g1', { gfe_id: 'g1', status: 'Completed' }),
		);
	});
});
