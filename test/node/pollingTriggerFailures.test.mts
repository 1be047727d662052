import type { PollingHost } from './support/pollingHost.mts';
import { downtown, short, uptown, usePolling } from './support/pollingWorld.mts';

const { world, host, failLists } = usePolling();

const errors = (one: PollingHost) => one.logs.filter(({ level }) => level === 'error');
afterEach(() => void jest.restoreAllMocks());

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

	it('an outage at a restart of n8n does not end the polling: its second attempt goes through', async () => {
		const one = host(both);
		await one.activate();
		await failLists('/gfes/loc_uptown');
		await expect(one.activate('init')).rejects.toThrow();
		expect(await one.activate('init')).toEqual([]);
	});
});
