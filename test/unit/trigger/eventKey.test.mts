import fc from 'fast-check';
import { incompleteKey, otherKey, visitKey } from '../../../nodes/Spakinect/trigger/eventKey';

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
	it('is the same in every version, or Remove Duplicates would let old news through', () => {
		expect(key()).toBe('5c6f67c3bad8b824a3f6c1543b3c9702');
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

it('news that nobody could fetch is never taken for a repeat of other news', () => {
	expect(incompleteKey('e', 'g', 1)).not.toBe(incompleteKey('e', 'g', 2));
	expect(incompleteKey('e', 'g', 1)).toBe(incompleteKey('e', 'g', 1));
});
