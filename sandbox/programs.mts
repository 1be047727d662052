import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** Where PostgreSQL's programs are. */
export interface PostgresPrograms {
	/** Folder with `initdb`, `postgres`, `pg_isready` and `psql`. */
	postgresBin: string;
	/** The command that runs PostgreSQL as another user, because it refuses to run as root. */
	asPostgres: string[];
}

/** Where the programs of the two servers of queue mode are. */
export interface ServerPrograms extends PostgresPrograms {
	redisServer: string;
}

const DEBIAN = '/usr/lib/postgresql';

const onPath = (...names: string[]): string | undefined => {
	const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
	const files = names.flatMap((name) => folders.map((folder) => join(folder, name)));
	return files.find((file) => existsSync(file));
};

/** The browser of the browser tests: `CHROMIUM_PATH` if it is set, else what is on the PATH. */
export const findChromium = (): string | undefined => {
	const chosen = process.env.CHROMIUM_PATH;
	if (chosen) return existsSync(chosen) ? chosen : undefined;
	return onPath('chromium', 'chromium-browser', 'google-chrome');
};

/** Folder of PostgreSQL's programs. Debian keeps them off the PATH, by version; the newest wins. */
export const findPostgres = (): string | undefined => {
	const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
	const folders = versions
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => join(DEBIAN, version, 'bin'));
	const initdb = onPath('initdb');
	// A link on the PATH may have only some of the programs beside it.
	if (initdb) folders.push(dirname(realpathSync(initdb)));
	return folders.find((bin) =>
		['initdb', 'postgres', 'pg_isready', 'psql'].every((name) => existsSync(join(bin, name))),
	);
};

export const findRedis = (): string | undefined => onPath('redis-server');

/** The programs that a PostgreSQL of our own needs, or undefined if one is missing. */
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
