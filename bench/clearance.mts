import { silenceDuring } from '../test/e2e/support/silence.mts';
import { goal, mb, median, ms, ratio, table } from './measure.mts';
import { runChain, saveChain } from './rig.mts';
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

/** 1,000 patients checked against 10,000 visits, while n8n's health check is asked every 100 ms. */
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

/** Get Expiring over 50,000 visits, against HTTP Request and Split Out, which only give the list. */
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
					credentials: { spakinectApi: rig.credential },
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
	const rounds: Record<keyof typeof chains, Array<Round & { longestMs: number }>> = {
		expiring: [],
		http: [],
	};
	for (let round = 0; round < ROUNDS + 1; round += 1) {
		for (const kind of ['expiring', 'http'] as const) {
			const { result, longestMs } = await silenceDuring(rig.n8n.url, () =>
				runChain(rig, chains[kind].id, chains[kind].nodes),
			);
			if (result.items === 0) throw new Error(`${kind}: no items`);
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
		ratio(time(kind) / time('http')),
		ratio(peak(kind) / peak('http')),
	];
	console.log(`\nGet Expiring over ${EXPIRING_VISITS} visits, median of ${ROUNDS} rounds`);
	table([
		['', 'time', 'peak memory', 'longest wait', 'items', 'time ratio', 'memory ratio'],
		row('Get Expiring', 'expiring'),
		row('HTTP Request + Split Out', 'http'),
	]);
	console.log(
		`  longest wait ${goal(wait('expiring') < LONGEST_MS, `< ${LONGEST_MS} ms`)}, memory ${goal(peak('expiring') <= peak('http'), '≤ 1.0')}`,
	);
}

/** What computes on whole lists must leave n8n time to answer others. */
export async function benchClearance(rig: Rig): Promise<void> {
	await benchCheck(rig);
	await benchExpiring(rig);
}
