import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** The project's root folder. */
export const projectRoot = join(here, '..', '..');

/** The package's name in n8n. Node types are `<name>.<node>`. */
export const packageName = 'n8n-nodes-spakinect';

/** Where installs and tarballs are kept. It is outside the checkout, so a new clone does not install again. */
export const cacheRoot = (env: NodeJS.ProcessEnv = process.env): string =>
	join(env.N8N_SANDBOX_CACHE || env.XDG_CACHE_HOME || join(homedir(), '.cache'), packageName);

/** The default n8n, and the newest 1.x, which only one test starts. */
export const PINNED = ['n8n', 'n8n-1'] as const;
export type Pinned = (typeof PINNED)[number];

/** The folder with a pinned n8n's package.json and lockfile. */
export const lockFolder = (pinned: Pinned): string => join(projectRoot, 'sandbox', pinned);

/** A pinned n8n's folder in the cache. Each lockfile has its own folder. */
export const installFolder = (
	pinned: Pinned = 'n8n',
	env: NodeJS.ProcessEnv = process.env,
): string => {
	const lockfile = readFileSync(join(lockFolder(pinned), 'package-lock.json'));
	const key = createHash('sha256').update(lockfile).digest('hex').slice(0, 16);
	return join(cacheRoot(env), `${pinned}-${key}`);
};
