import { goal, mb, median, ms, ratio, table } from './measure.mts';
import { idsNode, runChain, saveChain } from './rig.mts';
import type { Rig, Round, Step } from './rig.mts';

const ITEMS = 1_000;
/** One by one takes time in proportion to the items, so we run fewer and multiply. */
const LOOP_ITEMS = 200;
const ROUNDS = 3;
const LATENCIES_MS = [0, 50, 200];
const MAX_IN_FLIGHT = 64;

const spakinectGet = (rig: Rig, options: object): Step => ({
	name: 'Get',
	type: 'n8n-nodes-spakinect.spakinect',
	typeVersion: 1,
	parameters: {
		authentication: 'emr',
		resource: 'atHomeVisit',
		operation: 'get',
		gfeId: '={{ $json.id }}',
		output: 'raw',
		options,
	},
	credentials: { spakinectApi: rig.credential },
});

const httpRequest = (rig: Rig): Step => ({
	name: 'Get',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: {
		url: `=${rig.simulator.emrUrl}/visits/{{ $json.id }}`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'spakinectApi',
		options: {},
	},
	credentials: { spakinectApi: rig.credential },
});

/**
 * 1,000 Get items: our node, the HTTP Request node with default settings (no bound on requests), and one
 * request after the other. The rounds alternate, because the machine's speed drifts.
 */
export async function benchReads(rig: Rig): Promise<void> {
	await rig.control('post', '/reset');
	const made = (await rig.control('post', '/visits', {
		generate: ITEMS,
		seed: 1,
		location_id: 'loc_downtown',
	})) as { ids: string[] };
	const ids = made.ids;
	const chains = {
		ours: await saveChain(rig, 'ours', [idsNode(ids), spakinectGet(rig, {})]),
		http: await saveChain(rig, 'http', [idsNode(ids), httpRequest(rig)]),
		loop: await saveChain(rig, 'loop', [
			idsNode(ids.slice(0, LOOP_ITEMS)),
			spakinectGet(rig, { maxParallelRequests: 1 }),
		]),
	};

	const rows = [
		[
			'latency',
			'ours',
			'HTTP Request',
			'one by one',
			'ours/HTTP',
			'one by one/ours',
			'in flight',
			'memory ours',
			'memory HTTP',
		],
	];
	const verdicts: string[] = [];
	for (const latency of LATENCIES_MS) {
		const fault = { match: { api: 'emr' }, kind: 'delay', delayMs: latency };
		await rig.control('put', '/faults', { faults: latency > 0 ? [fault] : [] });
		const rounds: Record<keyof typeof chains, Round[]> = { ours: [], http: [], loop: [] };
		let inFlight = 0;
		for (let round = 0; round < ROUNDS + 1; round += 1) {
			for (const kind of ['ours', 'http', 'loop'] as const) {
				await rig.control('delete', '/stats');
				const result = await runChain(rig, chains[kind], ['Get']);
				const wanted = kind === 'loop' ? LOOP_ITEMS : ITEMS;
				if (result.items !== wanted) throw new Error(`${kind}: ${result.items} items`);
				const stats = (await rig.control('get', '/stats')) as { maxInFlight: number };
				if (kind === 'ours') inFlight = Math.max(inFlight, stats.maxInFlight);
				// The first round warms up.
				if (round > 0) rounds[kind].push(result);
			}
		}
		const time = (kind: keyof typeof chains) => median(rounds[kind].map((round) => round.ms));
		const peak = (kind: keyof typeof chains) => median(rounds[kind].map((round) => round.peakMb));
		const loop = (time('loop') * ITEMS) / LOOP_ITEMS;
		rows.push([
			`${latency} ms`,
			ms(time('ours')),
			ms(time('http')),
			ms(loop),
			ratio(time('ours') / time('http')),
			ratio(loop / time('ours')),
			String(inFlight),
			mb(peak('ours')),
			mb(peak('http')),
		]);
		verdicts.push(
			`${latency} ms: ours/HTTP Request ${goal(time('ours') <= time('http'), '≤ 1.0')}, in flight ${goal(inFlight <= MAX_IN_FLIGHT, `≤ ${MAX_IN_FLIGHT}`)}`,
		);
		if (latency === 50) {
			verdicts.push(`50 ms: one by one/ours ${goal(loop >= 10 * time('ours'), '≥ 10')}`);
		}
	}
	await rig.control('delete', '/faults');
	console.log(
		`\n${ITEMS} Get items, median of ${ROUNDS} rounds (one by one: ${LOOP_ITEMS} items, × ${ITEMS / LOOP_ITEMS})`,
	);
	table(rows);
	for (const verdict of verdicts) console.log(`  ${verdict}`);
}
