import { BODY, DATA, EMR, useWebhookHosts, VISIT } from './support/webhookWorld.mts';

const { world, deliveries, emr, host, send } = useWebhookHosts();

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

	it('refuses with a custom base URL that may lead to production', async () => {
		const baseUrl = 'https://us-central1-spakinect-app.cloudfunctions.net/emr';
		const one = await host({}, emr({ baseUrl }));
		await expect(one.listen()).rejects.toThrow('Test listening was not started');
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
		await world.control.faults({ match: { path: '/webhooks' }, kind: 'drop_after', times: 4 });
		await expect(one.listen()).rejects.toThrow('could not be registered');
		expect(await deliveries.urlOf(EMR)).toBe(one.productionUrl);
	});

	it.each([
		['a location', '/subscriptions'],
		['the URL', '/webhooks'],
	])('changes nothing when %s is refused', async (_, path) => {
		await deliveries.setUrl(EMR, 'https://live.example/hook');
		const one = await host();
		await world.control.faults({ match: { path }, kind: 'status', status: 403 });
		await expect(one.listen()).rejects.toThrow('could not be');
		await world.control.faults();
		await one.stopListening();
		expect(await deliveries.urlOf(EMR)).toBe('https://live.example/hook');
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

		it('restores when the event has come, with which n8n names the production URL', async () => {
			const one = await host({}, emr(), { endpoints });
			await one.listen();
			expect(await send(one, {}, one.testUrl)).toMatchObject({ status: 200, runs: 1 });
			await one.listenerEnded();
			expect(await deliveries.urlOf(EMR)).toBe(one.productionUrl);
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
