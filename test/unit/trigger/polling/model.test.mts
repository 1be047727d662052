import { diffVisits } from '../../../../nodes/Spakinect/trigger/polling/diff';
import type { RawVisit } from '../../../../nodes/Spakinect/domain/visit/apiVisit';
import { sized } from '../../support/size.mts';

const VISITS = sized(10_000);
const POLLS = 50;
const NAMES = ['Botox', 'Dermal Filler', 'Chemical Peel', 'Microneedling', 'IV Therapy'];
const STATUSES = [
	'Processing',
	'Pending Review',
	'Waiting',
	'Completed',
	'Cancelled',
	'Cancelled by client',
	'Rejected',
	'Odd',
];
const LISTS = ['approved_treatments', 'conditionally_approved_treatments', 'deferred_treatments'];
const ENDS: Record<string, string> = {
	Completed: 'completed',
	Cancelled: 'cancelled',
	'Cancelled by client': 'cancelled',
	Rejected: 'rejected',
};

/** Numbers in [0, 1) that are the same in every run. */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

const random = seeded(20261123);
const pick = <T,>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

function decide(visit: RawVisit): void {
	for (const list of LISTS) visit[list] = undefined;
	for (const name of NAMES)
		if (random() < 0.4) ((visit[pick(LISTS)] ??= []) as string[]).push(name);
}

function change(visit: RawVisit): void {
	if (random() < 0.7) visit.status = pick(STATUSES);
	if (visit.status === 'Completed' && random() < 0.6) decide(visit);
}

/** The plain way to say the same: keep everything, compare everything. */
interface Facts {
	status: string;
	decisions: string;
	/** Whether decisions were seen since the visit is completed. */
	decided: boolean;
}

function facts(visit: RawVisit, before?: Facts): Facts {
	const names = LISTS.map((list) => [...((visit[list] as string[]) ?? [])].sort().join('|'));
	const decisions = names.join('/');
	const stayed = visit.status === 'Completed' && before?.status === 'Completed';
	const decided =
		visit.status === 'Completed' && (decisions !== '//' || (stayed && before.decided));
	return { status: visit.status as string, decisions, decided };
}

function model(known: Map<string, Facts>, list: RawVisit[]): string[] {
	const events: string[] = [];
	for (const visit of list) {
		const id = visit.gfe_id as string;
		const before = known.get(id);
		const now = facts(visit, before);
		known.set(id, now);
		const end = ENDS[now.status];
		const isFirst = now.decided && before?.status === 'Completed' && !before.decided;
		if (before === undefined) events.push(`${id} created`);
		if (end !== undefined && (isFirst || end !== ENDS[before?.status ?? '']))
			events.push(`${id} ${end}`);
		if (before === undefined) continue;
		if (before.status !== now.status) events.push(`${id} statusChanged`);
		const wasDecided = before.status === 'Completed' || before.decisions !== '//';
		if (wasDecided && !isFirst && before.decisions !== now.decisions)
			events.push(`${id} decisionsChanged`);
	}
	return events;
}

it(`${VISITS} visits, ${POLLS} polls, random changes: the same events as the plain model`, () => {
	const visits: RawVisit[] = [];
	const add = () => visits.push({ gfe_id: `gfe${visits.length}`, status: pick(STATUSES) });
	while (visits.length < VISITS) add();

	const known = new Map<string, Facts>();
	model(known, visits);
	let { marks } = diffVisits(undefined, visits);
	let total = 0;
	for (let poll = 0; poll < POLLS; poll += 1) {
		const changes = poll % 10 === 9 ? 0 : Math.floor(random() * 200);
		for (let index = 0; index < changes; index += 1) change(pick(visits));
		for (let index = 0; index < changes / 20; index += 1) add();
		const list = poll % 3 === 0 ? [...visits].reverse() : visits;
		// As after a restart of n8n: the state has gone through its database.
		const diff = diffVisits(JSON.parse(JSON.stringify(marks)) as string, list);
		marks = diff.marks;
		const got = diff.changes.flatMap(({ gfeId, events }) =>
			events.map((event) => `${gfeId} ${event}`),
		);
		expect(got).toEqual(model(known, list));
		total += got.length;
	}
	const bytes = JSON.stringify(marks).length;
	process.stdout.write(
		`poll state: ${visits.length} visits, ${bytes} bytes, ${(bytes / visits.length).toFixed(2)} per visit; ${total} events\n`,
	);
	expect(total).toBeGreaterThan(1000);
	expect(bytes / visits.length).toBeLessThanOrEqual(20);
});
