import { Deliveries } from '../../support/deliveries.mts';
import { secretIn } from '../../support/patient.mts';
import { WebhookHost } from '../../support/webhookHost.mts';
import {
	ALL_EVENTS,
	DONE,
	downtown,
	short,
	uptown,
	usePolling,
} from '../../support/pollingWorld.mts';

const { world, credentials, host } = usePolling();

describe('polling', () => {
	it('arms first, then reports what happens', async () => {
		const [a, b] = await world.control.add(downtown, downtown);
		const one = host();
		expect(await one.activate()).toEqual([]);
		expect(await one.poll()).toEqual([]);
		await world.control.edit(a!, DONE);
		await world.control.edit(b!, { status: 'Cancelled' });
		const [c] = await world.control.add(downtown);
		expect(short(await one.poll()).sort()).toEqual(
			[
				`completed ${a}`,
				`statusChanged ${a}`,
				`cancelled ${b}`,
				`statusChanged ${b}`,
				`created ${c}`,
			].sort(),
		);
		expect(await one.poll()).toEqual([]);
	});

	it('an item holds the event, its time and id, the visit and its location', async () => {
		const one = host({ events: ['completed'] });
		await one.activate();
		const [id] = await world.control.add({ ...downtown, ...DONE });
		const [item] = await one.poll();
		expect(item).toMatchObject({
			event: 'completed',
			event_id: expect.stringMatching(/^[0-9a-f]{32}$/),
			event_time: expect.stringMatching(/Z$/),
			gfe_id: id,
			location_id: 'loc_downtown',
			status: 'Completed',
			all_approved: true,
		});
	});

	it('only the chosen events', async () => {
		const [a] = await world.control.add(downtown);
		const one = host({ events: ['decisionsChanged'] });
		await one.activate();
		await world.control.edit(a!, DONE);
		expect(await one.poll()).toEqual([]);
		await world.control.edit(a!, { approved_treatments: [], deferred_treatments: ['Botox'] });
		expect(short(await one.poll())).toEqual([`decisionsChanged ${a}`]);
	});

	it('emitExisting reports what is there, once', async () => {
		const [a] = await world.control.add({ ...downtown, ...DONE });
		const one = host({ options: { emitExisting: true } });
		expect(short(await one.activate())).toEqual([`created ${a}`, `completed ${a}`]);
		expect(await one.poll()).toEqual([]);
		expect(await one.activate('init')).toEqual([]);
	});

	it('survives statuses nobody has heard of', async () => {
		const [a] = await world.control.add(downtown);
		const one = host();
		await one.activate();
		await world.control.edit(a!, { status: 'Beamed up' });
		const [item] = await one.poll();
		expect(item).toMatchObject({
			event: 'statusChanged',
			status: 'Beamed up',
			status_group: 'unknown',
		});
	});

	it('treatments: one item per treatment', async () => {
		const one = host({ events: ['completed'], output: 'treatments' });
		await one.activate();
		await world.control.add({
			...downtown,
			...DONE,
			requested_treatments: ['Botox', 'Chemical Peel'],
		});
		const items = await one.poll();
		expect(items.map(({ treatment, decision }) => [treatment, decision])).toEqual([
			['Botox', 'approved'],
			['Chemical Peel', 'undecided'],
		]);
	});

	it('summary: a message for staff, and nothing of the patient', async () => {
		const one = host({ events: ['completed', 'cancelled'], output: 'summary' });
		await one.activate();
		const patient_details = {
			...{ first_name: 'Quillon', last_name: 'Vanterpool', dob: '1987-11-23' },
			email: 'quillon.v@mail.example',
		};
		await world.control.add({ ...downtown, ...DONE, patient_details });
		await world.control.add({ ...downtown, status: 'Cancelled', patient_details });
		const items = await one.poll();
		expect(items.map(({ event, needs_attention }) => [event, needs_attention]).sort()).toEqual([
			['cancelled', true],
			['completed', false],
		]);
		for (const item of items) expect(item.message).toContain(`GFE ${String(item.gfe_id)}`);
		expect(secretIn(items)).toBe('');
	});

	it('reads the locations that are chosen from the list and those that are typed', async () => {
		const one = host({
			locations: ['loc_uptown'],
			locationIds: ['loc_downtown'],
			events: ['created'],
		});
		await one.activate();
		const [a] = await world.control.add(downtown);
		const [b] = await world.control.add(uptown);
		expect(short(await one.poll()).sort()).toEqual([`created ${a}`, `created ${b}`].sort());
	});

	it('needs an event and a location', async () => {
		await expect(host({ events: [] }).activate()).rejects.toThrow("'Trigger On' has no event");
		await expect(host({ locationIds: [] }).activate()).rejects.toThrow('Location IDs');
	});

	it('does not overlap itself: a second tick does nothing while one runs', async () => {
		const one = host();
		await one.activate();
		await world.control.add(downtown);
		await world.control.faults({ match: { path: '/gfes' }, kind: 'delay', delayMs: 300 });
		const both = await Promise.all([one.poll(), one.poll()]);
		expect(both.map((items) => items.length)).toEqual([1, 0]);
		const reads = (await world.control.sent()).filter((one) => one.includes('/gfes/'));
		expect(reads).toHaveLength(2);
	});
});

describe('a Client key', () => {
	it('sees completed visits of all its locations', async () => {
		const [a] = await world.control.add(downtown, uptown);
		const one = host({ authentication: 'client', events: ALL_EVENTS });
		await one.activate();
		await world.control.edit(a!, DONE);
		const items = await one.poll();
		expect(short(items)).toEqual([`completed ${a}`]);
		await world.control.edit(a!, { approved_treatments: [], deferred_treatments: ['Botox'] });
		expect(short(await one.poll())).toEqual([`decisionsChanged ${a}`]);
	});

	it('refuses events that it can never see', async () => {
		const one = host({ authentication: 'client', events: ['created', 'cancelled'] });
		await expect(one.activate()).rejects.toThrow("'Trigger On' has no event");
	});
});

it('a completed visit has the same event_id from both triggers', async () => {
	const polling = host({ events: ['completed'] });
	await polling.activate();
	const webhook = await new WebhookHost({
		parameters: { locationIds: ['loc_downtown'], events: ['visit.completed'] },
		credentials: credentials(),
	}).start();
	await webhook.publish();
	const [id] = await world.control.add({
		...downtown,
		requested_treatments: ['Botox', 'Chemical Peel'],
	});
	const decisions = { Botox: 'approved', 'Chemical Peel': 'deferred' };
	await new Deliveries(world).complete(id!, { decisions });
	const [item] = await polling.poll();
	await webhook.close();
	expect(webhook.executions[0]?.[0]?.json.event_id).toBe(item?.event_id);
});
