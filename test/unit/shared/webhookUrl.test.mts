import {
	deadUrl,
	isLocalUrl,
	reachedEnvironment,
	unusableUrl,
} from '../../../nodes/Spakinect/shared/webhookUrl';

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
		'https://n8n:5678/webhook/a',
		'https://n8n.local/webhook/a',
		'https://n8n.internal/webhook/a',
		'https://host.docker.internal:5678/webhook/a',
		'https://100.64.1.1/webhook/a',
		'https://[fd12::]/webhook/a',
		'https://[fe80::1]/webhook/a',
		'https://localhost./webhook/a',
		'https://127.1/webhook/a',
		'https://2130706433/webhook/a',
		'https://user:pw@10.0.0.5/webhook/a',
		'https:///',
		'https:///webhook/a',
		'https:/n8n.example.com/webhook/a',
		'https://undefined/webhook/a',
		'https://[/webhook/a',
		'n8n.example.com/webhook/a',
		'ftp://n8n.example.com/webhook/a',
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
		'HTTPS://N8N.Example.com:8443/webhook/a',
		'https://[2606:4700::1111]/webhook/a',
	])('%s is fine', (url) => expect(unusableUrl(url, 'production')).toBeUndefined());

	it('a custom base URL may send to this machine', () => {
		expect(unusableUrl('http://localhost:5678/webhook/a', 'custom')).toBeUndefined();
	});
});

it.each([
	['http://localhost:5678/webhook', true],
	['https://[::1]/webhook', true],
	['https://n8n.example.com/webhook', false],
	['nonsense', false],
])('%s is on this machine: %p', (url, expected) => expect(isLocalUrl(url)).toBe(expected));

describe('deadUrl: would anybody receive there?', () => {
	it.each([
		'https://n8n.example.com/webhook/undefined',
		'https://n8n.example.com/webhook/null/a',
		'https://n8n.example.com/webhook/a?key=undefined&b=1',
		'https://n8n.example.com/webhook/gfe-undefined',
		'https://n8n.example.com/webhook/%5Bobject%20Object%5D',
		'https://n8n.example.com/webhook/%7B%7BwebhookId%7D%7D',
	])('not at %s', (url) => {
		expect(deadUrl(url, 'custom')).toEqual(expect.any(String));
		expect(deadUrl(url, 'production')).toEqual(expect.any(String));
	});

	it.each([
		'/webhook-test/a',
		'/WEBHOOK-test/a',
		'/webhook%2Dtest/a',
		'/mcp-test/a',
		'/webhook-waiting/3',
	])('not at %s, which would take the events of production', (path) => {
		const url = `https://n8n.example.com${path}`;
		expect(deadUrl(url, 'production')).toContain('test');
		expect(deadUrl(url, 'staging')).toBeUndefined();
	});

	it.each(['https://n8n.example.com/webhook/nullable', 'https://undefined.example.com/webhook/a'])(
		'at %s',
		(url) => expect(deadUrl(url, 'production')).toBeUndefined(),
	);
});
