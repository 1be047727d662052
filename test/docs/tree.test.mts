import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RESOURCES } from '../../nodes/Spakinect/actions/registry';
import { readDocument, root } from './markdown.mts';

const NODES = 'nodes/Spakinect';
const resources = RESOURCES.map(({ value }) => `actions/${value}`);
/** Every folder of the nodes. Those of the resources go by `<resource>/`, and the schemas are generated. */
const folders = readdirSync(join(root, NODES), { recursive: true, withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.map(({ parentPath, name }) => join(parentPath, name).slice(join(root, NODES).length + 1))
	.filter((path) => !resources.includes(path) && !path.startsWith('__schema__/'));

const section = (document: string, heading: string): string =>
	readDocument(document)
		.split(`\n${heading}\n`)[1]!
		.split(/\n#{1,2} /)[0]!;

const architecture = section('docs/architecture.md', 'In words:');
const tree = section('CONTRIBUTING.md', '## The tree');
/** A folder counts as named by its own name, because the trees show it below its parent. */
const names = (text: string, path: string) =>
	new RegExp(`(?<![\\w-])${path.split('/').at(-1)!}/`).test(text);

it('finds the folders', () => {
	expect(folders).toEqual(expect.arrayContaining(['domain', 'trigger/webhook/registration']));
});

it.each([
	['docs/architecture.md', architecture],
	['CONTRIBUTING.md', tree],
])('%s names each folder of the nodes', (_, text) => {
	expect(folders.filter((path) => !names(text, path))).toEqual([]);
	expect(text).toContain('<resource>/');
});

it('docs/architecture.md names no folder or file that is not there', () => {
	const paths = [...architecture.matchAll(/^\| `([\w/]+\/)`/gm)].map(([, path]) => path!);
	expect(paths.length).toBeGreaterThan(10);
	expect(paths.filter((path) => !existsSync(join(root, NODES, path)))).toEqual([]);
	const files = readdirSync(join(root, NODES), { recursive: true, encoding: 'utf8' });
	const named = [...architecture.matchAll(/`(\w+\.ts)`/g)].map(([, name]) => name!);
	expect(named.filter((name) => !files.some((path) => path.endsWith(`/${name}`)))).toEqual([]);
});
