import Fastify from 'fastify';
import { loadDescription } from '../../../sandbox/simulator/description.mts';
import type { JournalEntry } from '../../../sandbox/simulator/index.mts';

/**
 * Checks requests against sandbox/openapi.yaml, independently of the simulator: a server of only the described
 * routes, which refuses unknown fields and converts nothing.
 */
export async function describedApi() {
	const app = Fastify({
		routerOptions: { maxParamLength: 1000 },
		ajv: {
			customOptions: {
				removeAdditional: false,
				coerceTypes: false,
				useDefaults: false,
				strict: false,
			},
		},
	});
	for (const { method, url, body, params, query } of loadDescription()) {
		app.route({
			method,
			url,
			schema: {
				...(body && { body }),
				...(params && { params }),
				...(query && { querystring: query }),
			},
			handler: async () => 'valid',
		});
	}

	const origin = await app.listen({ port: 0, host: '127.0.0.1' });

	/** The problems of each API request. Empty if there are none. */
	const check = async (requests: JournalEntry[]): Promise<string[]> => {
		const faults: string[] = [];
		for (const { api, method, path, query, body } of requests) {
			if (api === 'files') continue;
			const search = new URLSearchParams(query as Record<string, string>).toString();
			const answer = await fetch(`${origin}${path}?${search}`, {
				method,
				...(body === null
					? {}
					: { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
			});
			const text = await answer.text();
			if (text !== 'valid') faults.push(`${method} ${path}: ${text}`);
		}
		return faults;
	};
	return { check, close: () => app.close() };
}
