import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BOOT_MS, TEST_MS, emrData, startWorld, type World } from './support/world.mts';

jest.setTimeout(TEST_MS);

let world: World;
beforeAll(async () => {
	world = await startWorld();
}, BOOT_MS);
afterAll(() => world?.stop());

const nodeModules = () => join(world.n8n.userFolder, '.n8n', 'nodes', 'node_modules');

describe('the packed package in a real n8n', () => {
	it('brings nothing else with it', async () => {
		expect(await readdir(nodeModules())).toEqual(['n8n-nodes-spakinect']);
		const home = join(nodeModules(), 'n8n-nodes-spakinect');
		expect(existsSync(join(home, 'node_modules'))).toBe(false);
		const manifest = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as object;
		expect(Object.keys(manifest)).not.toEqual(
			expect.arrayContaining([expect.stringMatching(/dependencies/i)]),
		);
		const documents = ['CHANGELOG.md', 'LICENSE', 'README.md'];
		const others = (await readdir(home)).filter((name) => !documents.includes(name));
		expect(others.sort()).toEqual(['dist', 'package.json']);
	});

	it.each([
		['n8n-nodes-spakinect.spakinect', 'Spakinect'],
		['n8n-nodes-spakinect.spakinectTrigger', 'Spakinect Trigger'],
		['n8n-nodes-spakinect.spakinectPollingTrigger', undefined],
	])('offers %s in the node list, with its icon', async (name, displayName) => {
		const found = (await world.n8n.client.nodeTypes()).filter((type) => type.name === name);
		expect(found.length).toBeGreaterThan(0);
		expect(found[0]).toMatchObject({ name, ...(displayName ? { displayName } : {}) });
		expect(JSON.stringify(found[0]!.iconUrl)).toContain('icons/n8n-nodes-spakinect/');
	});

	it('offers the action node as a tool for AI agents', async () => {
		const names = (await world.n8n.client.nodeTypes()).map((type) => type.name);
		expect(names).toContain('n8n-nodes-spakinect.spakinectTool');
	});

	it('starts without a complaint about the package', () => {
		const lines = world.n8n.output().split('\n');
		expect(lines.filter((line) => line.includes('n8n-nodes-spakinect'))).toEqual([]);
	});
});

describe('the credential test', () => {
	const test = (apiKey: string) => {
		const data = emrData(world.simulator, apiKey);
		return world.n8n.client.testCredential(world.emrId, 'EMR', 'spakinectApi', data);
	};

	it('accepts a valid key', async () => {
		expect(await test('emr-test-key')).toMatchObject({ status: 'OK' });
	});

	it('refuses a wrong key with a text that says what to do, without the key', async () => {
		const result = await test('not-a-key-of-this-account');
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(/key/i);
		expect(result.message.length).toBeGreaterThan(20);
		expect(result.message).not.toContain('not-a-key-of-this-account');
	});

	it.each(['\u201cemr-test-key\u201d', 'emr-\u200btest-key\u00a0', ' emr-test-key\n'])(
		'accepts the key pasted as %j',
		async (apiKey) => {
			expect(await test(apiKey)).toMatchObject({ status: 'OK' });
		},
	);

	it.each(['emr-test key', 'emr-t\u00e9st-key', 'emr-\u0001test-key'])(
		'says in words that %j cannot be a key',
		async (apiKey) => {
			const { status, message } = await test(apiKey);
			expect({ status, message }).toEqual({
				status: 'Error',
				message: expect.stringContaining("can't be part of a key"),
			});
			expect(message).not.toContain(apiKey);
		},
	);

	it('says so when nothing answers at the address', async () => {
		const data = { ...emrData(world.simulator), baseUrl: 'http://127.0.0.1:9/emr' };
		const result = await world.n8n.client.testCredential(world.emrId, 'EMR', 'spakinectApi', data);
		expect(result).toMatchObject({ status: 'Error', message: expect.stringMatching(/refused/i) });
	});
});
