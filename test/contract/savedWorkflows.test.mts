import { readFileSync } from 'node:fs';
import type { IDataObject, INode, INodeType, IConnections } from 'n8n-workflow';
import { Spakinect } from '../../nodes/Spakinect/Spakinect.node';
import { executeWorkflow, start } from '../node/support/harness.mts';
import { PollingHost } from '../node/support/pollingHost.mts';
import { BODY, DATA, useWebhookHosts, VISIT } from '../node/support/webhookWorld.mts';
import { KEYS } from '../node/support/world.mts';

/**
 * Workflows as the first versions of the nodes saved them: plain text in Location ID, what are fields today under
 * Options, an event that is no longer offered. Users have them published, so they run unchanged.
 */
const { world, deliveries, emr, host, send } = useWebhookHosts();

interface Saved {
	nodes: INode[];
	connections: IConnections;
}

const savedWorkflow = (name: string): Saved =>
	JSON.parse(readFileSync(`${import.meta.dirname}/saved/${name}.json`, 'utf8')) as Saved;

const types: Record<string, INodeType> = {
	'n8n-nodes-base.manualTrigger': start,
	'n8n-nodes-spakinect.spakinect': new Spakinect(),
};
const credentials = () => ({
	...emr(),
	spakinectClientApi: {
		apiKey: KEYS.client,
		environment: 'custom',
		baseUrl: world.sim.clientUrl,
	},
});

/** Runs a saved workflow. @returns the items of each node, by its name */
const run = async (name: string, ...items: IDataObject[]) => {
	const { data } = await executeWorkflow(
		{ ...savedWorkflow(name), types },
		{ credentials: credentials(), items },
	);
	expect(data.resultData.error).toBeUndefined();
	return Object.fromEntries(
		Object.entries(data.resultData.runData).map(([node, [first]]) => [
			node,
			first?.data?.main?.[0] ?? [],
		]),
	);
};
const jsonOf = (items: Array<{ json: IDataObject }> | undefined) => items?.map(({ json }) => json);

const PATIENT = { first_name: 'Quillon', last_name: 'Vanterpool', email: 'quillon.v@mail.example' };
const approved = {
	location_id: 'loc_downtown',
	status: 'Completed',
	requested_treatments: ['Botox'],
	decisions: { Botox: 'approved' },
	patient_details: { ...PATIENT, name: 'Quillon Vanterpool' },
} as const;
const monthsAgo = (months: number) => {
	const day = new Date();
	day.setUTCMonth(day.getUTCMonth() - months);
	return day.toISOString();
};

describe('a booking', () => {
	const booking = {
		booking_id: 'b-1',
		...PATIENT,
		phone: '(202) 555-0147',
		appointment_time: '2027-03-09T14:30:00',
		treatments: 'botox, Dermal Filler',
	};

	it('is checked, requested once in its time zone, and looked up', async () => {
		const first = await run('booking', booking);
		expect(first['Still cleared?']).toMatchObject([{ json: { cleared: false } }]);
		expect(first['Request GFE']).toMatchObject([
			{
				json: {
					created: true,
					reference: 'b-1',
					location_id: 'loc_downtown',
					requested_treatments: ['Botox', 'Dermal Filler'],
					// 14:30 in Chicago, from Options > Timezone.
					appointment_time: Date.UTC(2027, 2, 9, 20, 30) / 1000,
				},
				pairedItem: { item: 0 },
			},
		]);
		const gfeId = first['Request GFE']?.[0]?.json.gfe_id;
		expect(first['Look again']).toMatchObject([{ json: { gfe_id: gfeId, status_group: 'open' } }]);

		const again = await run('booking', booking);
		expect(again['Request GFE']).toMatchObject([{ json: { created: false, gfe_id: gfeId } }]);
		expect(await world.control.contacts()).toHaveLength(2);
	});

	it.each([
		[2, true],
		[8, false],
	])('asks about the day under Options, %i months ahead', async (ahead, cleared) => {
		// With a validity of 6 months, also from Options.
		await world.control.add({ ...approved, evaluation_completed: monthsAgo(0) } as object);
		const items = await run('booking', {
			...booking,
			appointment_time: monthsAgo(-ahead),
			treatments: 'Botox',
		});
		expect(items['Still cleared?']).toMatchObject([{ json: { cleared } }]);
	});
});

it('a Client key clears with the evaluation dates under Options', async () => {
	const [gfe_id] = await world.control.add({ ...approved } as object);
	const rows = (event_time: string) => ({ ...PATIENT, rows: [{ gfe_id, event_time }] });
	expect(await run('client-clearance', rows(monthsAgo(11)))).toMatchObject({
		Check: [{ json: { cleared: true } }],
	});
	expect(await run('client-clearance', rows(monthsAgo(13)))).toMatchObject({
		Check: [{ json: { cleared: false } }],
	});
});

it('a walk-in starts another exam if Options say so, whatever form its date has', async () => {
	const form = (birth: string) => ({
		location_id: 'loc_downtown',
		'First name': 'Quillon',
		'Last name': 'Vanterpool',
		'Date of birth': birth,
		Treatments: 'Botox',
	});
	const first = await run('walk-in', form('11/23/1987'));
	expect(first['Start exam']).toMatchObject([
		{ json: { created: true, visit_link: expect.any(String) } },
	]);
	expect(first['Get it']).toMatchObject([
		{ json: { status_group: 'open', patient_details: { dob: '1987-11-23' } } },
	]);
	const second = await run('walk-in', form('1987-11-23'));
	expect(second['Start exam']).toMatchObject([{ json: { created: true } }]);
	expect(await world.control.visits()).toHaveLength(2);
});

it('the nightly list filters, stores a PDF and reads the favorites', async () => {
	await world.control.add(
		{ ...approved, gfe_id: 'old', evaluation_completed: '2025-06-01T10:00:00Z' } as object,
		{ ...approved, gfe_id: 'new', evaluation_completed: '2026-06-01T10:00:00Z' } as object,
	);
	const items = await run('nightly-list', {});
	expect(jsonOf(items['All GFEs'])).toMatchObject([
		{ gfe_id: 'new', treatment: 'Botox', decision: 'approved', patient_email: PATIENT.email },
	]);
	expect(items['Store PDF']).toMatchObject([
		{ json: { gfe_id: 'new' }, binary: { data: { mimeType: 'application/pdf' } } },
	]);
	expect(jsonOf(items.Favorites)?.map(({ name }) => name)).toContain('Botox');
});

it('a booking that is cancelled cancels its exam once, and goes on if it is too late', async () => {
	const [open] = await world.control.add({ ...VISIT, status: 'Processing' });
	const [done] = await world.control.add({ ...approved } as object);
	const items = await run('booking-cancelled', { gfe_id: open }, { gfe_id: done });
	expect(jsonOf(items['Cancel GFE'])).toMatchObject([
		{ gfe_id: open, cancelled: true },
		{ gfe_id: done, cancelled: false },
	]);
	expect(jsonOf(items['As rows'])).toMatchObject([
		{ gfe_id: open, status_group: 'cancelled' },
		{ gfe_id: open, status_group: 'cancelled' },
		{ gfe_id: done, decision: 'approved' },
	]);
});

it('a location is subscribed and a URL registered', async () => {
	await run('setup', {});
	expect(await world.control.state()).toMatchObject({
		subscriptions: { [KEYS.emr]: ['loc_uptown'] },
		webhooks: { [KEYS.emr]: 'https://n8n.spa.example/webhook/1f2e3d4c/webhook' },
	});
});

describe('the webhook trigger', () => {
	const [{ parameters }] = savedWorkflow('completed-trigger').nodes as [INode];

	it('registers itself and receives a completed exam once', async () => {
		const one = await host(parameters);
		await one.publish();
		expect(await deliveries.urlOf(KEYS.emr)).toBe(one.productionUrl);
		expect((await world.control.state()).subscriptions[KEYS.emr]).toEqual(['loc_downtown']);
		expect(await send(one)).toMatchObject({ status: 200, runs: 1 });
		expect(await send(one)).toMatchObject({ status: 200, runs: 1 });
		expect(one.executions[0]).toMatchObject([
			{ json: { event: 'visit.completed', gfe_id: DATA.gfe_id, all_approved: true } },
		]);
	});

	it('still receives the event that is no longer in its list, and no other', async () => {
		const one = await host(parameters);
		const treatment = { treatment_id: 't1', treatment_name: 'Botox', action: 'updated' };
		const body = { ...BODY, event: 'treatment.updated', data: treatment };
		expect(await send(one, { body })).toMatchObject({ status: 200, runs: 1 });
		expect(await send(one, { body: { ...body, event: 'visit.created' } })).toMatchObject({
			runs: 1,
		});
	});
});

it('the polling trigger reads both locations and emits what changed', async () => {
	const [{ parameters }] = savedWorkflow('polling-trigger').nodes as [INode];
	const polling = new PollingHost({ parameters, credentials: credentials() });
	const [first] = await world.control.add({ location_id: 'loc_uptown', status: 'Processing' });
	expect(await polling.activate()).toEqual([]);
	const [added] = await world.control.add({ ...VISIT, status: 'Processing' });
	await world.control.edit(first!, { status: 'Waiting' });
	expect(await polling.poll()).toMatchObject([
		{ event: 'created', gfe_id: added },
		{ event: 'statusChanged', gfe_id: first },
	]);
	await world.control.complete(first!);
	expect((await polling.poll()).map(({ event }) => event)).toEqual(['completed', 'statusChanged']);
});
