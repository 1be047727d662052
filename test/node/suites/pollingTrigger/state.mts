import type { PollingHost } from '../../support/pollingHost.mts';
import { DONE, downtown, short, uptown, usePolling } from '../../support/pollingWorld.mts';
import { KEYS } from '../../support/world.mts';

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

describe('Include Existing', () => {
	const existing = { options: { emitExisting: true } };
	const published = async (parameters: object = existing) => {
		const [a] = await world.control.add({ ...downtown, ...DONE });
		const one = host({ events: ['completed'], ...parameters });
		expect(short(await one.activate())).toEqual([`completed ${a}`]);
		return { one, a };
	};

	it('emits nothing again after renaming the node, and nothing is lost', async () => {
		const { one } = await published();
		const [b] = await world.control.add({ ...downtown, ...DONE });
		one.node.name = 'Renamed';
		expect(short(await one.activate('update'))).toEqual([`completed ${b}`]);
		one.node.name = 'Trigger';
		expect(await one.activate('update')).toEqual([]);
		expect(await one.activate('init')).toEqual([]);
	});

	it('emits nothing again when the node was renamed while unpublished and n8n restarted', async () => {
		const { one } = await published();
		const after = host({ ...existing, events: ['completed'] });
		Object.assign(after.node, { id: one.node.id, name: 'Renamed' });
		after.saved = one.saved;
		expect(await after.activate()).toEqual([]);
		expect(after.logs.filter(({ level }) => level === 'warn')).toHaveLength(1);
		const [b] = await world.control.add({ ...downtown, ...DONE });
		expect(short(await after.poll())).toEqual([`completed ${b}`]);
	});

	it('leaves alone what the user keeps in static data, and without the option adds nothing', async () => {
		const mine = { seen: ['x'] };
		const one = host(existing);
		one.saved = JSON.stringify({ global: mine });
		await one.activate();
		expect(JSON.parse(one.saved)).toMatchObject({ global: mine });
		const other = host();
		await other.activate();
		expect(Object.keys(JSON.parse(other.saved) as object)).toEqual(['node:Trigger']);
	});

	it.each<[string, (one: PollingHost) => void]>([
		['a location', ({ node }) => (node.parameters.locationIds = ['loc_uptown'])],
		['the kind of key', ({ node }) => (node.parameters.authentication = 'client')],
	])('emits nothing again after changing %s and changing it back', async (_, change) => {
		const { one } = await published();
		const before = structuredClone(one.node.parameters);
		change(one);
		expect(await one.activate('update')).toEqual([]);
		one.node.parameters = before;
		expect(await one.activate('update')).toEqual([]);
	});

	it('emits nothing again with another Client credential of the account', async () => {
		const { one } = await published({ ...existing, authentication: 'client' });
		one.node.credentials!.spakinectClientApi!.id = 'c-renewed';
		const [b] = await world.control.add({ ...uptown, ...DONE });
		expect(short(await one.activate('update'))).toEqual([`completed ${b}`]);
		expect(await one.activate('init')).toEqual([]);
	});

	it('emits the visits of a location that is added', async () => {
		const { one } = await published();
		const [b] = await world.control.add({ ...uptown, ...DONE });
		one.node.parameters.locationIds = ['loc_downtown', 'loc_uptown'];
		expect(short(await one.activate('update'))).toEqual([`completed ${b}`]);
	});
});

it('another Client credential whose list shares no visit arms anew', async () => {
	const one = host({ authentication: 'client', events: ['completed'] });
	await one.activate();
	one.node.credentials!.spakinectClientApi!.id = 'c-other';
	const [a] = await world.control.add({ ...downtown, ...DONE });
	expect(await one.activate('update')).toEqual([]);
	await world.control.edit(a!, { approved_treatments: [], deferred_treatments: ['Botox'] });
	one.node.parameters.events = ['decisionsChanged'];
	expect(short(await one.poll())).toEqual([`decisionsChanged ${a}`]);
});

describe('what keeps every poll from starting', () => {
	const broken: Array<[string, (one: PollingHost) => () => void]> = [
		[
			'a deleted credential',
			({ credentials }) => {
				const { spakinectApi } = credentials;
				delete credentials.spakinectApi;
				return () => (credentials.spakinectApi = spakinectApi!);
			},
		],
		[
			'a base URL that cannot be used',
			({ credentials }) => {
				const { spakinectApi } = credentials;
				credentials.spakinectApi = { ...spakinectApi, baseUrl: 'http://example.com' };
				return () => (credentials.spakinectApi = spakinectApi!);
			},
		],
		[
			'an expression that gives no location',
			({ node }) => {
				const { locationIds } = node.parameters;
				node.parameters.locationIds = [];
				return () => (node.parameters.locationIds = locationIds);
			},
		],
	];

	it.each(broken)('%s is shown once, then quiet, and over when it is mended', async (_, cause) => {
		const one = host({ events: ['created'] });
		await one.activate();
		const mend = cause(one);
		await expect(one.poll()).rejects.toThrow();
		expect(await one.poll()).toEqual([]);
		expect(await one.poll()).toEqual([]);
		const later = Date.now() + 3_700_000;
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => later);
		expect(await one.poll()).toEqual([]);
		expect(errors(one)).toHaveLength(1);
		clock.mockRestore();
		mend();
		const [a] = await world.control.add(downtown);
		expect(short(await one.poll())).toEqual([`created ${a}`]);
	});

	it.each(broken)('%s at a start of n8n does not end the polling', async (_, cause) => {
		const one = host({ events: ['created'] });
		await one.activate();
		const mend = cause(one);
		expect(await one.activate('init')).toEqual([]);
		expect(errors(one)).toHaveLength(1);
		await expect(one.poll()).rejects.toThrow();
		mend();
		const [a] = await world.control.add(downtown);
		expect(short(await one.poll())).toEqual([`created ${a}`]);
	});

	it.each(broken)('%s refuses a first publication at every attempt', async (_, cause) => {
		const one = host();
		cause(one);
		for (let attempt = 0; attempt < 5; attempt += 1) await expect(one.activate()).rejects.toThrow();
	});
});

describe('completed first, decisions a poll later', () => {
	it.each(['emr', 'client'])('%s: incomplete, then completed again', async (authentication) => {
		const [a] = await world.control.add(downtown, { ...downtown, ...DONE });
		const one = host({ authentication, events: ['completed', 'decisionsChanged'] });
		await one.activate();
		const { approved_treatments, ...undecided } = DONE;
		await world.control.edit(a!, undecided);
		const [first] = await one.poll();
		expect(first).toMatchObject({ event: 'completed', gfe_id: a, incomplete: true });
		expect(first).toMatchObject({ all_approved: false, approved_treatments: [] });
		expect(await one.poll()).toEqual([]);
		await world.control.edit(a!, { approved_treatments });
		const [second] = await one.poll();
		expect(second).toMatchObject({ event: 'completed', gfe_id: a, all_approved: true });
		expect(second).not.toHaveProperty('incomplete');
		expect(second!.event_id).not.toBe(first!.event_id);
		expect(await one.poll()).toEqual([]);
	});
});

it('a list that holds a GFE twice, the old row first, reports the completion', async () => {
	const one = host({ events: ['completed'] });
	const rows = (...gfes: object[]) =>
		world.control.faults({
			match: { path: '/gfes/' },
			kind: 'status',
			status: 200,
			body: { success: true, gfes },
		});
	const old = { gfe_id: 'g1', status: 'Processing' };
	await rows(old);
	await one.activate();
	await rows(old, { gfe_id: 'g1', ...DONE });
	expect(await one.poll()).toMatchObject([
		{ event: 'completed', gfe_id: 'g1', all_approved: true },
	]);
	await rows({ gfe_id: 'g1', ...DONE }, old);
	expect(await one.poll()).toEqual([]);
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

	it('looks through all locations for a visit that fits, and does not invent one', async () => {
		const locationIds = ['loc_uptown', 'loc_downtown'];
		const one = host({ locationIds, events: ['completed'] });
		await world.control.add(uptown);
		await expect(one.pollManually()).rejects.toThrow('There is no sample');
		const [a] = await world.control.add({ ...downtown, ...DONE });
		expect(short(await one.pollManually())).toEqual([`completed ${a}`]);
		await failLists('/gfes/loc_uptown');
		expect(short(await one.pollManually())).toEqual([`completed ${a}`]);
	});

	it('does not invent an event with a Client key either', async () => {
		await world.control.add({ ...downtown, ...DONE, approved_treatments: [] });
		const one = host({ authentication: 'client', events: ['decisionsChanged'] });
		await expect(one.pollManually()).rejects.toThrow('There is no sample');
	});

	it('says when there is nothing to show, and why a location failed', async () => {
		await expect(host().pollManually()).rejects.toThrow('There is no sample');
		const one = host({ locationIds: ['loc_other_emr', 'loc_downtown'] });
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

	/** n8n's attempts at publishing: after a failed one it tries again. */
	const publish = async (one: PollingHost): Promise<object[]> => {
		try {
			return await one.activate('update');
		} catch {
			return await one.activate('update');
		}
	};

	it.each([
		['in the same process', (one: PollingHost) => one],
		[
			'after a restart of n8n',
			(one: PollingHost) => {
				const after = host(both);
				after.node.id = `${one.node.id}-after`;
				after.saved = one.saved;
				return after;
			},
		],
	])('a new one does not stop the others when the trigger worked before, %s', async (_, then) => {
		const before = host();
		await before.activate();
		const [a] = await world.control.add(downtown);
		const one = then(before);
		one.node.parameters.locationIds = ['loc_downtown', 'loc_other_emr'];
		one.node.parameters.output = 'raw';
		expect(short(await publish(one))).toEqual([`created ${a}`]);
		await expect(one.poll()).rejects.toThrow('"loc_other_emr" could not be read');
		const [b] = await world.control.add(downtown);
		expect(short(await one.poll())).toEqual([`created ${b}`]);
	});

	it.each([
		['nothing was read before', undefined, ['loc_downtown', 'loc_other_emr']],
		['it is the only one', ['loc_downtown'], ['loc_other_emr']],
	])('a new one is refused when %s', async (_, before, locationIds) => {
		const one = host();
		if (before !== undefined) await one.activate();
		one.node.parameters.locationIds = locationIds;
		await expect(publish(one)).rejects.toThrow('"loc_other_emr" could not be read');
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
		await expect(one.poll()).rejects.toThrow('no visit has a gfe_id');
	});
});

it('publishing arms although the poll of the version before is still running', async () => {
	const one = host({ events: ['created'] });
	await one.activate();
	await world.control.faults({ match: { path: '/gfes' }, kind: 'delay', delayMs: 400, times: 1 });
	const sent = (await world.control.sent()).length;
	const before = one.poll();
	while ((await world.control.sent()).length === sent)
		await new Promise((resolve) => setTimeout(resolve, 5));
	one.node.parameters.locationIds = ['loc_downtown', 'loc_uptown'];
	await one.activate('update');
	expect(await before).toEqual([]);
	const [a] = await world.control.add(uptown);
	expect(short(await one.poll())).toEqual([`created ${a}`]);
});
