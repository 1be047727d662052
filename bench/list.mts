import { silenceDuring } from '../test/e2e/support/silence.mts';
import { goal, mb, median, ms, ratio, table } from './measure.mts';
import { listSteps, runChain, saveChain } from './rig.mts';
import type { Rig, Round, Step } from './rig.mts';

const VISITS = 50_000;
/** n8n needs minutes for Edit Fields on 50,000 items, and answers nobody meanwhile. */
const EDITED_VISITS = 5_000;
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

type Kind = 'raw' | 'visit' | 'summary' | 'http' | 'fields';

const NAMES: Record<Kind, string> = {
	raw: 'Get Many, output raw',
	visit: 'Get Many, output visit',
	summary: 'Get Many, output summary',
	http: 'HTTP Request + Split Out',
	fields: 'HTTP Request + Split Out + Edit Fields',
};

/** Saves the workflow of a row. */
async function chainOf(rig: Rig, kind: Kind): Promise<{ nodes: string[]; id: string }> {
	let steps: Step[] = [
		{
			name: 'List',
			type: 'n8n-nodes-spakinect.spakinect',
			typeVersion: 1,
			parameters: {
				...{ authentication: 'emr', resource: 'gfe', operation: 'getAll' },
				...{ locationId: 'loc_downtown', returnAll: true, output: kind },
			},
			credentials: { spakinectApi: rig.credential },
		},
	];
	if (kind === 'http') steps = listSteps(rig);
	if (kind === 'fields') steps = [...listSteps(rig), EDIT_FIELDS];
	return { nodes: steps.map(({ name }) => name), id: await saveChain(rig, kind, steps) };
}

/**
 * Rows against the last of them, in alternating rounds.
 *
 * @param goals rows that should need no more time and memory than the last one
 */
async function compare(rig: Rig, visits: number, kinds: Kind[], goals: Kind[]): Promise<void> {
	await rig.control('post', '/reset');
	await rig.control('post', '/visits', { generate: visits, seed: 2, location_id: 'loc_downtown' });
	const rows = await Promise.all(
		kinds.map(async (kind) => ({
			...{ kind, ...(await chainOf(rig, kind)) },
			rounds: [] as Array<Round & { longestMs: number }>,
		})),
	);
	for (let round = 0; round < ROUNDS + 1; round += 1) {
		for (const { kind, id, nodes, rounds } of rows) {
			const { result, longestMs } = await silenceDuring(rig.n8n.url, () =>
				runChain(rig, id, nodes),
			);
			if (result.items !== visits) throw new Error(`${kind}: ${result.items} items`);
			// The first round warms up.
			if (round > 0) rounds.push({ ...result, longestMs });
		}
	}
	const measured = rows.map(({ kind, rounds }) => ({
		kind,
		time: median(rounds.map((round) => round.ms)),
		peak: median(rounds.map((round) => round.peakMb)),
		wait: median(rounds.map((round) => round.longestMs)),
	}));
	const peer = measured.at(-1)!;
	console.log(`\nA list of ${visits} visits, median of ${ROUNDS} rounds`);
	table([
		['', 'time', 'peak memory', 'time ratio', 'memory ratio', 'longest without an answer'],
		...measured.map(({ kind, time, peak, wait }) => [
			...[NAMES[kind], ms(time), mb(peak)],
			...[ratio(time / peer.time), ratio(peak / peer.peak), ms(wait)],
		]),
	]);
	for (const { kind, time, peak } of measured.filter((row) => goals.includes(row.kind))) {
		const timely = goal(time <= peer.time, '≤ 1.0');
		console.log(`  ${kind}: time ${timely}, memory ${goal(peak <= peer.peak, '≤ 1.0')}`);
	}
}

/**
 * The list of a location: Get Many against n8n's own nodes that give the same. HTTP Request and Split Out
 * give the output `raw`. Edit Fields behind them makes `visit` of it.
 */
export async function benchList(rig: Rig): Promise<void> {
	await compare(rig, VISITS, ['raw', 'visit', 'summary', 'http'], ['raw']);
	await compare(rig, EDITED_VISITS, ['visit', 'summary', 'fields'], ['visit']);
}
