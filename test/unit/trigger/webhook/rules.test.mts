import {
	productionUrlFrom,
	reachedEnvironment,
	subscribeThenRegister,
	testDecision,
	unusableUrl,
} from '../../../../nodes/Spakinect/trigger/webhook/registration/rules';

describe('testDecision: may "Listen for test event" take the one URL over?', () => {
	it.each([
		['stagingOnly', 'production', 'refuse'],
		['stagingOnly', 'staging', 'register'],
		['stagingOnly', 'custom', 'register'],
		['always', 'production', 'register'],
		['never', 'production', 'listenOnly'],
		['never', 'staging', 'listenOnly'],
	] as const)('%s with %s: %s', (policy, environment, expected) => {
		expect(testDecision(policy, environment)).toBe(expected);
	});
});

describe('reachedEnvironment: whose events does a custom base URL concern?', () => {
	it.each([
		['production', 'https://us-central1-spakinect-app.cloudfunctions.net/emr', 'production'],
		['staging', 'https://us-central1-spakinect-staging.cloudfunctions.net/emr', 'staging'],
		['custom', 'https://us-central1-spakinect-app.cloudfunctions.net/emr', 'production'],
		['custom', 'https://US-Central1-Spakinect-Staging.cloudfunctions.net/emr', 'staging'],
		['custom', 'https://api-gateway.example/spakinect', 'production'],
		['custom', 'http://127.0.0.1:4000/emr', 'custom'],
		['custom', 'http://localhost:4000/emr', 'custom'],
		['custom', 'http://[::1]:4000/emr', 'custom'],
		['custom', 'https://localhost/emr', 'custom'],
	] as const)('%s, %s: %s', (environment, baseUrl, expected) => {
		expect(reachedEnvironment(environment, baseUrl)).toBe(expected);
	});
});

describe('productionUrlFrom', () => {
	it.each([
		['https://n8n.example/webhook-test/abc/webhook', 'https://n8n.example/webhook/abc/webhook'],
		[
			'https://example.com/n8n/webhook-test/abc/webhook',
			'https://example.com/n8n/webhook/abc/webhook',
		],
		['https://n8n.example/webhook/abc/webhook', undefined],
		['https://n8n.example/my-test-hooks/abc/webhook', undefined],
		['https://n8n.example/webhook-test/webhook-test/x', undefined],
		['', undefined],
	])('%s', (testUrl, expected) => expect(productionUrlFrom(testUrl)).toBe(expected));
});

describe('unusableUrl', () => {
	it.each([
		'http://localhost:5678/webhook/a',
		'https://localhost/webhook/a',
		'http://127.0.0.1:5678/webhook/a',
		'http://0.0.0.0:5678/webhook/a',
		'http://[::1]:5678/webhook/a',
		'http://n8n.localhost/webhook/a',
		'http://n8n.example/webhook/a',
		'https://192.168.1.5/webhook/a',
		'https://10.0.0.7:8443/webhook/a',
		'https://172.20.1.1/webhook/a',
		'https://169.254.1.1/webhook/a',
		'',
		undefined,
	])('%s would replace a working URL by a dead or unprotected one', (url) => {
		expect(unusableUrl(url, 'production')).toEqual(expect.any(String));
		expect(unusableUrl(url, 'staging')).toEqual(expect.any(String));
	});

	it.each([
		'https://n8n.example/webhook/a',
		'https://localhost.example.com/webhook/a',
		'https://10.example.com/webhook/a',
		'https://172.32.1.1/webhook/a',
	])('%s is fine', (url) => expect(unusableUrl(url, 'production')).toBeUndefined());

	it('a custom base URL may send to this machine', () => {
		expect(unusableUrl('http://localhost:5678/webhook/a', 'custom')).toBeUndefined();
	});
});

describe('subscribeThenRegister', () => {
	const run = async (refused?: string) => {
		const calls: string[] = [];
		const step = async (name: string) => {
			calls.push(name);
			if (name === refused) throw new Error(`${name} refused`);
		};
		const done = subscribeThenRegister(['l1', 'l2'], 'url', { subscribe: step, register: step });
		return {
			calls,
			error: await done.then(
				() => undefined,
				(error: Error) => error.message,
			),
		};
	};

	it('registers the URL last', async () => {
		expect(await run()).toEqual({ calls: ['l1', 'l2', 'url'], error: undefined });
	});

	it('leaves the URL alone when a location is refused', async () => {
		expect(await run('l1')).toEqual({ calls: ['l1'], error: 'l1 refused' });
		expect(await run('l2')).toEqual({ calls: ['l1', 'l2'], error: 'l2 refused' });
	});
});
