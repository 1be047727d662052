import { randomBytes } from 'node:crypto';
import { freePort } from '../n8n/ports.mts';
import { startN8n, type N8n, type StartOptions } from '../n8n/start.mts';
import type { ServerPrograms } from '../programs.mts';
import { startQueueServers } from './servers.mts';

/** n8n in queue mode: one main process, one worker and two webhook processes. */
export interface QueueN8n {
	main: N8n;
	worker: N8n;
	/** `WEBHOOK_URL` is the first one's address. */
	webhooks: [N8n, N8n];
	stop(): Promise<void>;
}

/**
 * Starts the servers and the four processes, each with a folder of its own and the packed project in it.
 * Production webhooks are off in the main process, as n8n recommends with webhook processes.
 */
export const startQueueN8n = async (programs: ServerPrograms): Promise<QueueN8n> => {
	const servers = await startQueueServers(programs);
	const started: N8n[] = [];
	const stop = async () => {
		await Promise.all(started.map((one) => one.stop()));
		await servers.stop();
	};
	const publicPort = await freePort();
	const shared: NodeJS.ProcessEnv = {
		...servers.env,
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		N8N_LOG_LEVEL: 'info',
		WEBHOOK_URL: `http://127.0.0.1:${publicPort}/`,
	};
	const start = async (options: StartOptions): Promise<N8n> => {
		const n8n = await startN8n({ ...options, env: { ...shared, ...options.env } });
		started.push(n8n);
		return n8n;
	};
	try {
		// The main process creates the tables that the others need.
		const main = await start({ env: { N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true' } });
		const health = await freePort();
		const others = [
			start({
				command: ['worker', '--concurrency=5'],
				port: health,
				env: { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(health) },
			}),
			start({ command: ['webhook'], port: publicPort }),
			start({ command: ['webhook'] }),
		];
		// All starts have finished or failed before anything is stopped.
		await Promise.allSettled(others);
		const [worker, first, second] = await Promise.all(others);
		return { main, worker: worker!, webhooks: [first!, second!], stop };
	} catch (error) {
		await stop();
		throw error;
	}
};
