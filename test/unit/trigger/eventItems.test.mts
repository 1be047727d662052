import type { VisitOutput } from '../../../nodes/Spakinect/domain/visit/visit';
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

const form = (output: VisitOutput) => ({ output, zone: 'UTC', gfeId: 'g1', locationId: 'l1' });

describe('visitItems', () => {
	it.each([
		['visit', 1],
		['raw', 1],
		['treatments', 2],
		['summary', 1],
	] as const)('%s: %d item(s), each with the event', (output, count) => {
		const items = visitItems(META, VISIT, form(output));
		expect(items).toHaveLength(count);
		for (const item of items) expect(item).toMatchObject({ ...META, gfe_id: 'g1' });
	});

	it('an event about a visit without treatments is still an item', () => {
		const bare = { gfe_id: 'g1', location_id: 'l1', status: 'Completed' };
		expect(visitItems({ ...META, incomplete: true }, bare, form('treatments'))).toEqual([
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
		expect(visitItems(META, VISIT, form('visit'))[0]).not.toHaveProperty('incomplete');
	});

	it('does not change the visit', () => {
		const before = JSON.stringify(VISIT);
		visitItems(META, VISIT, form('raw'));
		expect(JSON.stringify(VISIT)).toBe(before);
	});
});

it('otherItem passes the data on', () => {
	expect(otherItem(META, { treatment_id: 't1' }, form('visit'))).toEqual({
		...META,
		treatment_id: 't1',
	});
});

describe('the form summary', () => {
	const summary = form('summary');

	it('has the event, the visit in texts, and nothing of the patient', () => {
		const visit = { ...VISIT, patient_details: { name: 'Quillon Vanterpool' } };
		const [item] = visitItems(META, visit, summary);
		expect(item).toMatchObject({
			...META,
			gfe_id: 'g1',
			location_id: 'l1',
			treatments_text: 'Botox, Peel',
			decisions: 'Botox: approved; Peel: undecided',
			needs_attention: true,
		});
		expect(JSON.stringify(item)).not.toContain('Quillon');
	});

	it.each(['Completed', 'Processing'])(
		'somebody must look at an incomplete event, also if the visit is %s',
		(status) => {
			const visit = { gfe_id: 'g1', status, requested_treatments: ['Botox'] };
			const [item] = visitItems({ ...META, incomplete: true }, visit, summary);
			expect(item).toMatchObject({ incomplete: true, needs_attention: true, all_approved: false });
			expect(item?.decisions).toBe('Botox: undecided');
			expect(item?.message).toMatch(/^GFE g1: the decisions are unknown/);
		},
	);

	it.each([
		['visit.archived', 'l1', 'Spakinect sent the event visit.archived for GFE g1,'],
		['about Quillon', undefined, 'Spakinect sent an event for GFE g1,'],
	])('an event %s about something else keeps its data back', (event, locationId, start) => {
		const data = { note: 'Quillon called', patient_details: { name: 'Quillon' } };
		const meta = { ...META, event };
		const { message, ...item } = otherItem(meta, data, { ...summary, locationId });
		expect(item).toEqual({
			...meta,
			gfe_id: 'g1',
			...(locationId && { location_id: locationId }),
			needs_attention: true,
		});
		expect(String(message).startsWith(start)).toBe(true);
		expect(String(message)).not.toContain('Quillon');
	});

	it('an event whose visit cannot be read is an item that says so', () => {
		const item = visitItems(META, {}, { output: 'summary', zone: 'UTC' });
		expect(item).toEqual([{ ...META, needs_attention: true, message: expect.any(String) }]);
	});
});
