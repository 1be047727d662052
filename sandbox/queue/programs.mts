import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** Where the programs of the two servers are. */
export interface ServerPrograms {
	/** Folder with `initdb`, `postgres` and `pg_isready`. */
	postgresBin: string;
	redisServer: string;
	/** What it takes to run PostgreSQL, which refuses to run as root. */
	asPostgres: string[];
}

const DEBIAN = '/usr/lib/postgresql';

const onPath = (name: string): string | undefined =>
	[...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin']
		.map((folder) => join(folder, name))
		.find((file) => existsSync(file));

const findPostgres = (): string | undefined => {
	const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
	const folders = versions
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => join(DEBIAN, version, 'bin'));
	const initdb = onPath('initdb');
	// What is on the PATH may be a link, with only some of the programs beside it.
	if (initdb) folders.push(dirname(realpathSync(initdb)));
	return folders.find((bin) =>
		['initdb', 'postgres', 'pg_isready'].every((name) => existsSync(join(bin, name))),
	);
};

/**
 * The programs that queue mode needs, as Debian's packages `postgresql` and `redis-server` install them.
 * @returns the programs, or what is missing in words
 */
export const findServers = (): ServerPrograms | { missing: string } => {
	const postgresBin = findPostgres();
	const redisServer = onPath('redis-server');
	const setpriv = onPath('setpriv');
	const isRoot = process.getuid?.() === 0;
	const missing = [
		...(postgresBin ? [] : ['PostgreSQL']),
		...(redisServer ? [] : ['Redis']),
		...(isRoot && !setpriv ? ['setpriv'] : []),
	];
	if (!postgresBin || !redisServer || missing.length > 0) {
		return {
			missing: `${missing.join(' and ')} not found (apt-get install postgresql redis-server)`,
		};
	}
	const drop = [setpriv ?? '', '--reuid=postgres', '--regid=postgres', '--clear-groups', '--'];
	return { postgresBin, redisServer, asPostgres: isRoot ? drop : [] };
};
