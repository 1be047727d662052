import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** The location of PostgreSQL's programs. */
export interface PostgresPrograms {
	/** Folder with `initdb`, `postgres`, `pg_isready` and `psql`. */
	postgresBin: string;
	/** The command that runs PostgreSQL as another user, because it refuses to run as root. */
	asPostgres: string[];
}

/** The location of the programs of queue mode's two servers. */
export interface ServerPrograms extends PostgresPrograms {
	redisServer: string;
}

const DEBIAN = '/usr/lib/postgresql';

const onPath = (...names: string[]): string | undefined => {
	const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
	const files = names.flatMap((name) => folders.map((folder) => join(folder, name)));
	return files.find((file) => existsSync(file));
};

/** The browser of the browser tests: `CHROMIUM_PATH` if it is set, otherwise the one on the PATH. */
export const findChromium = (): string | undefined => {
	const chosen = process.env.CHROMIUM_PATH;
	if (chosen) return existsSync(chosen) ? chosen : undefined;
	return onPath('chromium', 'chromium-browser', 'google-chrome');
};

/**
 * Folder of PostgreSQL's programs. Debian keeps them in folders by version, outside the PATH. The newest
 * version is used.
 */
export const findPostgres = (): string | undefined => {
	const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
	const folders = versions
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => join(DEBIAN, version, 'bin'));
	const initdb = onPath('initdb');
	// The folder of a link on the PATH may lack some of the programs.
	if (initdb) folders.push(dirname(realpathSync(initdb)));
	return folders.find((bin) =>
		['initdb', 'postgres', 'pg_isready', 'psql'].every((name) => existsSync(join(bin, name))),
	);
};

export const findRedis = (): string | undefined => onPath('redis-server');

/** The programs for a temporary PostgreSQL, or undefined if one is missing. */
export const findDatabase = (): PostgresPrograms | undefined => {
	const postgresBin = findPostgres();
	if (!postgresBin) return undefined;
	if (process.getuid?.() !== 0) return { postgresBin, asPostgres: [] };
	const setpriv = onPath('setpriv');
	if (!setpriv) return undefined;
	const asPostgres = [setpriv, '--reuid=postgres', '--regid=postgres', '--clear-groups', '--'];
	return { postgresBin, asPostgres };
};

/** The programs that queue mode needs, or undefined if one is missing. */
export const findServers = (): ServerPrograms | undefined => {
	const database = findDatabase();
	const redisServer = findRedis();
	return database && redisServer ? { ...database, redisServer } : undefined;
};
