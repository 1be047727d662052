import { copyFile, cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { UserError } from './errors.mts';
import { withLock } from './lock.mts';
import { runLongStep, type Log } from './longStep.mts';
import { PINNED, installFolder, lockFolder, type Pinned } from './paths.mts';

/** A pinned n8n that is ready to start. */
interface N8nInstall {
	dir: string;
	/** Path of the Node binary that n8n runs on. */
	node: string;
	/** Path of n8n's command line file. */
	bin: string;
}

const MARKER = '.complete';

const layout = (dir: string): N8nInstall => ({
	dir,
	node: join(dir, 'node_modules', 'node', 'bin', 'node'),
	bin: join(dir, 'node_modules', 'n8n', 'bin', 'n8n'),
});

/**
 * The environment for npm. `npm run` may pass ignore-scripts on, and the two rebuilds are scripts.
 * sqlite3 uses only the stable Node-API, so the headers of the current Node.js work if the right ones
 * cannot be downloaded.
 */
const npmEnv = (): NodeJS.ProcessEnv => {
	const env: NodeJS.ProcessEnv = {
		...process.env,
		npm_config_ignore_scripts: undefined,
		npm_config_omit: undefined,
		NODE_ENV: undefined,
	};
	const prefix = dirname(dirname(process.execPath));
	if (!env.npm_config_nodedir && existsSync(join(prefix, 'include', 'node', 'node_api.h'))) {
		env.npm_config_nodedir = prefix;
	}
	return env;
};

/** The tools for a native build that aren't on the PATH. */
const missingTools = (path = ''): string[] => {
	const has = (name: string) => path.split(delimiter).some((dir) => existsSync(join(dir, name)));
	const wanted = [['make'], ['g++', 'c++', 'clang++'], ['python3', 'python']];
	return wanted.filter((names) => !names.some(has)).map(([name = '']) => name);
};

const versionsOf = async (pinned: Pinned): Promise<{ n8n: string; node: string }> => {
	const manifest = JSON.parse(await readFile(join(lockFolder(pinned), 'package.json'), 'utf8')) as {
		dependencies: { n8n: string; node: string };
	};
	return manifest.dependencies;
};

/** Why the folder can't be used, or undefined if it has the pinned versions and its native module loads. */
const problemWith = async (install: N8nInstall, pinned: Pinned): Promise<string | undefined> => {
	if (!existsSync(install.node) || !existsSync(install.bin)) return 'it is incomplete';
	const versions = await versionsOf(pinned);
	const check = (args: string[]) =>
		runLongStep(
			{ title: 'Check n8n', command: install.node, args, cwd: install.dir, env: npmEnv() },
			() => undefined,
		).then(
			(output) => output.trim(),
			() => 'failed',
		);
	if ((await check(['--version'])) !== `v${versions.node}`) return 'its Node.js does not run';
	if ((await check([install.bin, '--version'])) !== versions.n8n) return 'its n8n does not run';
	const sqlite = await check(['-e', "require('sqlite3');console.log('ok')"]);
	return sqlite === 'ok' ? undefined : 'its sqlite3 module does not load';
};

const removeLeftovers = async (dir: string): Promise<void> => {
	const parent = dirname(dir);
	for (const name of await readdir(parent)) {
		if (name.startsWith(`${basename(dir)}.partial-`)) {
			await rm(join(parent, name), { recursive: true, force: true });
		}
	}
};

const SQLITE = join('node_modules', 'sqlite3');

/** The same version of the module, built for another pinned n8n. Copying it saves minutes. */
const builtElsewhere = async (dir: string): Promise<string | undefined> => {
	const versionIn = (folder: string) =>
		readFile(join(folder, SQLITE, 'package.json'), 'utf8').then(
			(text) => (JSON.parse(text) as { version: string }).version,
			() => undefined,
		);
	const wanted = await versionIn(dir);
	for (const other of PINNED.map((pinned) => installFolder(pinned))) {
		const isReady = existsSync(join(other, MARKER)) && existsSync(join(other, SQLITE, 'build'));
		if (isReady && (await versionIn(other)) === wanted) return join(other, SQLITE, 'build');
	}
	return undefined;
};

const installInto = async (dir: string, pinned: Pinned, log: Log): Promise<void> => {
	const env = npmEnv();
	const npm = (title: string, args: string[], first?: string) =>
		runLongStep(
			{
				title,
				command: 'npm',
				args,
				cwd: dir,
				env: first ? { ...env, PATH: `${first}${delimiter}${env.PATH ?? ''}` } : env,
			},
			log,
		);
	await mkdir(dir, { recursive: true });
	for (const name of ['package.json', 'package-lock.json']) {
		await copyFile(join(lockFolder(pinned), name), join(dir, name));
	}
	const missing = missingTools(env.PATH);
	if (missing.length > 0) {
		log(
			`Not found: ${missing.join(', ')}. Step 3 needs them, unless npm can download a prebuilt module.`,
		);
	}
	const { n8n } = await versionsOf(pinned);
	log(`Installing n8n ${n8n} once (about 2.2 GB, 5 to 8 minutes). Later runs use the cached copy.`);
	await npm('1 of 3: download n8n', ['ci', '--ignore-scripts', '--legacy-peer-deps']);
	await npm('2 of 3: install its own Node.js', ['rebuild', 'node', '--ignore-scripts=false']);
	const built = await builtElsewhere(dir);
	if (built !== undefined) {
		log('3 of 3: database module copied from another n8n');
		return cp(built, join(dir, SQLITE, 'build'), { recursive: true });
	}
	await npm(
		'3 of 3: build its database module',
		['rebuild', 'sqlite3', '--ignore-scripts=false'],
		dirname(layout(dir).node),
	);
};

/** Installs into a folder next to the final one, then renames it. A failed install is removed. */
const replaceWith = async (
	dir: string,
	partial: string,
	pinned: Pinned,
	log: Log,
): Promise<void> => {
	try {
		await installInto(partial, pinned, log);
		const problem = await problemWith(layout(partial), pinned);
		if (problem) throw new UserError(`n8n was installed, but ${problem}.`);
		await rm(dir, { recursive: true, force: true });
		await rename(partial, dir);
	} catch (error) {
		await rm(partial, { recursive: true, force: true });
		throw error;
	}
};

/**
 * A pinned n8n (default: the one for everything else), installed if needed. The folder gets its final name only
 * if the install works, so an interrupted install is never used. A lock prevents two installs at the same time.
 * @throws UserError when something is missing (network, compiler, space)
 */
export const installN8n = async (log: Log, pinned: Pinned = 'n8n'): Promise<N8nInstall> => {
	const dir = installFolder(pinned);
	const install = layout(dir);
	const marker = join(dir, MARKER);
	if (existsSync(marker)) return install;
	return withLock(`${dir}.lock`, 'The installation of n8n', log, async () => {
		if (existsSync(marker)) return install;
		await removeLeftovers(dir);
		if ((await problemWith(install, pinned)) !== undefined) {
			await replaceWith(dir, `${dir}.partial-${process.pid}`, pinned, log);
		}
		await writeFile(marker, `${new Date().toISOString()}\n`);
		return install;
	});
};
