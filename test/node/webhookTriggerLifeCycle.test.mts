import { BODY, DATA, EMR, useWebhookHosts, VISIT } from './support/webhookWorld.mts';

const { world, deliveries, emr, host, send } = useWebhookHosts();

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

describe('"Listen for test event"', () => {
	it('registers the test URL and, when it ends, the production URL', async () => {
		const one = await host();
		await one.listen();
		expect(await deliveries.urlOf(EMR)).toBe(one.testUrl);
		await one.stopListening();
		expect(await deliveries.urlOf(EMR)).toBe(one.productionUrl);
		expect(one.saved).toBe('{}');
	});

	it('passes one event on, then restores', async () => {
		const one = await host();
		await one.publish();
		await one.listen();
		const [id] = await world.control.add(VISIT);
		const [delivery] = await deliveries.complete(id!);
		expect(delivery?.url).toBe(one.testUrl);
		expect(one.executions).toHaveLength(1);
		await one.listenerEnded();
		expect(await deliveries.urlOf(EMR)).toBe(one.productionUrl);
	});

	it('keeps listening after a forged or foreign delivery', async () => {
		const one = await host();
		await one.listen();
		expect((await send(one, { signature: 'wrong' }, one.testUrl)).status).toBe(401);
		const foreign = { ...BODY, data: { ...DATA, location_id: 'loc_uptown' } };
		expect((await send(one, { body: foreign }, one.testUrl)).answer).toHaveProperty('ignored');
		expect(await send(one, {}, one.testUrl)).toMatchObject({ status: 200, runs: 1 });
	});

	it('shows the same delivery as often as somebody listens', async () => {
		const one = await host();
		for (const runs of [1, 2]) {
			await one.listen();
			expect(await send(one, {}, one.testUrl)).toMatchObject({ status: 200, runs });
		}
	});

	it('refuses with a production credential, and says why', async () => {
		const one = await host({}, emr({ environment: 'production' }));
		await expect(one.listen()).rejects.toMatchObject({
			message: expect.stringContaining('Test listening was not started'),
			description: expect.stringContaining("'Register Test URL'"),
		});
	});

	it('registers nothing when told never to', async () => {
		const one = await host({ options: { registerTestUrl: 'never' } });
		await one.listen();
		expect(await send(one, {}, one.testUrl)).toMatchObject({ status: 200, runs: 1 });
		expect(await world.control.sent()).toEqual([]);
	});

	it('does not restore when told not to', async () => {
		const one = await host({ options: { restoreProductionUrl: false } });
		await one.listen();
		await one.stopListening();
		expect(await deliveries.urlOf(EMR)).toBe(one.testUrl);
	});

	it('restores although the answer to the registration was lost', async () => {
		const one = await host();
		await world.control.faults({ match: { path: '/webhooks' }, kind: 'drop_after', times: 1 });
		await expect(one.listen()).rejects.toThrow('could not be registered');
		expect(await deliveries.urlOf(EMR)).toBe(one.productionUrl);
	});

	it('a failed restore does not throw, which would leave n8n a dead listener; it is logged', async () => {
		const one = await host();
		await one.listen();
		await world.control.faults({ match: { path: '/webhooks' }, kind: 'status', status: 500 });
		await one.stopListening();
		expect(one.logs.at(-1)).toMatchObject({
			level: 'error',
			message: expect.stringContaining('could not be registered again'),
		});
	});

	describe('with endpoint names from which the production URL cannot be told', () => {
		const endpoints = { production: 'hooks', test: 'try' };

		it('says so in the log and guesses nothing', async () => {
			const one = await host({}, emr(), { endpoints });
			await one.listen();
			await one.stopListening();
			expect(one.logs).toContainEqual({
				level: 'warn',
				message: expect.stringContaining('the production URL cannot be told'),
			});
			expect(await deliveries.urlOf(EMR)).toBe(one.testUrl);
		});

		it('restores when this process has published the workflow', async () => {
			const one = await host({}, emr(), { endpoints });
			await one.publish();
			await one.listen();
			await one.stopListening();
			expect(await deliveries.urlOf(EMR)).toBe(one.productionUrl);
		});
	});
});
