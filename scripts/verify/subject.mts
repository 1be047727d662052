import { mkdtemp, readFile, readdir, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract } from 'tar';

/** The part of a package.json that the checks read. */
export interface Manifest {
	name?: string;
	license?: string;
	homepage?: string;
	main?: string;
	repository?: { url?: string; directory?: string };
	bugs?: { url?: string };
	files?: string[];
	n8n?: { nodes?: string[]; credentials?: string[] };
	[key: string]: unknown;
}

/** The subject of the checks: the checkout and its packed tarball. */
export interface Subject {
	/** The checkout. */
	root: string;
	/** The unpacked tarball. */
	packed: string;
	/** The size of the tarball in bytes. */
	bytes: number;
	/** Files of the tarball, e.g. `dist/nodes/Spakinect/Spakinect.node.js`. */
	files: string[];
	/** The package.json in the tarball. */
	manifest: Manifest;
}

/** One check. `run` returns one line per problem. Empty means passed. */
export interface Check {
	/** The name to run it alone: `npm run verify -- <name>`. */
	name: string;
	title: string;
	run(subject: Subject): Promise<string[]>;
}

/** Every file below a folder, as paths relative to it with `/`, sorted. */
export const filesBelow = async (folder: string): Promise<string[]> => {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
		.map((path) => path.replaceAll('\\', '/'))
		.sort();
};

/** Reads an unpacked tarball. `bytes` is the size of the tarball. */
export const readSubject = async (
	root: string,
	packed: string,
	bytes: number,
): Promise<Subject> => ({
	root,
	packed,
	bytes,
	files: await filesBelow(packed),
	manifest: JSON.parse(await readFile(join(packed, 'package.json'), 'utf8')) as Manifest,
});

/**
 * Unpacks a tarball into a temporary folder with a link to the checkout's node_modules. Its files need
 * n8n-workflow to load, and the package does not include it.
 * @returns the subject and a function that removes the folder
 */
export const openSubject = async (
	root: string,
	tarball: string,
): Promise<{ subject: Subject; close: () => Promise<void> }> => {
	const folder = await mkdtemp(join(tmpdir(), 'spakinect-verify-'));
	await extract({ file: tarball, cwd: folder });
	await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
	const { size } = await stat(tarball);
	const subject = await readSubject(root, join(folder, 'package'), size);
	return { subject, close: () => rm(folder, { recursive: true, force: true }) };
};
