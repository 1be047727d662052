import '../node/support/environment.mts';
import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';
import { PackageDirectoryLoader } from 'n8n-core';
import { RESOURCES } from '../../nodes/Spakinect/actions/registry';

const root = join(__dirname, '../..');
/** The categories that n8n allows a community node. "AI" would hide it from the search. */
const CATEGORIES = [
	...['Analytics', 'Communication', 'Data & Storage', 'Development', 'Finance & Accounting'],
	...['Marketing & Content', 'Miscellaneous', 'Productivity', 'Sales', 'Utility'],
];
const nodes = ['spakinect', 'spakinectTrigger', 'spakinectPollingTrigger'];

let loader: PackageDirectoryLoader;
beforeAll(async () => {
	if (!existsSync(join(root, 'dist'))) throw new Error('There is no dist: npm run build');
	loader = new PackageDirectoryLoader(root);
	await loader.loadAll();
});

const describeNode = (name: string) =>
	loader.getNode(name).type.description as INodeTypeDescription;
const sourcePath = (name: string) => loader.known.nodes[name]?.sourcePath ?? '';

it('loads three nodes and two credentials', () => {
	expect(Object.keys(loader.known.nodes).sort()).toEqual([...nodes].sort());
	expect(Object.keys(loader.known.credentials).sort()).toEqual([
		'spakinectApi',
		'spakinectClientApi',
	]);
});

it.each(['spakinectApi', 'spakinectClientApi'])('%s is of all three nodes', (name) => {
	expect([...(loader.known.credentials[name]?.supportedNodes ?? [])].sort()).toEqual(
		[...nodes].sort(),
	);
	const { iconUrl } = loader.getCredential(name).type;
	expect(iconUrl).toEqual({
		light: 'icons/n8n-nodes-spakinect/dist/credentials/spakinect.svg',
		dark: 'icons/n8n-nodes-spakinect/dist/credentials/spakinect.dark.svg',
	});
});

it.each(nodes)('%s has its codex and both icons', (name) => {
	const description = describeNode(name);
	const { codex } = description;
	expect(codex?.resources?.primaryDocumentation?.[0]?.url).toMatch(/^https:/);
	expect(codex?.resources?.credentialDocumentation?.[0]?.url).toMatch(/^https:/);
	expect(codex?.alias?.length).toBeGreaterThan(3);
	expect(codex?.categories?.length).toBeGreaterThan(0);
	expect(CATEGORIES).toEqual(expect.arrayContaining(codex?.categories ?? []));
	expect(codex?.subcategories).toBeUndefined();
	expect(description.iconUrl).toEqual({
		light: 'icons/n8n-nodes-spakinect/dist/nodes/Spakinect/spakinect.svg',
		dark: 'icons/n8n-nodes-spakinect/dist/nodes/Spakinect/spakinect.dark.svg',
	});
	for (const url of Object.values(description.iconUrl as Record<string, string>)) {
		expect(existsSync(join(root, url.replace('icons/n8n-nodes-spakinect/', '')))).toBe(true);
	}
});

it('n8n adds no Custom API Call, which would hand the key to the HTTP Request node', () => {
	for (const name of nodes) {
		expect(JSON.stringify(describeNode(name).properties)).not.toContain('__CUSTOM_API_CALL__');
	}
});

it('has an output schema for every operation and none besides', () => {
	const folder = join(root, dirname(sourcePath('spakinect')), '__schema__/v1.0.0');
	for (const { value: resource, operations } of RESOURCES) {
		for (const { value } of operations) {
			expect([resource, value, existsSync(join(folder, resource, `${value}.json`))]).toEqual([
				resource,
				value,
				true,
			]);
		}
	}
});

it('shows the same when n8n loads it once more, as it does after any community node is installed', async () => {
	const again = new PackageDirectoryLoader(root);
	await again.loadAll();
	const asData = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
	const first = asData(again.types.nodes);
	again.releaseTypes();
	await again.ensureTypesLoaded();
	expect(asData(again.types.nodes)).toEqual(first);
	const { properties } = again.getNode('spakinectPollingTrigger').type
		.description as INodeTypeDescription;
	expect(properties.filter(({ name }) => name === 'pollTimes')).toHaveLength(1);
});
