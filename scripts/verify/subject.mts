import { mkdtemp, readFile, readdir, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract } from 'tar';

/** What the checks read of a package.json. */
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

/** What is verified: the checkout, and what `npm pack` made of it. */
export interface Subject {
	/** The checkout. */
	root: string;
	/** The unpacked tarball. */
	packed: string;
	/** Size of the tarball. */
	bytes: number;
	/** Files of the tarball, e.g. `dist/nodes/Spakinect/Spakinect.node.js`. */
	files: string[];
	/** The package.json in the tarball. */
	manifest: Manifest;
}

/** One thing that is verified. `run` gives what is wrong and where, one line each; nothing = passed. */
export interface Check {
	/** To run it alone: `npm run verify -- <name>`. */
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

/** Reads what was unpacked. `bytes` is the size of the tarball that it came from. */
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
 * Unpacks a tarball into a temporary folder, beside a link to the checkout's node_modules, so that its
 * files can be loaded: n8n-workflow is not part of the package.
 * @returns the subject and how to remove the folder
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
