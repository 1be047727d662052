import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { expectPrivate, QUOTING } from '../support/patient.mts';
import { succeeded, useSimulator } from '../support/world.mts';
import { Spakinect } from '../../../nodes/Spakinect/Spakinect.node';

const world = useSimulator();

describe('treatment: getAll', () => {
	const list = (parameters: object = {}, key: 'emr' | 'client' = 'emr') =>
		world.run(key, 'treatment', 'getAll', { returnAll: true, ...parameters });

	it.each(['emr', 'client'] as const)('the catalog with the %s key', async (key) => {
		const json = succeeded(await list({}, key));
		expect(json).toHaveLength(32);
		expect(json[0]).toEqual({ id: 'trt_botox', name: 'Botox' });
		expect(succeeded(await list({ returnAll: false, limit: 3 }, key))).toEqual(json.slice(0, 3));
	});

	it('the favorites of a location', async () => {
		const favorites = { source: 'favorites', locationId: 'loc_downtown' };
		expect(succeeded(await list(favorites)).map(({ name }) => name)).toEqual([
			'Botox',
			'Dermal Filler',
			'Laser Hair Removal',
		]);
		expect((await world.control.requests())[0]?.query).toEqual({
			type: 'favorites',
			location_id: 'loc_downtown',
		});
	});

	it.each(['200', '404'] as const)('no favorites (%s) are no items', async (treatmentsEmpty) => {
		await world.control.settings({ treatmentsEmpty });
		expect(succeeded(await list({ source: 'favorites', locationId: 'loc_uptown' }))).toEqual([]);
	});

	it('an unknown location is an error, not an empty list', async () => {
		const { error } = await list({ source: 'favorites', locationId: 'nowhere' });
		expect(error?.httpCode).toBe('404');
	});

	it('a source left over from an EMR key does not reach the Client API', async () => {
		const favorites = { source: 'favorites', locationId: 'loc_downtown' };
		expect(succeeded(await list(favorites, 'client'))).toHaveLength(32);
		expect((await world.control.requests())[0]?.query).toEqual({});
	});
});

describe('location: subscribe', () => {
	const subscribe = (locationId: string) =>
		world.run('emr', 'location', 'subscribe', { locationId });

	it('again does no harm', async () => {
		for (const message of [
			'Successfully subscribed to location',
			'Already subscribed to this location',
		]) {
			expect(succeeded(await subscribe('loc_uptown'))).toEqual([
				{ location_id: 'loc_uptown', subscribed: true, message },
			]);
		}
		expect((await world.control.state()).subscriptions['emr-test-key']).toEqual(['loc_uptown']);
	});

	it.each([
		['loc_other_emr', '403'],
		['nowhere', '404'],
	])('%s: %s', async (locationId, httpCode) => {
		expect((await subscribe(locationId)).error?.httpCode).toBe(httpCode);
	});
});

describe('webhook: register', () => {
	const register = (webhookUrl: string) => world.run('emr', 'webhook', 'register', { webhookUrl });

	it('shows what a registration replaced, above the output', async () => {
		const hints = async (url: string) =>
			((await register(url)).run.data.resultData.runData.Spakinect ?? []).flatMap(
				(run) => run.hints ?? [],
			);
		await hints('https://n8n.example.com/webhook/first');
		const replaced = expect.stringMatching(/^This replaced the webhook URL.*gets no events now/);
		expect(await hints('https://n8n.example.com/webhook/second')).toEqual([
			expect.objectContaining({ type: 'warning', message: replaced }),
		]);
		expect(await hints('https://n8n.example.com/webhook/second')).toEqual([]);
	});

	it.each([
		'https://n8n.example.com/webhook/abc',
		'https://n8n.example.com',
		'https://user:pass@n8n.example.com:8443/a/b?c=d&e=%20#f',
		'http://localhost:5678/webhook/abc',
		'http://[::1]:5678/webhook',
	])('%s', async (url) => {
		expect(succeeded(await register(` ${url} `))).toEqual([
			{ url, registered: true, message: 'Webhook URL updated successfully' },
		]);
		expect((await world.control.state()).webhooks['emr-test-key']).toBe(url);
	});

	it.each([
		'http://n8n.example.com/webhook',
		'https://n8n:5678/webhook',
		'https://n8n.local/webhook',
		'https://n8n.internal/webhook',
		'https://10.0.0.5/webhook',
		'https://user:pw@10.0.0.5/webhook',
		'https://100.64.0.1/webhook',
		'https://[fd12::]/webhook',
		'https:///webhook',
		'https://undefined/webhook',
		'https://n8n.example.com/webhook/undefined',
		'https://n8n.example.com/webhook/a?key=null',
		'https://n8n.example.com/webhook/%5Bobject%20Object%5D',
		'n8n.example.com',
		'https://',
		'https://[/x',
		'https://n8n.example.com/a b',
		'https://n8n.example.com/wébhook',
		'https://n8n.example.com/<id>',
		'https://n8n.example.com/%zz',
		'ftp://n8n.example.com',
		'={{ "" }}',
	])('%s is refused before it is sent', async (url) => {
		expect((await register(url)).error?.message).toContain("'Webhook URL'");
		expect(await world.control.sent()).toEqual([]);
	});
});

it.each([
	['location', 'subscribe', { locationId: 'loc_downtown' }],
	['webhook', 'register', { webhookUrl: 'https://n8n.example.com/x' }],
	['atHomeVisit', 'cancel', { gfeId: 'v1' }],
])(
	'%s: %s is refused with a Client key before anything is sent',
	async (resource, operation, parameters) => {
		const { error } = await world.run('client', resource, operation, parameters);
		expect(error?.message).toContain('needs an EMR API key');
		expect(await world.control.sent()).toEqual([]);
	},
);

it.each([
	['nothing', 'get'],
	['gfe', 'nothing'],
	['gfe', '__CUSTOM_API_CALL__'],
])('%s: %s does not exist', async (resource, operation) => {
	expect((await world.run('emr', resource, operation)).error?.message).toContain("'Operation'");
});

it('a wrong key is told what to do, without the key', async () => {
	await world.control.faults({
		match: { path: '/treatments' },
		kind: 'status',
		status: 401,
		body: QUOTING,
	});
	const result = await world.run('emr', 'treatment', 'getAll', {}, { apiKey: 'emr-test-key ' });
	expect(result.error).toMatchObject({ httpCode: '401' });
	expect(result.error?.description).toContain('paste the key again');
	expectPrivate(result);
});

describe('the location list', () => {
	const search = (locations: unknown, filter?: string, authentication = 'emr') => {
		const asked: string[] = [];
		const context = {
			getCurrentNodeParameter: () => authentication,
			getCredentials: async (type: string) => {
				asked.push(type);
				return { locations };
			},
		};
		const { getLocations } = new Spakinect().methods.listSearch;
		const found = getLocations.call(context as unknown as ILoadOptionsFunctions, filter);
		return { found, asked };
	};
	const LINES = 'Uptown: loc_uptown\nDowntown: loc_downtown';
	const [DOWNTOWN, UPTOWN] = ['Downtown', 'Uptown'].map((name) => ({
		name,
		value: `loc_${name.toLowerCase()}`,
	}));

	it.each([
		[LINES, undefined, [DOWNTOWN, UPTOWN]],
		[LINES, ' UP ', [UPTOWN]],
		[LINES, 'loc_down', [DOWNTOWN]],
		[LINES, 'harbor', []],
		[undefined, undefined, []],
	])('of %j with the filter %j', async (lines, filter, results) => {
		expect(await search(lines, filter).found).toEqual({ results });
	});

	it('comes from the credential of the chosen key', () => {
		expect(search(LINES, '', 'client').asked).toEqual(['spakinectClientApi']);
		expect(search(LINES).asked).toEqual(['spakinectApi']);
	});
});

it.each([
	['plain text', 'loc_downtown'],
	['a text with spaces', ' loc_downtown '],
	['an expression', '={{ "loc_downtown" }}'],
	['an ID in the locator', { __rl: true, mode: 'id', value: 'loc_downtown' }],
	[
		'a choice from the list',
		{ __rl: true, mode: 'list', value: 'loc_downtown', cachedResultName: 'Downtown' },
	],
	['an expression in the locator', { __rl: true, mode: 'id', value: '={{ "loc_" + "downtown" }}' }],
	['a locator without its mark, as an AI writes it', { mode: 'id', value: 'loc_downtown' }],
	['an expression that gives a locator', '={{ ({ mode: "id", value: "loc_downtown" }) }}'],
])('the location as %s', async (_, locationId) => {
	const { error } = await world.run('emr', 'location', 'subscribe', { locationId });
	expect(error).toBeUndefined();
	expect((await world.control.requests())[0]?.body).toEqual({ location_id: 'loc_downtown' });
});

it.each([
	['blanks', '  '],
	['blanks in the locator', { __rl: true, mode: 'id', value: ' ' }],
	['an expression that finds nothing', { __rl: true, mode: 'id', value: '={{ $json.nowhere }}' }],
])('no location in %s', async (_, locationId) => {
	const { error } = await world.run('emr', 'location', 'subscribe', { locationId });
	expect(error?.message).toBe("'Location ID' is empty");
});

describe('the treatment picker', () => {
	const options = (parameters: Record<string, unknown>) => {
		const context = {
			getNode: () => ({ name: 'Spakinect' }),
			getCurrentNodeParameter: (name: string) => parameters[name],
			getCredentials: async () => ({ environment: 'custom', baseUrl: world.sim.emrUrl }),
			helpers: {
				httpRequestWithAuthentication: async (
					_type: string,
					{ url, qs }: { url: string; qs?: Record<string, string> },
				) => {
					const response = await fetch(`${url}?${new URLSearchParams(qs).toString()}`, {
						headers: { 'x-api-key': 'emr-test-key' },
					});
					return { statusCode: response.status, headers: {}, body: await response.json() };
				},
			},
		};
		const { getTreatments } = new Spakinect().methods.loadOptions;
		return getTreatments.call(context as unknown as ILoadOptionsFunctions);
	};

	it('has the favorites of the location first, each treatment once', async () => {
		const found = await options({ authentication: 'emr', locationId: ' loc_downtown ' });
		const locator = { __rl: true, mode: 'list', value: 'loc_downtown' };
		expect(await options({ authentication: 'emr', locationId: locator })).toEqual(found);
		const favorite = 'Favorite of this location';
		expect(found.slice(0, 4)).toEqual([
			{ name: 'Botox', value: 'Botox', description: favorite },
			{ name: 'Dermal Filler', value: 'Dermal Filler', description: favorite },
			{ name: 'Laser Hair Removal', value: 'Laser Hair Removal', description: favorite },
			{ name: 'Body Contouring', value: 'Body Contouring' },
		]);
		expect(new Set(found.map(({ value }) => value)).size).toBe(32);
		expect(found).toHaveLength(32);
	});

	it.each(['', 'nowhere', '={{ $json.location }}', undefined])(
		'is the whole catalog with the location %j',
		async (locationId) => {
			expect(await options({ authentication: 'emr', locationId })).toHaveLength(32);
			const favoriteCalls = (await world.control.requests()).filter(({ query }) => query.type);
			expect(favoriteCalls).toHaveLength(locationId === 'nowhere' ? 1 : 0);
		},
	);
});
