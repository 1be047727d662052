import { EMR, useWebhookHosts } from './support/webhookWorld.mts';

const { world, deliveries, emr, host } = useWebhookHosts();

describe('registration', () => {
	it('subscribes every location, then registers the URL', async () => {
		const one = await host({ locationIds: ['loc_downtown', 'loc_uptown'] });
		await one.publish();
		expect(await world.control.sent()).toEqual([
			'POST /emr/subscriptions',
			'POST /emr/subscriptions',
			'POST /emr/webhooks',
		]);
		const { webhooks, subscriptions } = await world.control.state();
		expect(webhooks[EMR]).toBe(one.productionUrl);
		expect(subscriptions[EMR]).toEqual(['loc_downtown', 'loc_uptown']);
	});

	it.each([
		['a comma-separated text', 'loc_downtown, loc_uptown'],
		['an array', ['loc_uptown']],
	])('takes %s of locations from an expression', async (_, locationIds) => {
		await (await host({ locationIds })).publish();
		expect((await world.control.state()).subscriptions[EMR]).toContain('loc_uptown');
	});

	it('names the refused location and leaves the registered URL alone', async () => {
		await deliveries.setUrl(EMR, 'https://live.example/hook');
		const one = await host({ locationIds: ['loc_downtown', 'loc_other_emr'] });
		await expect(one.publish()).rejects.toMatchObject({
			message: expect.stringContaining('Location "loc_other_emr" could not be subscribed'),
			description: expect.stringContaining('Edit Location'),
			httpCode: '403',
		});
		expect(await deliveries.urlOf(EMR)).toBe('https://live.example/hook');
	});

	it('registers nothing after n8n has given up on a publication that took too long', async () => {
		await deliveries.setUrl(EMR, 'https://live.example/hook');
		const one = await host({ locationIds: ['loc_downtown', 'loc_uptown'] });
		const { timeout } = AbortSignal;
		jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout.call(AbortSignal, 100));
		await world.control.faults({ match: { path: '/subscriptions' }, kind: 'delay', delayMs: 200 });
		await expect(one.publish()).rejects.toThrow('The URL was not registered');
		jest.restoreAllMocks();
		expect(await world.control.sent()).toEqual(['POST /emr/subscriptions']);
		expect(await deliveries.urlOf(EMR)).toBe('https://live.example/hook');
	});

	it.each([{ events: [] }, { events: '={{ [] }}' }])(
		'refuses %p, with which every delivery would be ignored',
		async (parameters) => {
			await expect((await host(parameters)).publish()).rejects.toThrow("'Trigger On'");
			const client = {
				spakinectClientApi: { apiKey: 'client-test-key', environment: 'production' },
			};
			const one = await host({ ...parameters, authentication: 'client' }, { ...emr(), ...client });
			await expect(one.publish()).rejects.toThrow("'Trigger On'");
			expect(await world.control.sent()).toEqual([]);
		},
	);

	it('says that it needs a location', async () => {
		await expect((await host({ locationIds: [] })).publish()).rejects.toThrow('Location IDs');
		expect(await world.control.sent()).toEqual([]);
	});

	it('can be repeated after a failure, and after success', async () => {
		const one = await host();
		await world.control.faults({
			match: { path: '/webhooks' },
			kind: 'status',
			status: 500,
			times: 1,
		});
		await expect(one.publish()).rejects.toThrow('The webhook URL could not be registered');
		await one.unpublish();
		await one.publish();
		await one.publish('update');
		expect(await deliveries.urlOf(EMR)).toBe(one.productionUrl);
	});

	it('a restart of n8n takes nothing back from who registered since', async () => {
		const one = await host();
		await one.publish();
		await deliveries.setUrl(EMR, 'https://later.example/hook');
		await one.publish('init');
		expect(await deliveries.urlOf(EMR)).toBe('https://later.example/hook');
		await one.publish('update');
		expect(await deliveries.urlOf(EMR)).toBe(one.productionUrl);
	});

	it('a restart registers what was never registered', async () => {
		const one = await host();
		await one.publish('init');
		expect(await deliveries.urlOf(EMR)).toBe(one.productionUrl);
	});

	it('unpublishing calls nothing: there is nothing that could be removed', async () => {
		const one = await host();
		await one.publish();
		const before = await world.control.sent();
		await one.unpublish();
		expect(await world.control.sent()).toEqual(before);
	});

	it.each([
		['manual registration', { registration: 'manual' }],
		['a Client key', { authentication: 'client' }],
	])('%s calls nothing, on any click', async (_, parameters) => {
		const client = { spakinectClientApi: { apiKey: 'client-test-key', environment: 'production' } };
		const one = await host(parameters, { ...emr({ environment: 'production' }), ...client });
		await one.publish();
		await one.listen();
		await one.stopListening();
		await one.unpublish();
		expect(await world.control.sent()).toEqual([]);
	});

	it.each(['production', 'staging'])(
		'refuses to register a URL on this machine at %s',
		async (environment) => {
			const one = await host({}, emr({ environment }));
			await expect(one.publish()).rejects.toThrow('Nothing was registered');
		},
	);
});
