import { silenceDuring } from '../test/e2e/support/silence.mts';
import { goal, mb, median, ms, ratio, table } from './measure.mts';
import { listSteps, runChain, saveChain } from './rig.mts';
import type { Rig, Round, Step } from './rig.mts';

const VISITS = 50_000;
const ROUNDS = 3;

/**
 * Makes the fields of the output `visit` in one expression. One for each field, as dragging gives them, would
 * cost several times as much.
 */
const EDIT_FIELDS: Step = {
	name: 'Edit Fields',
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: {
		mode: 'raw',
		jsonOutput: `={{ (({ patient_details: p, ...v }) => {
	const lists = [v.approved_treatments, v.conditionally_approved_treatments, v.deferred_treatments].map((l) => l ?? []);
	const requested = v.requested_treatments ?? [];
	return {
		gfe_id: v.gfe_id,
		location_id: 'loc_downtown',
		status: v.status,
		status_group: { Completed: 'completed', Cancelled: 'cancelled', Rejected: 'rejected' }[v.status] ?? 'open',
		requested_treatments: requested,
		approved_treatments: lists[0],
		conditionally_approved_treatments: lists[1],
		deferred_treatments: lists[2],
		undecided_treatments: requested.filter((name) => !lists.flat().includes(name)),
		all_approved: v.status === 'Completed' && requested.every((name) => lists[0].includes(name)),
		evaluation_completed: v.evaluation_completed ? new Date(v.evaluation_completed).toISOString() : null,
		pdf_available: !!v.pdf_link,
		pdf_link: v.pdf_link,
		patient_details: { name: p.name ?? p.first_name + ' ' + p.last_name, first_name: p.first_name, last_name: p.last_name, email: p.email, dob: p.dob },
	};
})($json) }}`,
		options: {},
	},
};

/**
 * A location with 50,000 visits: Get Many against n8n's own nodes that give the same. HTTP Request and
 * Split Out give the output `raw`, Edit Fields behind them makes `visit` of it. `summary` has no peer.
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
		summary: { nodes: ['List'], id: await saveChain(rig, 'summary', [getMany('summary')]) },
		http: {
			nodes: ['Request', 'Split Out'],
			id: await saveChain(rig, 'http', listSteps(rig)),
		},
		fields: {
			nodes: ['Request', 'Split Out', 'Edit Fields'],
			id: await saveChain(rig, 'fields', [...listSteps(rig), EDIT_FIELDS]),
		},
	};
	const kinds = Object.keys(chains) as Array<keyof typeof chains>;
	const rounds: Record<keyof typeof chains, Array<Round & { longestMs: number }>> = {
		...{ raw: [], visit: [], summary: [] },
		...{ http: [], fields: [] },
	};
	for (let round = 0; round < ROUNDS + 1; round += 1) {
		for (const kind of kinds) {
			const { result, longestMs } = await silenceDuring(rig.n8n.url, () =>
				runChain(rig, chains[kind].id, chains[kind].nodes),
			);
			if (result.items !== VISITS) throw new Error(`${kind}: ${result.items} items`);
			// The first round warms up.
			if (round > 0) rounds[kind].push({ ...result, longestMs });
		}
	}
	const time = (kind: keyof typeof chains) => median(rounds[kind].map((round) => round.ms));
	const peak = (kind: keyof typeof chains) => median(rounds[kind].map((round) => round.peakMb));
	const wait = (kind: keyof typeof chains) => median(rounds[kind].map((round) => round.longestMs));
	const row = (
		name: string,
		kind: keyof typeof chains,
		peer: keyof typeof chains = kind,
	): string[] => [
		name,
		ms(time(kind)),
		mb(peak(kind)),
		ratio(time(kind) / time(peer)),
		ratio(peak(kind) / peak(peer)),
		ms(wait(kind)),
	];
	console.log(`\nA list of ${VISITS} visits, median of ${ROUNDS} rounds`);
	table([
		['', 'time', 'peak memory', 'time ratio', 'memory ratio', 'longest without an answer'],
		row('Get Many, output raw', 'raw', 'http'),
		row('HTTP Request + Split Out', 'http'),
		row('Get Many, output visit', 'visit', 'fields'),
		row('Get Many, output summary', 'summary', 'fields'),
		row('HTTP Request + Split Out + Edit Fields', 'fields'),
	]);
	for (const [kind, peer] of [
		['raw', 'http'],
		['visit', 'fields'],
	] as const) {
		const timely = goal(time(kind) <= time(peer), '≤ 1.0');
		console.log(`  ${kind}: time ${timely}, memory ${goal(peak(kind) <= peak(peer), '≤ 1.0')}`);
	}
}
