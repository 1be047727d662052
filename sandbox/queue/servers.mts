import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../n8n/ports.mts';
import type { ProcessGroup } from '../n8n/processGroup.mts';
import type { ServerPrograms } from '../programs.mts';
import { OWNER, startPostgres } from './postgres.mts';
import { startServer } from './startServer.mts';

/** A PostgreSQL and a Redis on free loopback ports, in temporary folders. */
interface QueueServers {
	/** The environment that n8n needs to use them in queue mode. */
	env: NodeJS.ProcessEnv;
	/** Stops both and removes their folders. */
	stop(): Promise<void>;
}

/** Whether Redis answers PONG on this port. */
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

/** Starts both. They don't affect the system's own servers. */
export const startQueueServers = async (programs: ServerPrograms): Promise<QueueServers> => {
	const folder = (name: string) => mkdtemp(join(tmpdir(), `spakinect-${name}-`));
	const folders = [await folder('redis'), await folder('postgres')] as const;
	const ports = { redis: await freePort(), postgres: await freePort() };
	const groups: ProcessGroup[] = [];
	const stop = async () => {
		// After SIGTERM, PostgreSQL waits until every client has disconnected. A few seconds are enough.
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
			DB_POSTGRESDB_USER: OWNER,
		},
		stop,
	};
};
