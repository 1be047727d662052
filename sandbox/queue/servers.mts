import { execFile, execFileSync } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tail } from '../n8n/longStep.mts';
import { freePort } from '../n8n/ports.mts';
import { startGroup, type ProcessGroup } from '../n8n/processGroup.mts';
import { until } from '../n8n/until.mts';
import type { ServerPrograms } from '../programs.mts';

const START_MS = 60_000;
const USER = 'n8n';

/** A PostgreSQL and a Redis of our own, on free ports of loopback, in temporary folders. */
interface QueueServers {
	/** The environment that n8n needs to use them in queue mode. */
	env: NodeJS.ProcessEnv;
	/** Ends both and removes their folders. */
	stop(): Promise<void>;
}

/** Runs a program in the foreground until `isUp`. */
const startServer = async (
	name: string,
	command: string[],
	cwd: string,
	isUp: () => Promise<boolean>,
): Promise<ProcessGroup> => {
	const [program = '', ...args] = command;
	const group = startGroup(program, args, { cwd, env: { ...process.env, LC_ALL: 'C' } });
	let over: string | undefined;
	void group.ended.then((reason) => (over = reason));
	try {
		await until(`start ${name}`, START_MS, async () => {
			if (over) throw new Error(`${name} ended with ${over}:\n${tail(group.output(), 10)}`);
			return (await isUp()) ? true : undefined;
		});
	} catch (error) {
		await group.kill();
		throw error;
	}
	return group;
};

/** Whether Redis says PONG there. */
const answersPing = (port: number): Promise<boolean> =>
	new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
		socket.once('error', () => resolve(false));
		socket.once('data', (chunk) => {
			socket.destroy();
			resolve(chunk.toString().startsWith('+PONG'));
		});
	});

const startRedis = async (programs: ServerPrograms, folder: string, port: number) => {
	const options = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder };
	const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
	const command = [programs.redisServer, ...args];
	return await startServer('Redis', command, folder, () => answersPing(port));
};

const startPostgres = async (programs: ServerPrograms, folder: string, port: number) => {
	const { asPostgres, postgresBin } = programs;
	const as = (name: string, ...args: string[]): string[] => [
		...asPostgres,
		join(postgresBin, name),
		...args,
	];
	if (asPostgres.length > 0) {
		const id = (flag: string) =>
			Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
		await chown(folder, id('-u'), id('-g'));
	}
	const data = join(folder, 'data');
	const run = async ([program = '', ...args]: string[]) =>
		await promisify(execFile)(program, args, { cwd: folder });
	await run(as('initdb', '-D', data, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'));
	// Without sockets in a shared folder, and without waiting for the disk: the data is thrown away.
	const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off' };
	const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const isReady = async () =>
		await run(as('pg_isready', '-q', '-h', '127.0.0.1', '-p', String(port))).then(
			() => true,
			() => false,
		);
	const command = as('postgres', '-D', data, '-p', String(port), ...flags);
	return await startServer('PostgreSQL', command, folder, isReady);
};

/** Starts both. Nothing of the system's own servers is touched. */
export const startQueueServers = async (programs: ServerPrograms): Promise<QueueServers> => {
	const folder = (name: string) => mkdtemp(join(tmpdir(), `spakinect-${name}-`));
	const folders = [await folder('redis'), await folder('postgres')] as const;
	const ports = { redis: await freePort(), postgres: await freePort() };
	const groups: ProcessGroup[] = [];
	const stop = async () => {
		// PostgreSQL takes SIGTERM for "wait until every client has gone": a few seconds are enough.
		await Promise.all(groups.map((group) => group.stop(5_000)));
		for (const one of folders) await rm(one, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		groups.push(await startRedis(programs, folders[0], ports.redis));
		groups.push(await startPostgres(programs, folders[1], ports.postgres));
	} catch (error) {
		await stop();
		throw error;
	}
	return {
		env: {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(ports.redis),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(ports.postgres),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: USER,
		},
		stop,
	};
};
