import { itemsOf, type Execution } from '../../../sandbox/n8n/client.mts';
import { LOCATION, type ExamplesWorld } from '../support/examplesWorld.mts';
import { newVisit } from './visits.mts';

const FILE = '02-gfe-completed.json';
const DECISIONS = {
	Botox: 'approved',
	'Dermal Filler': 'conditionally_approved',
	'Chemical Peel': 'deferred',
	Microneedling: 'undecided',
};

export const describeResults = (world: () => ExamplesWorld): void => {
	let id = '';
	/** What the first publication subscribed. */
	let subscribed: string[] | undefined;
	beforeEach(async () => {
		id = await world().import(FILE);
		// The reset has made Spakinect forget the URL, and n8n registers only when it publishes. It has also
		// made it forget the location, which the trigger subscribes once and Spakinect never forgets.
		if (subscribed) await world().subscribe(LOCATION);
		await world().client.unpublish(id);
		await world().client.publish(id);
		subscribed ??= (await world().control.state()).subscriptions['emr-test-key'];
	});
	afterAll(() => world().client.unpublish(id));

	const visit = async (): Promise<string> => {
		const gfeId = await newVisit(world(), Object.keys(DECISIONS));
		const row = { booking_id: 'b-1', gfe_id: gfeId, status: 'requested' };
		await world().client.insertRows('gfe_bookings', row);
		return gfeId;
	};
	const complete = (gfeId: string): Promise<Execution> =>
		world().ended(id, () => world().control.complete(gfeId, { decisions: DECISIONS }));

	it('writes the table, the rows, the CRM and the PDF, and tells staff what to do', async () => {
		const gfeId = await visit();
		await complete(gfeId);
		expect(await world().bookings()).toMatchObject([
			{ booking_id: 'b-1', gfe_id: gfeId, status: 'completed', all_approved: false },
		]);
		const rows = await world().client.rows('gfe_decisions');
		expect(Object.fromEntries(rows.map((row) => [row.treatment, row.decision]))).toEqual(DECISIONS);
		expect(new Set(rows.map(({ gfe_id }) => gfe_id))).toEqual(new Set([gfeId]));
		expect(world().crm.sent('POST /gfe-results')).toEqual([
			{
				...{ gfe_id: gfeId, booking_id: 'b-1', status: 'completed', all_approved: false },
				approved: ['Botox'],
				conditionally_approved: ['Dermal Filler'],
				deferred: ['Chemical Peel'],
				undecided: ['Microneedling'],
			},
		]);
		const [pdf] = world().crm.sent(`PUT /documents/gfe-${gfeId}.pdf`);
		expect((pdf as unknown as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
		const texts = world()
			.tasks()
			.map(({ text, gfe_id }) => [gfe_id, text]);
		expect(texts).toEqual([
			[gfeId, expect.stringMatching(/with a condition/)],
			[gfeId, expect.stringMatching(/deferred.*Do not treat/)],
			[gfeId, expect.stringMatching(/not decided.*Do not treat/)],
		]);
		expect(await world().control.leaks()).toEqual([]);
	});

	it('of an event that both triggers bring, does everything once', async () => {
		const gfeId = await visit();
		await complete(gfeId);
		const before = world().crm.calls.length;
		const polled = await world().runByHand(FILE, 'Safety net');
		expect(itemsOf(polled, 'Safety net')).toHaveLength(1);
		expect(itemsOf(polled, 'Each event once')).toEqual([]);
		expect(world().crm.calls).toHaveLength(before);
	});

	it('of an event that the webhook brings late, does nothing more', async () => {
		const gfeId = await visit();
		await world().control.complete(gfeId, { decisions: DECISIONS, deliver: false });
		await world().runByHand(FILE, 'Safety net');
		const before = world().crm.calls.length;
		expect(before).toBeGreaterThan(3);
		const late = await world().ended(id, () => world().deliver(gfeId));
		expect(itemsOf(late, 'GFE completed')).toHaveLength(1);
		expect(itemsOf(late, 'Each event once')).toEqual([]);
		expect(world().crm.calls).toHaveLength(before);
	});

	it('of a changed decision, tells the CRM again', async () => {
		const gfeId = await visit();
		await complete(gfeId);
		const changed = { ...DECISIONS, Botox: 'deferred' };
		await world().ended(id, () => world().control.complete(gfeId, { decisions: changed }));
		expect(world().crm.sent('POST /gfe-results')).toMatchObject([
			{ approved: ['Botox'] },
			{ approved: [], deferred: expect.arrayContaining(['Botox', 'Chemical Peel']) },
		]);
		const rows = await world().client.rows('gfe_decisions');
		expect(rows.map(({ treatment, decision }) => [treatment, decision])).toContainEqual([
			'Botox',
			'deferred',
		]);
		expect(rows).toHaveLength(4);
	});

	it('catches by the safety net what the webhook did not bring', async () => {
		const gfeId = await visit();
		await world().control.complete(gfeId, { deliver: false });
		await world().runByHand(FILE, 'Safety net');
		expect(await world().bookings()).toMatchObject([{ status: 'completed', all_approved: true }]);
		expect(world().crm.sent('POST /gfe-results')).toMatchObject([{ booking_id: 'b-1' }]);
		expect(world().tasks()).toEqual([]);
	});

	it('takes a GFE that was not booked through n8n', async () => {
		const gfeId = await newVisit(world(), ['Botox']);
		await complete(gfeId);
		expect(await world().bookings()).toMatchObject([{ gfe_id: gfeId, status: 'completed' }]);
		expect(world().crm.sent('POST /gfe-results')).toMatchObject([
			{ gfe_id: gfeId, booking_id: null },
		]);
	});

	it('tells staff when CRM and chart do not take it; the table has it all the same', async () => {
		const gfeId = await visit();
		world().crm.broken.add('/gfe-results').add(`/documents/gfe-${gfeId}.pdf`);
		await world().ended(id, () => world().control.complete(gfeId));
		expect(await world().bookings()).toMatchObject([{ status: 'completed' }]);
		expect(world().tasks()).toEqual([
			{ text: expect.stringMatching(/CRM/), booking_id: 'b-1', gfe_id: gfeId },
			{ text: expect.stringMatching(/PDF/), booking_id: null, gfe_id: gfeId },
		]);
	});

	it('subscribes the location that was filled in', () => {
		expect(subscribed).toEqual([LOCATION]);
	});
};
