import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { N8nClient } from './client.mts';
import { n8nEnv } from './env.mts';
import { StepError } from './errors.mts';
import { installN8n } from './install.mts';
import { tail, type Log } from './longStep.mts';
import { loopbackAxios } from './loopback.mts';
import { installTarball, packProject } from './pack.mts';
import type { Pinned } from './paths.mts';
import { freePort } from './ports.mts';
import { startGroup, type ProcessGroup } from './processGroup.mts';

const READY_TIMEOUT_MS = 300_000;
const PROGRESS_EVERY_MS = 15_000;

export interface StartOptions {
	/** Which of the pinned versions. Default: the one for everything else. */
	pinned?: Pinned;
	/**
	 * Default: a new temporary folder, which `stop()` removes. Use an earlier folder to start the same n8n
	 * again.
	 */
	userFolder?: string;
	/** Default: a free port. */
	port?: number;
	/** Environment variables for n8n. They override the sandbox's. */
	env?: NodeJS.ProcessEnv;
	/** The package to install. Default: this project, freshly packed. `null` means no package. */
	tarball?: string | null;
	/** n8n's command and its arguments. Default: `['start']`. Queue mode uses `['webhook']` and `['worker']`. */
	command?: string[];
	log?: Log;
}

/** A running n8n. */
export interface N8n {
	url: string;
	port: number;
	/** n8n's main process. */
	pid: number;
	userFolder: string;
	client: N8nClient;
	/** Stops n8n cleanly, and removes its folder if it is temporary. */
	stop(): Promise<void>;
	/** Kills n8n like a power cut. The folder stays. */
	kill(): Promise<void>;
	output(): string;
}

/** Whether the database is migrated and the REST routes answer. The health check alone answers too early. */
const isReady = async (url: string, paths: string[]): Promise<boolean> => {
	// A closed port refuses at once. This is for an n8n that is too busy to answer.
	const http = loopbackAxios(url, 10_000);
	for (const path of paths) {
		const answer = await http.get(path, { validateStatus: () => true }).catch(() => undefined);
		if (answer?.status !== 200) return false;
	}
	return true;
};

const waitUntilReady = async (
	url: string,
	paths: string[],
	group: ProcessGroup,
	log: Log,
): Promise<void> => {
	let over: string | undefined;
	void group.ended.then((reason) => {
		over = reason;
	});
	const began = Date.now();
	const deadline = began + READY_TIMEOUT_MS;
	let nextWord = began + PROGRESS_EVERY_MS;
	while (!(await isReady(url, paths))) {
		if (over === undefined && Date.now() < deadline) {
			if (Date.now() >= nextWord) {
				log(`  still running: start n8n (${Math.round((Date.now() - began) / 1000)} s)`);
				nextWord += PROGRESS_EVERY_MS;
			}
			await sleep(200);
			continue;
		}
		const reason = over
			? `it ended with ${over}`
			: `it was not ready after ${READY_TIMEOUT_MS / 1000} s`;
		throw new StepError('start n8n', `${reason}. Its last lines:\n${tail(group.output(), 25)}`);
	}
};

/**
 * Starts the pinned n8n with the packed project in it, on loopback, and waits until it answers. n8n creates an
 * encryption key per user folder and keeps it there, unless `env` sets `N8N_ENCRYPTION_KEY`. Queue mode needs
 * the same key in each process.
 * @throws StepError with the end of n8n's output, UserError when it cannot be installed
 */
export const startN8n = async (options: StartOptions = {}): Promise<N8n> => {
	const log = options.log ?? (() => undefined);
	const install = await installN8n(log, options.pinned);
	const tarball = options.tarball === undefined ? await packProject(log) : options.tarball;
	const temporary = options.userFolder === undefined;
	const userFolder = options.userFolder ?? (await mkdtemp(join(tmpdir(), 'spakinect-n8n-')));
	await mkdir(userFolder, { recursive: true });
	if (tarball !== null) await installTarball(tarball, userFolder);
	const port = options.port ?? (await freePort());
	const command = options.command ?? ['start'];
	const settings = { node: install.node, userFolder, port, brokerPort: await freePort() };
	const group = startGroup(install.node, [install.bin, ...command], {
		cwd: userFolder,
		env: n8nEnv(settings, options.env),
	});
	const url = `http://127.0.0.1:${port}`;
	// A webhook process or a worker has no REST routes.
	const paths =
		command[0] === 'start' ? ['/healthz/readiness', '/rest/settings'] : ['/healthz/readiness'];
	try {
		await waitUntilReady(url, paths, group, log);
	} catch (error) {
		await group.kill();
		if (temporary) await rm(userFolder, { recursive: true, force: true });
		throw error;
	}
	return {
		url,
		port,
		pid: group.pid,
		userFolder,
		client: new N8nClient(url),
		output: group.output,
		kill: group.kill,
		stop: async () => {
			await group.stop();
			if (temporary) await rm(userFolder, { recursive: true, force: true, maxRetries: 5 });
		},
	};
};
