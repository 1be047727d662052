import { setTimeout as sleep } from 'node:timers/promises';
import type { Execution } from '../../../sandbox/n8n/client.mts';
import { loopbackAxios } from '../../../sandbox/n8n/loopback.mts';

const EVERY_MS = 50;

/** A node that computes in one go is silent for most of its run. */
export const MOST_SILENCE = 2 / 3;

/** When a request was sent and answered, in milliseconds since 1970. */
interface Wait {
	began: number;
	ended: number;
}

/** How a server answered during a run. */
interface Silence {
	/** The longest wait for an answer, in milliseconds. It says nothing about another machine. */
	longestMs: number;
	waits: Wait[];
}

/** How a server answered while a node of one of its workflows ran. */
interface NodeSilence {
	/** The longest wait in the node's run, as a share of that run: on a slow machine as on a fast one. */
	share: number;
	/** The number of requests that were under way in the node's run. */
	asked: number;
}

/**
 * Calls n8n's health check again and again during a run, without waiting for earlier answers.
 *
 * @param url n8n's address
 */
export async function silenceDuring<T>(
	url: string,
	work: () => Promise<T>,
): Promise<Silence & { result: T }> {
	const http = loopbackAxios(url, 120_000);
	const waits: Wait[] = [];
	const asked: Array<Promise<void>> = [];
	let over = false;
	const ask = async () => {
		const began = Date.now();
		await http.get('/healthz');
		waits.push({ began, ended: Date.now() });
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
	return { longestMs: Math.max(...waits.map(({ began, ended }) => ended - began)), waits, result };
}

/** @param waits of the whole execution */
export const silenceIn = (waits: Wait[], { runData }: Execution, node: string): NodeSilence => {
	const { startTime = 0, executionTime = 0 } = runData[node]?.[0] ?? {};
	const end = startTime + executionTime;
	const within = waits
		.map(({ began, ended }) => Math.min(ended, end) - Math.max(began, startTime))
		.filter((ms) => ms > 0);
	return { share: Math.max(0, ...within) / executionTime, asked: within.length };
};
