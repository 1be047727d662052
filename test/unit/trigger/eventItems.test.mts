import { otherItem, visitItems } from '../../../nodes/Spakinect/trigger/eventItems';

const META = { event: 'visit.completed', event_id: 'id', event_time: '2026-01-01T00:00:00.000Z' };
const VISIT = {
	gfe_id: 'g1',
	status: 'Completed',
	requested_treatments: ['Botox', 'Peel'],
	approved_treatments: ['Botox'],
	event: 'made up',
	event_id: 'made up',
};

describe('visitItems', () => {
	it.each([
		['visit', 1],
		['raw', 1],
		['treatments', 2],
	] as const)('%s: %d item(s), each with the event', (output, count) => {
		const items = visitItems(META, VISIT, output, 'l1');
		expect(items).toHaveLength(count);
		for (const item of items) expect(item).toMatchObject({ ...META, gfe_id: 'g1' });
	});

	it('an event about a visit without treatments is still an item', () => {
		const bare = { gfe_id: 'g1', location_id: 'l1', status: 'Completed' };
		expect(visitItems({ ...META, incomplete: true }, bare, 'treatments')).toEqual([
			expect.objectContaining({
				...META,
				incomplete: true,
				gfe_id: 'g1',
				location_id: 'l1',
				treatment: null,
				decision: 'undecided',
				requested: false,
			}),
		]);
	});

	it('says nothing about completeness when all is known', () => {
		expect(visitItems(META, VISIT, 'visit')[0]).not.toHaveProperty('incomplete');
	});

	it('does not change the visit', () => {
		const before = JSON.stringify(VISIT);
		visitItems(META, VISIT, 'raw', 'l1');
		expect(JSON.stringify(VISIT)).toBe(before);
	});
});

it('otherItem passes the data on', () => {
	expect(otherItem(META, { treatment_id: 't1' })).toEqual({ ...META, treatment_id: 't1' });
});
