import { cp, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../../sandbox/n8n/paths.mts';

const PARTS = [
	...['nodes', 'credentials', 'scripts', 'sandbox', 'docs', 'examples', 'test/node/support'],
	...[
		'package.json',
		'tsconfig.json',
		'eslint.config.mjs',
		'gulpfile.js',
		'README.md',
		'LICENSE',
		'CHANGELOG.md',
	],
	...['jest.config.mjs'],
];

/** A copy of the checkout that can be changed, with the checkout's own node_modules. @returns its folder */
export const copyOfCheckout = async (): Promise<string> => {
	const folder = await mkdtemp(join(tmpdir(), 'spakinect-copy-'));
	await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
	for (const path of PARTS)
		await cp(join(projectRoot, path), join(folder, path), { recursive: true });
	return folder;
};

/** Replaces the first occurrence of a text in a file. The text must exist. */
export const changeFile = async (
	file: string,
	from: string | RegExp,
	to: string,
): Promise<void> => {
	const text = await readFile(file, 'utf8');
	const changed = typeof from === 'string' ? text.replace(from, () => to) : text.replace(from, to);
	if (changed === text) throw new Error(`${file} has no ${String(from)}`);
	await writeFile(file, changed);
};
