import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

const filesBelow = (folder: string): string[] =>
	readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
const read = (path: string) => readFileSync(path, 'utf8');

const built = filesBelow('dist').filter((path) => path.endsWith('.js'));

it('the build is there', () => {
	expect(built.length).toBeGreaterThan(50);
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
