import { RESOURCES } from '../../nodes/Spakinect/actions/registry';
import { documents, readDocument } from './markdown.mts';

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

it('is short, and begins with two commands', () => {
	expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(180);
	const [, first = ''] = /```sh\n([\s\S]*?)```/.exec(readme) ?? [];
	expect(
		first
			.split('\n')
			.slice(1)
			.map((line) => line.split('#')[0]!.trim()),
	).toEqual(['npm start', 'npm test', '']);
	expect(readme.slice(0, readme.indexOf(first)).split('\n').length).toBeLessThan(20);
});

it('the changelog has the version of package.json on top', () => {
	const { version } = JSON.parse(readDocument('package.json')) as { version: string };
	const [first] = [...readDocument('CHANGELOG.md').matchAll(/^## \[(\d[^\]]*)\]/gm)];
	expect(first?.[1]).toBe(version);
});

it('the versions of n8n under Compatibility are those that are pinned for the tests', () => {
	const pinned = ['sandbox/n8n', 'sandbox/n8n-1'].map((folder) => {
		const manifest = JSON.parse(readDocument(`${folder}/package.json`)) as {
			dependencies: { n8n: string };
		};
		return manifest.dependencies.n8n;
	});
	const rows = tableUnder('Compatibility').map(([version = '']) => version.split(' ')[0]);
	expect(rows).toEqual(pinned);
	for (const version of pinned) {
		expect(readDocument('docs/compatibility.md')).toContain(`| ${version}`);
	}
});

it('no document names a path of a machine', () => {
	for (const document of documents()) {
		expect(readDocument(document)).not.toMatch(/\/(root|home|work|Users)\/|registry\.npm/);
	}
});
