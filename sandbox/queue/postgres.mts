import { execFile, execFileSync } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../n8n/ports.mts';
import type { PostgresPrograms } from '../programs.mts';
import { startServer } from './startServer.mts';

/** The owner of everything in it. There is no password, because it listens only on loopback and is temporary. */
export const OWNER = 'n8n';
const DATABASE = 'postgres';

/** Starts PostgreSQL in an empty folder. */
export const startPostgres = async (programs: PostgresPrograms, folder: string, port: number) => {
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
	await run(as('initdb', '-D', data, '-U', OWNER, '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'));
	// It uses no sockets in a shared folder and doesn't wait for the disk, because the data is temporary.
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

/** A PostgreSQL in a temporary folder. */
export interface Database {
	port: number;
	/** Runs SQL as the owner. @returns the rows of a SELECT. @throws Error with psql's text */
	rows(select: string): Promise<Array<Record<string, unknown>>>;
	run(sql: string): Promise<void>;
	/** Runs a file as the owner. */
	runFile(file: string): Promise<void>;
	/** Stops it and removes its folder. */
	stop(): Promise<void>;
}

export const startDatabase = async (programs: PostgresPrograms): Promise<Database> => {
	const folder = await mkdtemp(join(tmpdir(), 'spakinect-postgres-'));
	const port = await freePort();
	const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
	try {
		const server = await startPostgres(programs, folder, port);
		const psql = async (...args: string[]): Promise<string> => {
			const to = ['-h', '127.0.0.1', '-p', String(port), '-U', OWNER, '-d', DATABASE];
			const options = ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1'];
			const program = join(programs.postgresBin, 'psql');
			return (await promisify(execFile)(program, [...to, ...options, ...args])).stdout;
		};
		return {
			port,
			rows: async (select) => {
				const text = await psql('-c', `SELECT coalesce(json_agg(r), '[]') FROM (${select}) r`);
				return JSON.parse(text) as Array<Record<string, unknown>>;
			},
			run: async (sql) => void (await psql('-c', sql)),
			runFile: async (file) => void (await psql('-f', file)),
			stop: async () => {
				await server.stop(5_000);
				await remove();
			},
		};
	} catch (error) {
		await remove();
		throw error;
	}
};
