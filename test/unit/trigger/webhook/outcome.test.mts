import { parseDelivery } from '../../../../nodes/Spakinect/trigger/webhook/deliveries/delivery';
import { outcomeOf } from '../../../../nodes/Spakinect/trigger/webhook/deliveries/outcome';

const DATA = {
	gfe_id: 'g1',
	status: 'Completed',
	requested_treatments: ['Botox'],
	approved_treatments: ['Botox'],
};

const story = (body: object, fetched?: Record<string, unknown>, time = 1) => {
	const rawBody = Buffer.from(JSON.stringify({ event: 'visit.completed', ...body }));
	const parsed = parseDelivery(rawBody);
	if ('refusal' in parsed) throw new Error(parsed.refusal);
	return outcomeOf(parsed.delivery, rawBody, fetched, time);
};

describe('outcomeOf', () => {
	it('a whole visit is told as sent, and its key does not depend on the time', () => {
		const told = story({ data: DATA });
		expect(told).toMatchObject({ isAboutVisit: true, visit: DATA, incomplete: false });
		expect(story({ data: DATA, timestamp: 5 }, undefined, 5).key).toBe(told.key);
	});

	it('what was fetched replaces what came, and has the key of the whole delivery', () => {
		const fetched = { ...DATA, pdf_link: 'https://files.example/1.pdf' };
		const told = story({ success: false, data: { gfe_id: 'g1' } }, fetched);
		expect(told).toMatchObject({ visit: fetched, incomplete: false });
		expect(told.key).toBe(story({ data: DATA }).key);
	});

	it.each([
		['was not fetched', undefined],
		['is still open where it was fetched', { ...DATA, status: 'Processing' }],
	])('no decision is told of an incomplete visit that %s', (_, fetched) => {
		const told = story({ success: false, data: DATA }, fetched);
		expect(told.incomplete).toBe(true);
		expect(told.visit).not.toHaveProperty('approved_treatments');
		expect(story({ success: false, data: DATA }, fetched, 2).key).not.toBe(told.key);
	});

	it.each([null, '', undefined])(
		'a gfe_id of %p gives way to the one found elsewhere',
		(gfe_id) => {
			expect(story({ gfe_id: 'g1', data: { ...DATA, gfe_id } }).visit.gfe_id).toBe('g1');
		},
	);

	it('another event is told as sent; about a visit only if it carries one', () => {
		const data = { gfe_id: 'g1', note: 'x' };
		const told = story({ event: 'visit.noted', data });
		expect(told).toMatchObject({ isAboutVisit: false, visit: data, incomplete: false });
		expect(story({ event: 'visit.moved', data: DATA }).isAboutVisit).toBe(true);
	});
});
