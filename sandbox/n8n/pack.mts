import { createHash } from 'node:crypto';
import {
	cp,
	mkdir,
	mkdtemp,
	readFile,
	readdir,
	rename,
	rm,
	stat,
	symlink,
	writeFile,
} from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { extract } from 'tar';
import { runLongStep, type Log } from './longStep.mts';
import { cacheRoot, packageName, projectRoot } from './paths.mts';

/** All files that the build reads or that `npm pack` includes. The tarball depends on nothing else. */
const INPUTS = [
	'package.json',
	'tsconfig.json',
	'gulpfile.js',
	'README.md',
	'LICENSE',
	'CHANGELOG.md',
	'nodes',
	'credentials',
	// n8n-node copies every picture into dist/, so the files of the package must not include one.
	'docs/images',
];
const KEPT_TARBALLS = 5;

const hashInputs = async (root: string): Promise<string> => {
	const hash = createHash('sha256');
	const add = async (path: string): Promise<void> => {
		const full = join(root, path);
		const info = await stat(full).catch(() => undefined);
		if (!info) return;
		if (info.isDirectory()) {
			for (const name of (await readdir(full)).sort()) await add(join(path, name));
			return;
		}
		hash.update(`${path}\0`).update(await readFile(full));
	};
	for (const path of INPUTS) await add(path);
	return hash.digest('hex').slice(0, 16);
};

const dropOldTarballs = async (folder: string): Promise<void> => {
	const entries = await Promise.all(
		(await readdir(folder)).map(async (name) => ({
			path: join(folder, name),
			time: (await stat(join(folder, name))).mtimeMs,
		})),
	);
	entries.sort((a, b) => b.time - a.time);
	for (const { path } of entries.slice(KEPT_TARBALLS))
		await rm(path, { recursive: true, force: true });
};

/** Builds and packs in a copy, so it doesn't affect a build in the checkout at the same time. */
const buildAndPack = async (destination: string, log: Log): Promise<void> => {
	const copy = await mkdtemp(join(tmpdir(), 'spakinect-pack-'));
	try {
		for (const path of INPUTS) {
			const from = join(projectRoot, path);
			if (existsSync(from)) await cp(from, join(copy, path), { recursive: true });
		}
		await symlink(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
		const env = { ...process.env };
		delete env.NODE_ENV;
		const npm = (title: string, args: string[]) =>
			runLongStep({ title, command: 'npm', args, cwd: copy, env }, log);
		await npm('Build the nodes', ['run', 'build']);
		await npm('Pack the nodes', ['pack', '--pack-destination', destination]);
	} finally {
		await rm(copy, { recursive: true, force: true });
	}
};

const packOnce = async (log: Log): Promise<string> => {
	const folder = join(cacheRoot(), 'packed');
	const home = join(folder, await hashInputs(projectRoot));
	if (!existsSync(home)) {
		await mkdir(folder, { recursive: true });
		const partial = await mkdtemp(join(tmpdir(), 'spakinect-tarball-'));
		try {
			await buildAndPack(partial, log);
			await mkdir(`${home}.${process.pid}`, { recursive: true });
			await cp(partial, `${home}.${process.pid}`, { recursive: true });
		} finally {
			await rm(partial, { recursive: true, force: true });
		}
		// Another process may have created the same tarball in the meantime. Both are equal.
		await rename(`${home}.${process.pid}`, home).catch(() =>
			rm(`${home}.${process.pid}`, { recursive: true, force: true }),
		);
		await dropOldTarballs(folder);
	}
	const name = (await readdir(home)).find((file) => file.endsWith('.tgz'));
	if (!name) throw new Error(`npm pack left no tarball in ${basename(home)}`);
	return join(home, name);
};

let packed: Promise<string> | undefined;

/**
 * The path of this project's tarball: a fresh build, packed by npm exactly as it would be published. It is
 * built once per process, and only again if one of its files changes.
 * @throws UserError when the build fails
 */
export const packProject = (log: Log = () => undefined): Promise<string> =>
	(packed ??= packOnce(log));

/**
 * Installs a tarball where n8n's own installer would:
 * `<userFolder>/.n8n/nodes/node_modules/n8n-nodes-spakinect`. The dev, peer and optional dependencies are
 * removed from its package.json, so that there is no second n8n-workflow. Two copies would break `instanceof`
 * for n8n's error classes.
 * @returns the installed folder
 * @throws Error if the package has runtime dependencies, which n8n's installer would fetch
 */
export const installTarball = async (tarball: string, userFolder: string): Promise<string> => {
	const nodes = join(userFolder, '.n8n', 'nodes');
	const target = join(nodes, 'node_modules', packageName);
	await rm(target, { recursive: true, force: true });
	await mkdir(target, { recursive: true });
	await extract({ file: tarball, cwd: target, strip: 1 });
	const manifestFile = join(target, 'package.json');
	const manifest = JSON.parse(await readFile(manifestFile, 'utf8')) as Record<string, unknown>;
	if (Object.keys((manifest.dependencies as object | undefined) ?? {}).length > 0) {
		throw new Error(
			'The package has runtime dependencies. n8n does not accept them in verified nodes.',
		);
	}
	const shipped = Object.entries(manifest).filter(
		([key]) => !['devDependencies', 'peerDependencies', 'optionalDependencies'].includes(key),
	);
	await writeFile(manifestFile, JSON.stringify(Object.fromEntries(shipped), null, 2));
	await writeFile(
		join(nodes, 'package.json'),
		JSON.stringify({
			name: 'installed-nodes',
			private: true,
			dependencies: { [packageName]: manifest.version },
		}),
	);
	return target;
};
