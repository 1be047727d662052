import type { PollingHost } from './support/pollingHost.mts';
import { DONE, downtown, short, uptown, usePolling } from './support/pollingWorld.mts';
import { KEYS } from './support/world.mts';

const { world, host, failLists } = usePolling();

const errors = (one: PollingHost) => one.logs.filter(({ level }) => level === 'error');
afterEach(() => void jest.restoreAllMocks());

describe('state', () => {
	it('events while n8n was down are reported after its restart', async () => {
		const [a] = await world.control.add(downtown);
		const one = host();
		await one.activate();
		await world.control.edit(a!, DONE);
		expect(short(await one.activate('init'))).toEqual([`completed ${a}`, `statusChanged ${a}`]);
		expect(await one.activate('init')).toEqual([]);
	});

	it('what was emitted is not emitted again after a crash', async () => {
		const one = host({ events: ['created'] });
		await one.activate();
		const [a] = await world.control.add(downtown);
		expect(short(await one.poll())).toEqual([`created ${a}`]);
		await world.control.edit(a!, { status: 'Waiting' });
		expect(await one.poll()).toEqual([]);
		expect(await one.activate('init')).toEqual([]);
	});

	it('holds neither the key nor a patient, and stays within 20 bytes a visit', async () => {
		await world.control.generate(2000, { location_id: 'loc_downtown' });
		const one = host();
		await one.activate();
		expect(one.saved).not.toContain(KEYS.emr);
		expect(one.saved).not.toContain('@');
		expect(one.saved.length).toBeGreaterThan(2000 * 19);
		expect(one.saved.length).toBeLessThan(2000 * 20 + 200);
	});

	it('a location that is added arms alone; one removed and added again arms anew', async () => {
		const [a] = await world.control.add(downtown, uptown);
		const one = host();
		await one.activate();
		await world.control.edit(a!, DONE);
		one.node.parameters.locationIds = ['loc_downtown', 'loc_uptown'];
		expect(short(await one.activate('update'))).toEqual([`completed ${a}`, `statusChanged ${a}`]);
		const [c] = await world.control.add(uptown);
		expect(short(await one.poll())).toEqual([`created ${c}`]);

		one.node.parameters.locationIds = ['loc_uptown'];
		expect(await one.activate('update')).toEqual([]);
		await world.control.add(downtown);
		one.node.parameters.locationIds = ['loc_downtown', 'loc_uptown'];
		expect(await one.activate('update')).toEqual([]);
	});

	it('another kind of key arms anew', async () => {
		await world.control.add({ ...downtown, ...DONE }, downtown);
		const one = host({ events: ['completed', 'created'] });
		await one.activate();
		one.node.parameters.authentication = 'client';
		expect(await one.activate('update')).toEqual([]);
	});

	it('a state that is damaged arms anew', async () => {
		await world.control.add(downtown);
		const one = host();
		one.saved = '{"node:Trigger":{"scope":7,"visits":"?"}}';
		expect(await one.activate()).toEqual([]);
	});
});

describe('a manual run', () => {
	it('shows the newest fitting visit, leaves the state alone', async () => {
		const evaluated = (evaluation_completed: string) => ({
			...downtown,
			...DONE,
			evaluation_completed,
		});
		await world.control.add(
			evaluated('2026-01-02T00:00:00-08:00'),
			evaluated('2026-01-01T00:00:00-08:00'),
			downtown,
		);
		const one = host({ locationIds: ['loc_uptown', 'loc_downtown'], events: ['completed'] });
		expect(await one.pollManually()).toMatchObject([
			{
				event: 'completed',
				location_id: 'loc_downtown',
				evaluation_completed: '2026-01-02T08:00:00.000Z',
			},
		]);
		expect(one.saved).toBe('{}');
		await one.activate();
		const before = one.saved;
		await world.control.add(downtown);
		await one.pollManually();
		expect(one.saved).toBe(before);
	});

	it('says when there is nothing to show, and why a location failed', async () => {
		await expect(host().pollManually()).rejects.toThrow('no visit to show');
		const one = host({ locationIds: ['loc_other_emr'] });
		await expect(one.pollManually()).rejects.toThrow('"loc_other_emr" could not be read');
	});
});

describe('a location that fails', () => {
	const both = { locationIds: ['loc_downtown', 'loc_uptown'] };

	it('publishing with it does not work, and names it', async () => {
		const one = host({ locationIds: ['loc_downtown', 'loc_other_emr'] });
		for (let attempt = 0; attempt < 5; attempt += 1) {
			await expect(one.activate()).rejects.toMatchObject({
				message: expect.stringContaining('location "loc_other_emr" could not be read'),
				httpCode: '403',
			});
		}
		expect(one.saved).toBe('{}');
	});

	it('later on it does not lose the others: thrown once, then quiet', async () => {
		const one = host(both);
		await one.activate();
		await failLists('/gfes/loc_uptown');
		const [a] = await world.control.add(downtown);
		expect(short(await one.poll())).toEqual([`created ${a}`]);
		expect(errors(one)).toHaveLength(1);
		await expect(one.poll()).rejects.toThrow('"loc_uptown" could not be read');
		const [b] = await world.control.add(downtown, uptown);
		expect(short(await one.poll())).toEqual([`created ${b}`]);
		expect(await one.poll()).toEqual([]);
		expect(errors(one)).toHaveLength(1);
	});

	it('is logged again after an hour', async () => {
		const one = host(both);
		await one.activate();
		await failLists('/gfes/loc_uptown');
		await expect(one.poll()).rejects.toThrow();
		expect(await one.poll()).toEqual([]);
		const later = Date.now() + 3_700_000;
		jest.spyOn(Date, 'now').mockImplementation(() => later);
		expect(await one.poll()).toEqual([]);
		expect(errors(one)).toHaveLength(1);
	});

	it('its own events come when it is back', async () => {
		const one = host(both);
		await one.activate();
		await failLists('/gfes/loc_uptown');
		await expect(one.poll()).rejects.toThrow();
		const [a] = await world.control.add(uptown);
		expect(await one.poll()).toEqual([]);
		await world.control.faults();
		expect(short(await one.poll())).toEqual([`created ${a}`]);
		await failLists('/gfes/loc_uptown');
		await expect(one.poll()).rejects.toThrow();
	});

	it.each(['init', 'leadershipChange'] as const)(
		'at a start of n8n (%s) it does not end the polling, and is shown at the next tick',
		async (activation) => {
			const one = host(both);
			await one.activate();
			await failLists('/gfes/loc_uptown', 401);
			expect(await one.activate(activation)).toEqual([]);
			expect(errors(one)).toHaveLength(1);
			await expect(one.poll()).rejects.toThrow('"loc_uptown" could not be read');
			expect(await one.poll()).toEqual([]);
		},
	);

	it.each(['init', 'leadershipChange'] as const)(
		'at a start of n8n (%s) it does not stop the others either when it was never read',
		async (activation) => {
			const one = host();
			await one.activate();
			const [a] = await world.control.add(downtown);
			await failLists('/gfes/loc_uptown');
			one.node.parameters.locationIds = both.locationIds;
			expect(short(await one.activate(activation))).toEqual([`created ${a}`]);
		},
	);

	it('is shown at the next tick when n8n swallows it at publishing', async () => {
		const one = host(both);
		await one.activate();
		await failLists('/gfes/loc_uptown', 401);
		await expect(one.activate('update')).rejects.toThrow('"loc_uptown" could not be read');
		expect(await one.activate('update')).toEqual([]);
		await expect(one.poll()).rejects.toThrow('"loc_uptown" could not be read');
		expect(await one.poll()).toEqual([]);
	});

	it('is one that does not answer in time, at publishing and by the clock', async () => {
		const one = host(both);
		await one.activate();
		const limits: number[] = [];
		const { timeout } = AbortSignal;
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
			limits.push(ms);
			return timeout.call(AbortSignal, 300);
		});
		const path = '/gfes/loc_uptown';
		await world.control.faults({ match: { path }, kind: 'delay', delayMs: 2000 });
		const [a] = await world.control.add(downtown);
		expect(short(await one.activate('init'))).toEqual([`created ${a}`]);
		await expect(one.poll()).rejects.toThrow('"loc_uptown" could not be read: Spakinect did not');
		// Twice the first, and n8n's pauses, must fit into the 84 s after which it gives a trigger up.
		expect(limits).toEqual([30_000, 240_000]);
		await world.control.faults();
		await world.control.add(uptown);
		expect(await one.poll()).toHaveLength(1);
	});

	it('is one whose visits have no id', async () => {
		const one = host();
		await one.activate();
		const gfes = [{ id: 'g1', status: 'Completed' }];
		const body = { success: true, gfes };
		await world.control.faults({ match: { path: '/gfes/' }, kind: 'status', status: 200, body });
		await expect(one.poll()).rejects.toThrow('none of them has a gfe_id');
	});
});

it('publishing arms although the poll of the version before is still running', async () => {
	const one = host({ events: ['created'] });
	await one.activate();
	await world.control.faults({ match: { path: '/gfes' }, kind: 'delay', delayMs: 400, times: 1 });
	const before = one.poll();
	await new Promise((resolve) => setTimeout(resolve, 100));
	one.node.parameters.locationIds = ['loc_downtown', 'loc_uptown'];
	await one.activate('update');
	expect(await before).toEqual([]);
	const [a] = await world.control.add(uptown);
	expect(short(await one.poll())).toEqual([`created ${a}`]);
});
