import { get } from 'node:http';
import type { PollFigures } from './poll.mts';
import { pollHost } from './pollHost.mts';

// A separate process, because n8n-core takes over the console and the simulator must not share its thread.
const [emrUrl = '', visits = '0', rounds = '0'] = process.argv.slice(2);
const KEY = 'emr-test-key';

/** The minimum cost of reading the list: the request and the parsing, with Node's own client. */
const bare = (): Promise<{ gfes: unknown[] }> =>
	new Promise((resolve, reject) => {
		const headers = { 'x-api-key': KEY };
		get(`${emrUrl}/gfes/loc_downtown`, { headers, agent: false }, (response) => {
			const parts: Buffer[] = [];
			response.on('data', (part: Buffer) => parts.push(part));
			response.on('end', () => resolve(JSON.parse(Buffer.concat(parts).toString())));
		}).on('error', reject);
	});

const host = pollHost(
	{
		authentication: 'emr',
		locationIds: ['loc_downtown'],
		events: ['created', 'completed', 'cancelled', 'rejected', 'statusChanged', 'decisionsChanged'],
	},
	{ apiKey: KEY, environment: 'custom', baseUrl: emrUrl },
);
const poll = async (): Promise<void> => {
	if ((await host.poll()) > 0) throw new Error('The poll was not a steady one');
};

const helper = async () => await host.request(`${emrUrl}/gfes/loc_downtown`, { 'x-api-key': KEY });

const timed = async (work: () => Promise<unknown>): Promise<number> => {
	const began = performance.now();
	await work();
	return performance.now() - began;
};

await host.poll();
const figures: PollFigures = { poll: [], helper: [], bare: [], stateBytes: host.stateBytes() };
for (let round = -5; round < Number(rounds); round += 1) {
	const times = { bare: await timed(bare), helper: await timed(helper), poll: await timed(poll) };
	// The first rounds warm up.
	if (round < 0) continue;
	figures.bare.push(times.bare);
	figures.helper.push(times.helper);
	figures.poll.push(times.poll);
}
const { gfes } = await bare();
if (gfes.length !== Number(visits)) throw new Error(`${gfes.length} visits`);
process.stdout.write(JSON.stringify(figures));
