import { goal, mb, median, ms, ratio, table } from './measure.mts';
import { runChain, saveChain } from './rig.mts';
import type { Rig, Round } from './rig.mts';

const VISITS = 50_000;
const ROUNDS = 3;

/** A location with 50,000 visits: Get Many, against HTTP Request followed by Split Out. */
export async function benchList(rig: Rig): Promise<void> {
	await rig.control('post', '/reset');
	await rig.control('post', '/visits', { generate: VISITS, seed: 2, location_id: 'loc_downtown' });
	const credentials = { spakinectApi: rig.credential };
	const chains = {
		ours: {
			nodes: ['List'],
			id: await saveChain(rig, 'ours', [
				{
					name: 'List',
					type: 'n8n-nodes-spakinect.spakinect',
					typeVersion: 1,
					parameters: {
						authentication: 'emr',
						resource: 'gfe',
						operation: 'getAll',
						locationId: 'loc_downtown',
						returnAll: true,
						output: 'visit',
					},
					credentials,
				},
			]),
		},
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
	const rounds: Record<keyof typeof chains, Round[]> = { ours: [], http: [] };
	for (let round = 0; round < ROUNDS + 1; round += 1) {
		for (const kind of ['ours', 'http'] as const) {
			const result = await runChain(rig, chains[kind].id, chains[kind].nodes);
			if (result.items !== VISITS) throw new Error(`${kind}: ${result.items} items`);
			if (round > 0) rounds[kind].push(result);
		}
	}
	const time = (kind: keyof typeof chains) => median(rounds[kind].map((round) => round.ms));
	const peak = (kind: keyof typeof chains) => median(rounds[kind].map((round) => round.peakMb));
	console.log(`\nA list of ${VISITS} visits, median of ${ROUNDS} rounds`);
	table([
		['', 'time', 'peak memory'],
		['Get Many', ms(time('ours')), mb(peak('ours'))],
		['HTTP Request + Split Out', ms(time('http')), mb(peak('http'))],
		['ratio', ratio(time('ours') / time('http')), ratio(peak('ours') / peak('http'))],
	]);
	console.log(
		`  time ${goal(time('ours') <= time('http'), '≤ 1.0')}, memory ${goal(peak('ours') <= peak('http'), '≤ 1.0')}`,
	);
}
