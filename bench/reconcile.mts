import axios from 'axios';
import { VISIT_COMPLETED, visitKey } from '../nodes/Spakinect/domain/visit/eventKey';
import { silenceDuring } from '../test/e2e/support/silence.mts';
import { goal, mb, median, ms, ratio, table } from './measure.mts';
import { listSteps, runChain, saveGraph } from './rig.mts';
import type { Rig, Round, Step } from './rig.mts';

const VISITS = 10_000;
/** Of the records, so many have an old event ID, and as many an unknown GFE ID. */
const ODD = 50;
const ROUNDS = 3;

type Visit = Record<string, unknown> & { gfe_id: string; status: string };

/** What a user has stored: one record for each visit but the last ones. */
function recordsOf(visits: Visit[]): Array<Record<string, string>> {
	return visits.map((visit, index) => ({
		gfe_id: index < VISITS - ODD ? visit.gfe_id : `unknown-${index}`,
		status: visit.status,
		event_id: index < ODD ? 'old' : visitKey(VISIT_COMPLETED, visit.gfe_id, visit),
	}));
}

/**
 * 10,000 records against a location with 10,000 visits: Reconcile, and HTTP Request, Split Out and Compare
 * Datasets on the same data, which find out by the status alone.
 */
export async function benchReconcile(rig: Rig): Promise<void> {
	await rig.control('post', '/reset');
	await rig.control('post', '/visits', { generate: VISITS, seed: 5, location_id: 'loc_downtown' });
	const url = `${rig.simulator.emrUrl}/gfes/loc_downtown`;
	const { data } = await axios.get<{ gfes: Visit[] }>(url, {
		headers: { 'x-api-key': 'emr-test-key' },
	});
	const credentials = { spakinectApi: rig.credential };
	const records: Step = {
		name: 'Records',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: {
			jsCode: `return ${JSON.stringify(recordsOf(data.gfes.slice(-VISITS)))}.map((json) => ({ json }));`,
		},
	};
	const chains = {
		reconcile: {
			nodes: ['Reconcile'],
			id: await saveGraph(
				rig,
				'reconcile',
				[
					records,
					{
						name: 'Reconcile',
						type: 'n8n-nodes-spakinect.spakinect',
						typeVersion: 1,
						parameters: {
							authentication: 'emr',
							resource: 'gfe',
							operation: 'reconcile',
							locationId: 'loc_downtown',
							gfeId: '={{ $json.gfe_id }}',
							eventId: '={{ $json.event_id }}',
						},
						credentials,
					},
				],
				[
					['Start', 'Records'],
					['Records', 'Reconcile'],
				],
			),
		},
		compare: {
			nodes: ['Request', 'Split Out', 'Compare'],
			id: await saveGraph(
				rig,
				'compare',
				[
					records,
					...listSteps(rig),
					{
						name: 'Compare',
						type: 'n8n-nodes-base.compareDatasets',
						typeVersion: 2.3,
						parameters: {
							mergeByFields: { values: [{ field1: 'gfe_id', field2: 'gfe_id' }] },
							resolve: 'preferInput2',
							options: {
								skipFields: [
									...new Set(data.gfes.flatMap((visit) => Object.keys(visit))),
									'event_id',
								]
									.filter((field) => field !== 'status' && field !== 'gfe_id')
									.join(','),
							},
						},
					},
				],
				[
					['Start', 'Records'],
					['Start', 'Request'],
					['Request', 'Split Out'],
					['Records', 'Compare', 0],
					['Split Out', 'Compare', 1],
				],
			),
		},
	};
	const kinds = ['reconcile', 'compare'] as const;
	const rounds: Record<(typeof kinds)[number], Array<Round & { silentMs: number }>> = {
		reconcile: [],
		compare: [],
	};
	for (let round = 0; round < ROUNDS + 1; round += 1) {
		for (const kind of kinds) {
			const { longestMs, result } = await silenceDuring(rig.n8n.url, () =>
				runChain(rig, chains[kind].id, chains[kind].nodes),
			);
			// The first round warms up.
			if (round > 0) rounds[kind].push({ ...result, silentMs: longestMs });
		}
	}
	const of = (kind: (typeof kinds)[number], key: 'ms' | 'peakMb' | 'silentMs') =>
		median(rounds[kind].map((round) => round[key]));
	const row = (name: string, kind: (typeof kinds)[number]): string[] => [
		name,
		ms(of(kind, 'ms')),
		mb(of(kind, 'peakMb')),
		ratio(of(kind, 'ms') / of('compare', 'ms')),
		ratio(of(kind, 'peakMb') / of('compare', 'peakMb')),
		ms(of(kind, 'silentMs')),
	];
	console.log(
		`\n${VISITS} records against ${VISITS} visits, median of ${ROUNDS} rounds (${rounds.reconcile[0]?.items} results)`,
	);
	table([
		['', 'time', 'peak memory', 'time ratio', 'memory ratio', 'longest without an answer'],
		row('Reconcile', 'reconcile'),
		row('HTTP Request + Split Out + Compare Datasets', 'compare'),
	]);
	const time = goal(of('reconcile', 'ms') <= of('compare', 'ms'), '≤ 1.0');
	const memory = goal(of('reconcile', 'peakMb') <= of('compare', 'peakMb'), '≤ 1.0');
	const silent = goal(of('reconcile', 'silentMs') < 1000, '< 1 s');
	console.log(`  time ${time}, memory ${memory}, /healthz ${silent}`);
}
