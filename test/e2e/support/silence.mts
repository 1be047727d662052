import { setTimeout as sleep } from 'node:timers/promises';
import { loopbackAxios } from '../../../sandbox/n8n/loopback.mts';

const EVERY_MS = 100;

/** How a server answered during a run. */
export interface Silence {
	/** The longest wait for an answer, in milliseconds. */
	longestMs: number;
	/** The number of requests. */
	asked: number;
}

/**
 * Calls n8n's health check every 100 ms during a run, without waiting for earlier answers.
 *
 * @param url n8n's address
 */
export async function silenceDuring<T>(
	url: string,
	work: () => Promise<T>,
): Promise<Silence & { result: T }> {
	const http = loopbackAxios(url, 120_000);
	const waits: number[] = [];
	const asked: Array<Promise<void>> = [];
	let over = false;
	const ask = async () => {
		const began = performance.now();
		await http.get('/healthz');
		waits.push(performance.now() - began);
	};
	const watch = (async () => {
		while (!over) {
			asked.push(ask());
			await sleep(EVERY_MS);
		}
		await Promise.all(asked);
	})();
	const result = await work().finally(() => {
		over = true;
	});
	await watch;
	return { longestMs: Math.max(...waits), asked: waits.length, result };
}
