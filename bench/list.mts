import { goal, mb, median, ms, ratio, table } from './measure.mts';
import { runChain, saveChain } from './rig.mts';
import type { Rig, Round, Step } from './rig.mts';

const VISITS = 50_000;
const ROUNDS = 3;

/**
 * A location with 50,000 visits: Get Many against HTTP Request and Split Out, which give the same
 * as the output `raw`. `visit` does more.
 */
export async function benchList(rig: Rig): Promise<void> {
	await rig.control('post', '/reset');
	await rig.control('post', '/visits', { generate: VISITS, seed: 2, location_id: 'loc_downtown' });
	const credentials = { spakinectApi: rig.credential };
	const getMany = (output: string): Step => ({
		name: 'List',
		type: 'n8n-nodes-spakinect.spakinect',
		typeVersion: 1,
		parameters: {
			authentication: 'emr',
			resource: 'gfe',
			operation: 'getAll',
			locationId: 'loc_downtown',
			returnAll: true,
			output,
		},
		credentials,
	});
	const chains = {
		raw: { nodes: ['List'], id: await saveChain(rig, 'raw', [getMany('raw')]) },
		visit: { nodes: ['List'], id: await saveChain(rig, 'visit', [getMany('visit')]) },
		http: {
			nodes: ['Request', 'Split Out'],
			id: await saveChain(rig, 'http', [
				{
					name: 'Request',
					type: 'n8n-nodes-base.httpRequest',
					typeVersion: 4.2,
					parameters: {
						url: `${rig.simulator.emrUrl}/gfes/loc_downtown`,
						authentication: 'predefinedCredentialType',
						nodeCredentialType: 'spakinectApi',
						options: {},
					},
					credentials,
				},
				{
					name: 'Split Out',
					type: 'n8n-nodes-base.splitOut',
					typeVersion: 1,
					parameters: { fieldToSplitOut: 'gfes', options: {} },
				},
			]),
		},
	};
	const rounds: Record<keyof typeof chains, Round[]> = { raw: [], visit: [], http: [] };
	for (let round = 0; round < ROUNDS + 1; round += 1) {
		for (const kind of ['raw', 'visit', 'http'] as const) {
			const result = await runChain(rig, chains[kind].id, chains[kind].nodes);
			if (result.items !== VISITS) throw new Error(`${kind}: ${result.items} items`);
			// The first round warms up.
			if (round > 0) rounds[kind].push(result);
		}
	}
	const time = (kind: keyof typeof chains) => median(rounds[kind].map((round) => round.ms));
	const peak = (kind: keyof typeof chains) => median(rounds[kind].map((round) => round.peakMb));
	const row = (name: string, kind: keyof typeof chains): string[] => [
		name,
		ms(time(kind)),
		mb(peak(kind)),
		ratio(time(kind) / time('http')),
		ratio(peak(kind) / peak('http')),
	];
	console.log(`\nA list of ${VISITS} visits, median of ${ROUNDS} rounds`);
	table([
		['', 'time', 'peak memory', 'time ratio', 'memory ratio'],
		row('Get Many, output raw', 'raw'),
		row('Get Many, output visit', 'visit'),
		row('HTTP Request + Split Out', 'http'),
	]);
	for (const kind of ['raw', 'visit'] as const) {
		const timely = goal(time(kind) <= time('http'), '≤ 1.0');
		console.log(`  ${kind}: time ${timely}, memory ${goal(peak(kind) <= peak('http'), '≤ 1.0')}`);
	}
}
