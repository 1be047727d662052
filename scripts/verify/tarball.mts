import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesBelow, type Check, type Manifest } from './subject.mts';

/** About 100 kB of this is JavaScript, readable and with one file per source file. */
const MAX_BYTES = 120_000;

const ALLOWED = [
	/^(package\.json|README\.md|LICENSE(\.md)?|CHANGELOG\.md)$/,
	/^dist\/(nodes|credentials)\/.+\.(js|json|svg)$/,
];

export const size: Check = {
	name: 'size',
	title: `the tarball has at most ${MAX_BYTES} bytes`,
	run: async ({ bytes }) =>
		bytes <= MAX_BYTES ? [] : [`it has ${bytes} bytes, ${bytes - MAX_BYTES} too many`],
};

export const contents: Check = {
	name: 'files',
	title: 'the tarball contains only the built nodes and the documents',
	run: async ({ files }) => {
		const extra = files.filter((file) => !ALLOWED.some((pattern) => pattern.test(file)));
		const missing = ['README.md', 'package.json'].filter((file) => !files.includes(file));
		if (!files.some((file) => file.startsWith('LICENSE'))) missing.push('LICENSE');
		return [
			...extra.map((file) => `${file} does not belong in the package`),
			...missing.map((file) => `${file} is missing`),
		];
	},
};

const listed = ({ n8n }: Manifest): string[] => [
	...(n8n?.nodes ?? []),
	...(n8n?.credentials ?? []),
];

const toBuilt = (source: string): string => `dist/${source.replace(/\.ts$/, '.js')}`;

export const entries: Check = {
	name: 'entries',
	title: 'every node and credential is listed and built',
	run: async ({ root, files, manifest }) => {
		const wanted = [...listed(manifest), ...(manifest.main ? [manifest.main] : [])];
		const found: string[] = [];
		if (!manifest.n8n?.nodes?.length) found.push('package.json: n8n.nodes is empty');
		for (const path of wanted) {
			if (!files.includes(path)) found.push(`package.json names ${path}, which is not there`);
		}
		for (const folder of ['nodes', 'credentials']) {
			for (const file of await filesBelow(join(root, folder))) {
				const source = `${folder}/${file}`;
				if (!/\.(node|credentials)\.ts$/.test(file)) continue;
				if (!wanted.includes(toBuilt(source)))
					found.push(`${source} is not listed in package.json`);
			}
		}
		return found;
	},
};

export const noDisables: Check = {
	name: 'disables',
	title: 'no eslint-disable in nodes/ and credentials/',
	run: async ({ root }) => {
		const found: string[] = [];
		for (const folder of ['nodes', 'credentials']) {
			if (!existsSync(join(root, folder))) found.push(`${folder}/ is missing`);
			for (const file of await filesBelow(join(root, folder))) {
				const lines = (await readFile(join(root, folder, file), 'utf8')).split('\n');
				lines.forEach((line, index) => {
					if (/eslint-(disable|enable)|@ts-(ignore|nocheck)/.test(line))
						found.push(`${folder}/${file}:${index + 1} ${line.trim()}`);
				});
			}
		}
		return found;
	},
};
