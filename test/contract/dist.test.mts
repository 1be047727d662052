import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

const root = join(__dirname, '../..');
const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	n8n: { nodes: string[]; credentials: string[] };
};
const entries = [...n8n.nodes, ...n8n.credentials];

const filesBelow = (folder: string): string[] =>
	readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
const read = (path: string) => readFileSync(path, 'utf8');

const built = ['dist/nodes', 'dist/credentials']
	.flatMap(filesBelow)
	.filter((path) => path.endsWith('.js'));

it('mirrors the source: one compiled file for each source file', () => {
	const sources = [...filesBelow('nodes'), ...filesBelow('credentials')]
		.filter((path) => path.endsWith('.ts'))
		.map((path) => relative(root, path).replace(/\.ts$/, '.js'));
	const paths = built.map((path) => relative(join(root, 'dist'), path));
	expect(paths.sort()).toEqual(sources.sort());
	expect(
		entries.map((path) => relative('dist', path)).filter((path) => !paths.includes(path)),
	).toEqual([]);
});

it.each(entries)('%s shows what its source shows', (entry) => {
	const name = basename(entry).split('.')[0]!;
	const shown = (file: string): object => {
		const Type = (jest.requireActual(join(root, file)) as Record<string, new () => object>)[name]!;
		const made = new Type() as { description?: object };
		return made.description ?? made;
	};
	const asData = (value: object): unknown => JSON.parse(JSON.stringify(value));
	const source = entry.replace(/^dist\//, '').replace(/\.js$/, '.ts');
	expect(asData(shown(entry))).toEqual(asData(shown(source)));
});

it('requires nothing but n8n-workflow, luxon, crypto and its own files', () => {
	const required = new Set(
		built.flatMap((path) =>
			[...read(path).matchAll(/\b(?:require|import)\(([^)]*)\)/g)].map(([, name]) => name),
		),
	);
	const others = [...required].filter((name) => !/^"\.\.?\//.test(name ?? ''));
	expect(others.sort()).toEqual(['"crypto"', '"luxon"', '"n8n-workflow"']);
});

it('uses no timers, no environment, no console, no global of Node', () => {
	const found = built.flatMap((path) =>
		[
			...read(path).matchAll(
				/\b(setTimeout|setInterval|process\.|console\.|__dirname|globalThis|eval)\b/g,
			),
		].map(([word]) => `${path}: ${word}`),
	);
	expect(found).toEqual([]);
});

it.each([
	['the sources', () => [...filesBelow('nodes'), ...filesBelow('credentials')], /simulator/i],
	['the build', () => filesBelow('dist'), /simulator|sandbox/i],
])('%s do not name the simulator', (_, files, name) => {
	const address = /127\.0\.0\.1:\d|localhost:\d|-test-key|loc_downtown|\/control\b/;
	const found = files().filter((path) => [name, address].some((one) => one.test(read(path))));
	expect(found).toEqual([]);
});
