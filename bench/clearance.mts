import { silenceDuring } from '../test/e2e/support/silence.mts';
import { goal, mb, median, ms, ratio, table } from './measure.mts';
import { listSteps, runChain, saveChain, saveGraph } from './rig.mts';
import type { Rig, Round, Step } from './rig.mts';

const PATIENTS = 1_000;
const CLEARANCE_VISITS = 10_000;
const EXPIRING_VISITS = 50_000;
const ROUNDS = 3;
const LONGEST_MS = 1_000;

interface Listed {
	patient_details: { first_name: string; last_name: string; email: string };
}

const spakinect = (rig: Rig, name: string, parameters: object): Step => ({
	name,
	type: 'n8n-nodes-spakinect.spakinect',
	typeVersion: 1,
	parameters: { authentication: 'emr', resource: 'gfe', locationId: 'loc_downtown', ...parameters },
	credentials: { spakinectApi: rig.credential },
});

const generate = async (rig: Rig, visits: number): Promise<void> => {
	await rig.control('post', '/reset');
	await rig.control('post', '/visits', {
		generate: visits,
		seed: 4,
		location_id: 'loc_downtown',
	});
};

/** 1,000 patients checked against 10,000 visits, while n8n's health check is asked again and again. */
async function benchCheck(rig: Rig): Promise<void> {
	await generate(rig, CLEARANCE_VISITS);
	const { visits } = (await rig.control('get', '/state')) as { visits: Listed[] };
	const generated = visits.slice(-CLEARANCE_VISITS);
	const patients = Array.from({ length: PATIENTS }, (_, index) => {
		const { patient_details: patient } = generated[index * (CLEARANCE_VISITS / PATIENTS)]!;
		return { first: patient.first_name, last: patient.last_name, email: patient.email };
	});
	const chain = await saveChain(rig, 'clearance', [
		{
			name: 'Patients',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: {
				jsCode: `return ${JSON.stringify(patients)}.map((json) => ({ json }));`,
			},
		},
		spakinect(rig, 'Check', {
			operation: 'checkClearance',
			firstName: '={{ $json.first }}',
			lastName: '={{ $json.last }}',
			email: '={{ $json.email }}',
			treatments: 'Botox, Dermal Filler',
			options: {},
		}),
	]);
	const times: number[] = [];
	const waits: number[] = [];
	for (let round = 0; round < ROUNDS + 1; round += 1) {
		const { result, longestMs } = await silenceDuring(rig.n8n.url, () =>
			runChain(rig, chain, ['Check']),
		);
		if (result.items !== PATIENTS) throw new Error(`${result.items} items`);
		// The first round warms up.
		if (round === 0) continue;
		times.push(result.ms);
		waits.push(longestMs);
	}
	const longest = Math.max(...waits);
	console.log(`\n${PATIENTS} clearances over ${CLEARANCE_VISITS} visits, ${ROUNDS} rounds`);
	table([
		['median time', 'longest wait for /healthz'],
		[ms(median(times)), ms(longest)],
	]);
	console.log(`  longest wait ${goal(longest < LONGEST_MS, `< ${LONGEST_MS} ms`)}`);
}

/** What a spa has stored: n8n needs minutes to compare the whole list with itself. */
const STORED: Step = {
	name: 'Stored',
	type: 'n8n-nodes-base.limit',
	typeVersion: 1,
	parameters: { maxItems: 10_000 },
};
const COMPARE: Step = {
	name: 'Compare',
	type: 'n8n-nodes-base.compareDatasets',
	typeVersion: 2.3,
	parameters: {
		mergeByFields: { values: [{ field1: 'gfe_id', field2: 'gfe_id' }] },
		resolve: 'preferInput2',
		options: {},
	},
};

/**
 * Get Expiring over 50,000 visits, against HTTP Request and Split Out, which only give the list, and with
 * Compare Datasets behind them, which decides nothing about a patient either.
 */
async function benchExpiring(rig: Rig): Promise<void> {
	await generate(rig, EXPIRING_VISITS);
	const chains = {
		expiring: {
			nodes: ['Expiring'],
			id: await saveChain(rig, 'expiring', [
				// What the simulator has just completed ends in a year.
				spakinect(rig, 'Expiring', { operation: 'getExpiring', returnAll: true, withinDays: 400 }),
			]),
		},
		http: {
			nodes: ['Request', 'Split Out'],
			id: await saveChain(rig, 'http', listSteps(rig)),
		},
		compare: {
			nodes: ['Request', 'Split Out', 'Stored', 'Compare'],
			id: await saveGraph(
				rig,
				'compare',
				[...listSteps(rig), STORED, COMPARE],
				[
					['Start', 'Request'],
					['Request', 'Split Out'],
					['Split Out', 'Stored'],
					['Stored', 'Compare', 0],
					['Split Out', 'Compare', 1],
				],
			),
		},
	};
	const rounds: Record<keyof typeof chains, Array<Round & { longestMs: number }>> = {
		expiring: [],
		http: [],
		compare: [],
	};
	for (let round = 0; round < ROUNDS + 1; round += 1) {
		for (const kind of ['expiring', 'http', 'compare'] as const) {
			const { result, longestMs } = await silenceDuring(rig.n8n.url, () =>
				runChain(rig, chains[kind].id, chains[kind].nodes),
			);
			if (kind !== 'compare' && result.items === 0) throw new Error(`${kind}: no items`);
			if (round > 0) rounds[kind].push({ ...result, longestMs });
		}
	}
	const time = (kind: keyof typeof chains) => median(rounds[kind].map((round) => round.ms));
	const peak = (kind: keyof typeof chains) => median(rounds[kind].map((round) => round.peakMb));
	const wait = (kind: keyof typeof chains) =>
		Math.max(...rounds[kind].map((round) => round.longestMs));
	const row = (name: string, kind: keyof typeof chains): string[] => [
		name,
		ms(time(kind)),
		mb(peak(kind)),
		ms(wait(kind)),
		String(rounds[kind][0]!.items),
		ratio(time(kind) / time('compare')),
		ratio(peak(kind) / peak('compare')),
	];
	console.log(`\nGet Expiring over ${EXPIRING_VISITS} visits, median of ${ROUNDS} rounds`);
	table([
		['', 'time', 'peak memory', 'longest wait', 'items', 'time ratio', 'memory ratio'],
		row('Get Expiring', 'expiring'),
		row('HTTP Request + Split Out', 'http'),
		row('HTTP Request + Split Out + Compare Datasets', 'compare'),
	]);
	const timely = goal(time('expiring') <= time('compare'), '≤ 1.0');
	const memory = goal(peak('expiring') <= peak('compare'), '≤ 1.0');
	const longest = goal(wait('expiring') < LONGEST_MS, `< ${LONGEST_MS} ms`);
	console.log(`  time ${timely}, memory ${memory}, longest wait ${longest}`);
}

/** What computes on whole lists must leave n8n time to answer others. */
export async function benchClearance(rig: Rig): Promise<void> {
	await benchCheck(rig);
	await benchExpiring(rig);
}
