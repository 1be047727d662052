import type { INode, INodeType } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { BASE_URLS } from '../../../credentials/connection';
import { SpakinectApi } from '../../../credentials/SpakinectApi.credentials';
import { SpakinectClientApi } from '../../../credentials/SpakinectClientApi.credentials';
import { readEndpoint } from '../../../nodes/Spakinect/transport/credential';

const node: INode = {
	id: 'n',
	name: 'N',
	type: 't',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const workflow = new Workflow({
	nodes: [node],
	connections: {},
	active: false,
	nodeTypes: {
		getByName: () => ({ description: { properties: [] } }) as unknown as INodeType,
		getByNameAndVersion: () => ({ description: { properties: [] } }) as unknown as INodeType,
		getKnownTypes: () => ({}),
	},
});

/** What n8n's expression engine makes of the credential test's base URL. */
function testedUrl(kind: 'emr' | 'client', credential: Record<string, unknown>): unknown {
	const { test } = kind === 'emr' ? new SpakinectApi() : new SpakinectClientApi();
	return workflow.expression.getSimpleParameterValue(
		node,
		test.request.baseURL as string,
		'internal',
		{ $credentials: credential } as never,
	);
}

function usedUrl(kind: 'emr' | 'client', credential: Record<string, unknown>): string | undefined {
	try {
		return readEndpoint(node, kind, credential as never).baseUrl;
	} catch {
		return undefined;
	}
}

const REFUSED = 'https://custom-base-url-must-be-https.invalid';

it.each([
	['https://api.example.com', 'https://api.example.com'],
	['https://api.example.com/', 'https://api.example.com'],
	['https://api.example.com/emr//', 'https://api.example.com/emr'],
	['  https://api.example.com/emr  ', 'https://api.example.com/emr'],
	['HTTPS://API.example.com/EMR', 'HTTPS://API.example.com/EMR'],
	['https://api.example.com:8443/x/y', 'https://api.example.com:8443/x/y'],
	['http://localhost', 'http://localhost'],
	['http://localhost:4010/emr/', 'http://localhost:4010/emr'],
	['http://127.0.0.1:4010/emr', 'http://127.0.0.1:4010/emr'],
	['http://[::1]:4010/emr', 'http://[::1]:4010/emr'],
	['http://api.example.com', undefined],
	['http://localhost.example.com', undefined],
	['http://localhost:4010.example.com/', undefined],
	['http://localhost@example.com/', undefined],
	['http://127.0.0.1.example.com', undefined],
	['http://127.0.0.2', undefined],
	['http://0.0.0.0:4010', undefined],
	['http://10.0.0.1', undefined],
	['ftp://api.example.com', undefined],
	['api.example.com', undefined],
	['//api.example.com', undefined],
	['https://', undefined],
	['https:///emr', undefined],
	['https://api.example.com?x=1', undefined],
	['https://api.example.com/#a', undefined],
	['https://api.example.com/a b', undefined],
	['javascript:alert(1)', undefined],
	['', undefined],
	[undefined, undefined],
])('custom base URL %j is %j, for the test of the credential too', (baseUrl, expected) => {
	for (const kind of ['emr', 'client'] as const) {
		const credential = { apiKey: 'k', environment: 'custom', baseUrl };
		expect(usedUrl(kind, credential)).toBe(expected);
		expect(testedUrl(kind, credential)).toBe(expected ?? REFUSED);
	}
});

it.each([
	['production', 'production'],
	['staging', 'staging'],
	[undefined, 'production'],
	['elsewhere', 'production'],
] as const)('environment %s is %s, whatever stands in the base URL', (environment, expected) => {
	for (const kind of ['emr', 'client'] as const) {
		const credential = { apiKey: 'k', environment, baseUrl: 'https://evil.example.com' };
		expect(usedUrl(kind, credential)).toBe(BASE_URLS[kind][expected]);
		expect(testedUrl(kind, credential)).toBe(BASE_URLS[kind][expected]);
		expect(readEndpoint(node, kind, credential as never).environment).toBe(expected);
	}
});

it('the refusal names the field and not its value', () => {
	const credential = { environment: 'custom', baseUrl: 'http://secret.example.com' };
	expect(() => readEndpoint(node, 'emr', credential)).toThrow(
		"The 'Base URL' of the credential cannot be used",
	);
	expect(() => readEndpoint(node, 'emr', credential)).not.toThrow(/secret/);
});

it('the test of the credential asks for the treatments and follows no redirect', () => {
	for (const type of [new SpakinectApi(), new SpakinectClientApi()]) {
		expect(type.test.request).toMatchObject({ url: '/treatments', disableFollowRedirect: true });
	}
});
