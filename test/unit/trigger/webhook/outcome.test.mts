import type { Delivery } from '../../../../nodes/Spakinect/trigger/webhook/deliveries/delivery';
import { parseDelivery } from '../../../../nodes/Spakinect/trigger/webhook/deliveries/delivery';
import {
	carriesDecisions,
	isOld,
	outcomeOf,
} from '../../../../nodes/Spakinect/trigger/webhook/deliveries/outcome';

const DATA = {
	gfe_id: 'g1',
	status: 'Completed',
	requested_treatments: ['Botox'],
	approved_treatments: ['Botox'],
};

const outcome = (body: object, fetched?: Record<string, unknown>, time = 1, mustFetch = false) => {
	const rawBody = Buffer.from(JSON.stringify({ event: 'visit.completed', ...body }));
	const parsed = parseDelivery(rawBody);
	if ('refusal' in parsed) throw new Error(parsed.refusal);
	const needsFetch = mustFetch || parsed.delivery.incomplete;
	return outcomeOf(parsed.delivery, rawBody, { needsFetch, fetched, time });
};

describe('outcomeOf', () => {
	it('a whole visit is passed on as sent, and its key does not depend on the time', () => {
		const made = outcome({ data: DATA });
		expect(made).toMatchObject({ isAboutVisit: true, visit: DATA, incomplete: false });
		expect(outcome({ data: DATA, timestamp: 5 }, undefined, 5).key).toBe(made.key);
	});

	it('what was fetched replaces what came, and has the key of the whole delivery', () => {
		const fetched = { ...DATA, pdf_link: 'https://files.example/1.pdf' };
		const made = outcome({ success: false, data: { gfe_id: 'g1' } }, fetched);
		expect(made).toMatchObject({ visit: fetched, incomplete: false });
		expect(made.key).toBe(outcome({ data: DATA }).key);
	});

	it.each([
		['was not fetched', undefined],
		['is still open where it was fetched', { ...DATA, status: 'Processing' }],
	])('no decision is passed on of an incomplete visit that %s', (_, fetched) => {
		const made = outcome({ success: false, data: DATA }, fetched);
		expect(made.incomplete).toBe(true);
		expect(made.visit).not.toHaveProperty('approved_treatments');
		expect(outcome({ success: false, data: DATA }, fetched, 2).key).not.toBe(made.key);
	});

	it.each([
		['was not fetched', undefined, true],
		['is open again', { ...DATA, status: 'Processing' }, true],
		['was fetched', { ...DATA, approved_treatments: [], deferred_treatments: ['Botox'] }, false],
	])('a whole but old delivery of a visit that %s', (_, fetched, incomplete) => {
		const made = outcome({ data: DATA }, fetched, 1, true);
		expect(made.incomplete).toBe(incomplete);
		expect(made.visit.approved_treatments ?? []).toEqual([]);
	});

	it('an old one of another event that carries decisions is not believed either', () => {
		const body = { event: 'visit.reviewed', data: { ...DATA, status: 'Approved' } };
		expect(outcome(body, undefined, 1, true)).toMatchObject({ incomplete: true });
		const fetched = { ...DATA, status: 'Processing', approved_treatments: undefined };
		expect(outcome(body, fetched, 1, true)).toMatchObject({ incomplete: false, visit: fetched });
	});

	it.each([null, '', undefined])(
		'a gfe_id of %p gives way to the one found elsewhere',
		(gfe_id) => {
			expect(outcome({ gfe_id: 'g1', data: { ...DATA, gfe_id } }).visit.gfe_id).toBe('g1');
		},
	);

	it('another event is passed on as sent; about a visit only if it carries one', () => {
		const data = { gfe_id: 'g1', note: 'x' };
		const made = outcome({ event: 'visit.noted', data });
		expect(made).toMatchObject({ isAboutVisit: false, visit: data, incomplete: false });
		expect(outcome({ event: 'visit.moved', data: DATA }).isAboutVisit).toBe(true);
	});
});

const delivered = (rest: object): Delivery => ({
	event: 'visit.completed',
	data: DATA,
	incomplete: false,
	...rest,
});

it.each([
	['now', 1_000_000_000, false],
	['14 minutes ago', 1_000_000_000 - 14 * 60_000, false],
	['16 minutes ago', 1_000_000_000 - 16 * 60_000, true],
	['by a clock that is fast', 1_000_000_000 + 3_600_000, false],
	['at an unknown time', undefined, true],
])('generated %s: old is %p', (_, timestamp, expected) => {
	expect(isOld(delivered({ timestamp }), 1_000_000_000)).toBe(expected);
});

it.each([
	['visit.completed', DATA, true],
	['visit.completed', {}, true],
	['visit.reviewed', DATA, true],
	['visit.created', { gfe_id: 'g1', status: 'Processing' }, false],
	['treatment.updated', { approved_treatments: [] }, false],
])('%s with %p carries decisions: %p', (event, data, expected) => {
	expect(carriesDecisions(delivered({ event, data }))).toBe(expected);
});
