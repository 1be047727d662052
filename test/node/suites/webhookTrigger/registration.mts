import { shortenWaits } from '../../support/waits.mts';
import { EMR, useWebhookHosts } from '../../support/webhookWorld.mts';

const { world, deliveries, emr, host } = useWebhookHosts();
shortenWaits();

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

	it.each([
		[['loc_downtown'], [''], ['loc_downtown']],
		[['loc_downtown'], ['loc_uptown'], ['loc_downtown', 'loc_uptown']],
		[['loc_downtown'], ['loc_downtown'], ['loc_downtown']],
		['={{ "loc_downtown,loc_uptown" }}', [''], ['loc_downtown', 'loc_uptown']],
	])('subscribes those chosen from the list (%j) and those typed (%j)', async (...given) => {
		const [locations, locationIds, expected] = given;
		await (await host({ locations, locationIds })).publish();
		expect((await world.control.state()).subscriptions[EMR]).toEqual(expected);
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
		const one = await host();
		const { timeout } = AbortSignal;
		const limit = jest.spyOn(AbortSignal, 'timeout');
		limit.mockImplementation(() => timeout.call(AbortSignal, 100));
		await world.control.faults({ match: { path: '/subscriptions' }, kind: 'delay', delayMs: 200 });
		await expect(one.publish()).rejects.toThrow(/The URL was not registered.*404/);
		limit.mockRestore();
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

	it('200 locations at 300 ms each are published in time, the URL last', async () => {
		const locationIds = Array.from({ length: 200 }, (_, index) => `loc_${index}`);
		const one = await host({ locationIds });
		await world.control.faults(
			{ match: { path: '/subscriptions' }, kind: 'delay', delayMs: 300 },
			{ match: { path: '/subscriptions' }, kind: 'status', status: 200, body: { success: true } },
		);
		await one.publish();
		// n8n waits for 84 s at most. One location after the other takes a minute.
		const { maxInFlight } = await world.control.stats();
		expect((locationIds.length / maxInFlight) * 300).toBeLessThan(20_000);
		const sent = await world.control.sent();
		expect(sent).toHaveLength(201);
		expect(sent.at(-1)).toBe('POST /emr/webhooks');
	});

	describe('what counts as done', () => {
		const text = { kind: 'status', status: 200, body: 'ok' } as const;
		it.each([
			['204', { kind: 'empty', status: 204 }],
			['200 without a body', { kind: 'empty', status: 200 }],
			['plain text', text],
			['202', { kind: 'status', status: 202, body: {} }],
		] as const)('%s, for locations and the URL', async (_, fault) => {
			await world.control.faults(
				{ match: { path: '/subscriptions' }, ...fault },
				{ match: { path: '/webhooks' }, ...fault },
			);
			await (await host()).publish();
			expect(await world.control.sent()).toEqual(['POST /emr/subscriptions', 'POST /emr/webhooks']);
		});

		const said = 'Already subscribed to this location';
		it.each([
			[400, { success: false, error: said }],
			[400, { success: false, error: 'Bad Request', message: said }],
			[409, { message: `${said}.` }],
			[409, said],
			[200, { success: false, message: 'EMR is already subscribed' }],
		])('%p %p for a location', async (status, body) => {
			const match = { path: '/subscriptions' };
			await world.control.faults({ match, kind: 'status', status, body });
			const one = await host();
			await one.publish();
			expect(await deliveries.urlOf(EMR)).toBe(one.productionUrl);
		});

		it.each([
			['/subscriptions', 409, { error: 'Conflict' }],
			['/webhooks', 409, { error: said }],
			['/subscriptions', 200, { success: false }],
			['/webhooks', 200, { success: false }],
		])('not %s %p %p', async (path, status, body) => {
			await world.control.faults({ match: { path }, kind: 'status', status, body });
			await expect((await host()).publish()).rejects.toThrow('could not be');
		});
	});

	describe('a trigger that has worked', () => {
		const both = ['loc_downtown', 'loc_other_emr'];
		const subscribed = async () =>
			(await world.control.requests())
				.filter(({ path }) => path.endsWith('/subscriptions'))
				.map(({ body }) => (body as { location_id: string }).location_id);

		it('subscribes only what is new, and after a refusal only what is missing', async () => {
			const one = await host();
			await one.publish();
			one.node.parameters.locationIds = both;
			for (let attempt = 0; attempt < 2; attempt += 1) {
				await expect(one.publish('update')).rejects.toThrow('Location "loc_other_emr"');
				await one.unpublish();
			}
			one.node.parameters.locationIds = ['loc_downtown', 'loc_uptown'];
			await one.publish('update');
			const refused = ['loc_other_emr', 'loc_other_emr'];
			expect(await subscribed()).toEqual(['loc_downtown', ...refused, 'loc_uptown']);
			expect(await deliveries.urlOf(EMR)).toBe(one.productionUrl);
		});

		it('subscribes all of them with another key', async () => {
			const credentials = emr();
			const one = await host({}, credentials);
			await one.publish();
			await one.publish('update');
			Object.assign(credentials.spakinectApi, { apiKey: 'emr-second-key' });
			one.node.parameters.locationIds = ['loc_other_emr'];
			await one.publish('update');
			Object.assign(credentials.spakinectApi, { apiKey: EMR });
			one.node.parameters.locationIds = ['loc_downtown'];
			await one.publish('update');
			expect(await subscribed()).toEqual(['loc_downtown', 'loc_other_emr', 'loc_downtown']);
			expect(one.saved).not.toContain(EMR);
		});

		it('says what n8n does after a failure, and how to come back', async () => {
			const one = await host({ locationIds: both });
			await expect(one.publish()).rejects.toThrow(/404.*unpublish the workflow and publish it/);
		});
	});

	it.each([
		['503', { kind: 'status', status: 503, times: 4 }],
		['500', { kind: 'status', status: 500, times: 2 }],
		['429', { kind: 'status', status: 429, retryAfter: '6', times: 1 }],
		['lost connections', { kind: 'drop_before', times: 3 }],
	] as const)('is patient with %s', async (_, fault) => {
		const one = await host();
		await world.control.faults({ match: { path: '/subscriptions' }, ...fault });
		await one.publish();
		expect(await deliveries.urlOf(EMR)).toBe(one.productionUrl);
	});

	it('unpublishes without its credential', async () => {
		const one = await host();
		await one.publish();
		const { credentials } = one.node;
		one.node.credentials = {};
		await one.unpublish();
		one.node.credentials = credentials;
		expect(one.logs.filter(({ level }) => level !== 'debug')).toEqual([]);
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
			status: 403,
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

	it.each([
		'https://n8n:5678',
		'https://n8n.local',
		'https://host.docker.internal',
		'https://100.64.0.1',
		'https://[fd12::]',
		'https://[fe80::1]',
		'https://localhost.',
		'https://127.1',
		'https://user:pw@10.0.0.5',
		'https://undefined',
		'https:/',
		'http://n8n.example.com',
	])('refuses to register %s with a production key', async (url) => {
		const one = await host({}, emr({ environment: 'production' }));
		const { url: real } = one;
		one.url = url;
		await expect(one.publish()).rejects.toThrow('Nothing was registered');
		one.url = real;
	});

	it.each(['production', 'staging'])(
		'refuses to register a URL on this machine at %s',
		async (environment) => {
			const one = await host({}, emr({ environment }));
			await expect(one.publish()).rejects.toThrow('Nothing was registered');
		},
	);
});
