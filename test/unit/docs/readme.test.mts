import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RESOURCES } from '../../../nodes/Spakinect/actions/registry';
import { documents, readDocument, root } from './markdown.mts';

const readme = readDocument('README.md');

/** The cells of the table's rows that follow a heading. */
const tableUnder = (heading: string): string[][] => {
	const section = readme.slice(readme.indexOf(`\n## ${heading}\n`) + 1).split(/\n(?=## )/)[0]!;
	const rows = section.split('\n').filter((line) => line.startsWith('|'));
	return rows.slice(2).map((line) =>
		line
			.split(/(?<!\\)\|/)
			.slice(1, -1)
			.map((cell) => cell.trim()),
	);
};

const sources = (folder: string): string[] =>
	readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => readFileSync(join(root, folder, name), 'utf8'));

it('the operations table is the registry', () => {
	const expected = RESOURCES.flatMap((resource) =>
		resource.operations.map((operation) => [
			resource.name,
			operation.name,
			operation.keys.length === 2 ? 'EMR, Client' : 'EMR',
			operation.description.replace(/\.$/, ''),
		]),
	);
	expect(tableUnder('Operations')).toEqual(expected);
});

it('the error texts under Troubleshooting are in the code', () => {
	const code = [...sources('nodes'), ...sources('credentials')].join('\n');
	const texts = tableUnder('Troubleshooting').map(([text = '']) => text.replaceAll('`', ''));
	expect(texts.length).toBeGreaterThan(20);
	expect(texts.filter((text) => !code.includes(text))).toEqual([]);
});

it('the changelog has the version of package.json on top', () => {
	const { version } = JSON.parse(readDocument('package.json')) as { version: string };
	const [first] = [...readDocument('CHANGELOG.md').matchAll(/^## \[(\d[^\]]*)\]/gm)];
	expect(first?.[1]).toBe(version);
});

it('no document names a path of a machine', () => {
	for (const document of documents()) {
		expect(readDocument(document)).not.toMatch(/\/(root|home|work|Users)\/|registry\.npm/);
	}
});
