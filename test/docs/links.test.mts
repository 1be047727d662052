import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { SpakinectApi } from '../../credentials/SpakinectApi.credentials';
import { SpakinectClientApi } from '../../credentials/SpakinectClientApi.credentials';
import { anchors, documents, linkTargets, readDocument, root } from './markdown.mts';

const OWN = 'https://github.com/n8n-nodes-spakinect/n8n-nodes-spakinect/blob/main/';
/** Pictures: only this form shows on npm too. */
const RAW = 'https://raw.githubusercontent.com/n8n-nodes-spakinect/n8n-nodes-spakinect/main/';

/** Why a link does not lead anywhere, or undefined when it does or leaves the project. */
const broken = (from: string, target: string): string | undefined => {
	const own = [OWN, RAW].find((prefix) => target.startsWith(prefix));
	const local = own === undefined ? target : `/${target.slice(own.length)}`;
	if (/^(https?|mailto):/.test(local)) return undefined;
	const [path = '', anchor] = local.split('#');
	const file = normalize(
		path === '' ? from : path.startsWith('/') ? path.slice(1) : join(dirname(from), path),
	);
	if (file.startsWith('..')) return `${target} leaves the project`;
	if (!existsSync(join(root, file))) return `${target}: there is no ${file}`;
	if (anchor === undefined) return undefined;
	return anchors(readDocument(file)).has(anchor) ? undefined : `${target}: no such heading`;
};

describe('every link inside the project leads somewhere', () => {
	it.each(documents())('%s', (document) => {
		const targets = linkTargets(readDocument(document));
		expect(targets.map((target) => broken(document, target)).filter(Boolean)).toEqual([]);
	});

	it('also those that n8n shows beside nodes and credentials', () => {
		const folder = join(root, 'nodes/Spakinect');
		const codex = readdirSync(folder).filter((name) => name.endsWith('.node.json'));
		const urls = codex
			.map((name) => readFileSync(join(folder, name), 'utf8'))
			.flatMap((text) => [...text.matchAll(/"url": "([^"]+)"/g)].map((match) => match[1]!));
		for (const { documentationUrl } of [new SpakinectApi(), new SpakinectClientApi()]) {
			urls.push(documentationUrl);
		}
		expect(urls.length).toBeGreaterThanOrEqual(8);
		expect(urls.every((url) => url.startsWith(OWN))).toBe(true);
		expect(urls.map((url) => broken('README.md', url)).filter(Boolean)).toEqual([]);
	});
});

describe('the pictures', () => {
	const DOCUMENTS = ['README.md', 'docs/operations.md', 'sandbox/README.md'];
	const pictures = DOCUMENTS.flatMap((document) =>
		[...readDocument(document).matchAll(/!\[([^\]]*)\]\(([^)\s]+)\)/g)].map(
			([, alt = '', url = '']) => ({ document, alt, url }),
		),
	);
	const files = readdirSync(join(root, 'docs/images'));

	it('are each shown once, in the README in the form that npm shows, with a text for who cannot see them', () => {
		expect(pictures.map(({ url }) => url.split('/').at(-1)).sort()).toEqual([...files].sort());
		const onNpm = pictures.filter(({ document }) => document === 'README.md');
		expect(onNpm.filter(({ url }) => !url.startsWith(`${RAW}docs/images/`))).toEqual([]);
		expect(onNpm.length).toBeGreaterThan(2);
		expect(pictures.filter(({ alt }) => alt.length < 20)).toEqual([]);
	});

	it.each(files)('%s is small', (name) => {
		expect(statSync(join(root, 'docs/images', name)).size).toBeLessThan(150_000);
	});
});

describe('the checker itself', () => {
	it.each([
		['README.md#credentials', undefined],
		['README.md#no-such-heading', 'README.md#no-such-heading: no such heading'],
		['docs/nothing.md', 'docs/nothing.md: there is no docs/nothing.md'],
		['../elsewhere.md', '../elsewhere.md leaves the project'],
		['https://example.com/#x', undefined],
		[`${OWN}LICENSE`, undefined],
		[`${OWN}LICENCE`, `${OWN}LICENCE: there is no LICENCE`],
		[`${RAW}docs/images/create.png`, undefined],
		[`${RAW}docs/images/no.png`, `${RAW}docs/images/no.png: there is no docs/images/no.png`],
	])('%s', (target, expected) => expect(broken('README.md', target)).toBe(expected));

	it('reads links and headings outside of code only', () => {
		const text =
			'# One & two\n\n[a](b.md) `[c](d.md)`\n\n```md\n# Three\n[e](f.md)\n```\n\n## One & two\n';
		expect(linkTargets(text)).toEqual(['b.md']);
		expect([...anchors(text)]).toEqual(['one--two', 'one--two-1']);
	});
});
