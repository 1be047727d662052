import { shortenWaits } from '../../support/waits.mts';
import { BODY, DATA, EMR, useWebhookHosts, VISIT } from '../../support/webhookWorld.mts';

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

	it('says that a URL was only derived from the test URL, and how to be sure', async () => {
		const one = await host();
		await one.listen();
		await one.stopListening();
		expect(one.logs).toEqual([
			{ level: 'warn', message: expect.stringMatching(/derived.*may not exist.*Unpublish/) },
		]);
	});

	it('refuses with a production credential, and says why', async () => {
		const one = await host({}, emr({ environment: 'production' }));
		await expect(one.listen()).rejects.toMatchObject({
			message: expect.stringMatching(/Test listening was not started.*'Register Test URL'/),
			description: expect.stringContaining('Never'),
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

	it('listens although the answer to the first registration was lost', async () => {
		const one = await host();
		await world.control.faults({ match: { path: '/webhooks' }, kind: 'drop_after', times: 1 });
		await one.listen();
		expect(await deliveries.urlOf(EMR)).toBe(one.testUrl);
	});

	const registrations = async () =>
		(await world.control.sent()).filter((line) => line.includes('/webhooks')).length;

	it.each([
		['a lost answer', { kind: 'drop_after' }],
		['408, which may come after the work', { kind: 'status', status: 408 }],
		['500', { kind: 'status', status: 500 }],
	] as const)('restores after a registration that ended with %s', async (_, fault) => {
		const one = await host();
		await one.publish();
		await deliveries.setUrl(EMR, one.testUrl);
		const before = await registrations();
		const limit = new AbortController();
		const timeout = jest.spyOn(AbortSignal, 'timeout').mockImplementationOnce(() => limit.signal);
		await world.control.faults({ match: { path: '/webhooks' }, ...fault, times: 1 });
		const listening = expect(one.listen()).rejects.toThrow(/not be registered|was not registered/);
		// Repeating it may outlast the limit. It ends once the first request has arrived.
		while ((await registrations()) === before) await new Promise((done) => setTimeout(done, 5));
		limit.abort(new DOMException('', 'TimeoutError'));
		await listening;
		timeout.mockRestore();
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

	describe('while Spakinect is out of order', () => {
		shortenWaits();
		it('tries the restore again', async () => {
			const one = await host();
			await one.publish();
			await one.listen();
			const match = { path: '/webhooks' };
			await world.control.faults({ match, kind: 'status', status: 503, times: 4 });
			await one.stopListening();
			expect(await deliveries.urlOf(EMR)).toBe(one.productionUrl);
		});
	});

	it('a failed restore does not throw, which would leave n8n a dead listener; it is logged', async () => {
		const one = await host();
		await one.listen();
		await world.control.faults({ match: { path: '/webhooks' }, kind: 'status', status: 403 });
		await one.stopListening();
		expect(one.logs.at(-1)).toMatchObject({
			level: 'error',
			message: expect.stringMatching(/could not be registered again.*Unpublish.*publish/),
		});
	});

	describe('beside other workflows on the key', () => {
		it('the URL that was registered last comes back, not that of the tested workflow', async () => {
			const [live, draft] = [await host(), await host()];
			await live.publish();
			await draft.listen();
			await draft.stopListening();
			expect(await deliveries.urlOf(EMR)).toBe(live.productionUrl);
			expect((await send(live)).runs).toBe(1);
		});

		it('of an unpublished workflow nothing comes back', async () => {
			const [first, second, draft] = [await host(), await host(), await host()];
			await first.publish();
			await second.publish();
			await second.unpublish();
			await draft.listen();
			await draft.stopListening();
			expect(await deliveries.urlOf(EMR)).toBe(first.productionUrl);
		});

		it('another key does not count', async () => {
			const other = await host(
				{ locationIds: ['loc_other_emr'] },
				emr({ apiKey: 'emr-second-key' }),
			);
			await other.publish();
			const draft = await host();
			await draft.listen();
			await draft.stopListening();
			expect(await deliveries.urlOf(EMR)).toBe(draft.productionUrl);
		});

		it('publishing over another workflow is said in the log', async () => {
			const [first, second] = [await host(), await host()];
			await first.publish();
			await first.publish('update');
			expect(first.logs).toEqual([]);
			await second.publish();
			expect(second.logs).toEqual([
				{
					level: 'warn',
					message: expect.stringMatching(/replaced the webhook URL.*gets no events/),
				},
			]);
		});
	});

	describe('with endpoint names from which the production URL does not follow', () => {
		const endpoints = { production: 'hooks', test: 'try' };

		it('says so in the log and guesses nothing', async () => {
			const one = await host({}, emr(), { endpoints });
			await one.listen();
			await one.stopListening();
			expect(one.logs).toContainEqual({
				level: 'warn',
				message: expect.stringMatching(/still sends to the test URL.*Unpublish/),
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

		it('restores when a production delivery has come', async () => {
			const one = await host({}, emr(), { endpoints });
			expect(await send(one)).toMatchObject({ status: 200, runs: 1 });
			await one.listen();
			await one.stopListening();
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
