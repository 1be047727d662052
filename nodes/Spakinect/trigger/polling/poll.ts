import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { credentialName } from '../../transport/credential';
import { diffVisits } from './diff';
import { chosenEvents } from './events';
import type { PollMemory } from './failures';
import { pollMemory } from './failures';
import {
	comparedWith,
	hasReportedExisting,
	marksOf,
	newerState,
	pastMarks,
	pollScope,
	readPollState,
	sameMarks,
} from './state';
import { isRestart, openOrReport, refuseUnseen, report } from './errors';
import { fetchLists } from './fetch';
import { sample } from './sample';
import { nodeKey } from '../parameters';

const DEFAULT_BUDGET_MS = 300_000;

/** The share of its budget that a poll may spend on reading. */
const READING_SHARE = 0.8;

/**
 * n8n polls immediately when the workflow is published and when n8n starts. It gives up after 84 s and never
 * tries again, so a hanging Spakinect would end the polling for good. The limit leaves time for two attempts.
 */
const FIRST_READING_MS = 30_000;

/** n8n makes one context for each publication or start and uses it for every scheduled poll. */
const polledBefore = new WeakSet<IPollFunctions>();

/**
 * One poll. n8n lets polls overlap, and a slow poll that ends after its successor would report old statuses as
 * changes. So only one runs at a time: a poll ends if another one is running. The first poll of a publication
 * always runs, because it has to remember the existing visits.
 *
 * @returns null if nothing changed
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual') return await sample(context);
	const isFirst = !polledBefore.has(context);
	polledBefore.add(context);
	const memory = pollMemory(nodeKey(context));
	const budget = budgetMs(context);
	const now = Date.now();
	if (!isFirst && memory.running !== undefined && now - memory.running.since < budget) return null;

	const running = (memory.running = { since: now });
	const limit = Math.min(budget * READING_SHARE, isFirst ? FIRST_READING_MS : Infinity);
	try {
		return await tick(context, memory, isFirst, limit, () => memory.running === running);
	} finally {
		if (memory.running === running) memory.running = undefined;
	}
}

/** Milliseconds after which n8n gives up a poll. Older versions of n8n don't provide the value. */
const budgetMs = (context: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number =>
	context.getPollBudgetMs?.() ?? DEFAULT_BUDGET_MS;

async function tick(
	context: IPollFunctions,
	memory: PollMemory,
	isFirst: boolean,
	limitMs: number,
	isCurrent: () => boolean,
): Promise<INodeExecutionData[][] | null> {
	const setup = await openOrReport(context, memory, isFirst);
	if (setup === undefined) return null;
	const { chosen, locations, api, toItems } = setup;
	const fetched = await fetchLists(api, locations, limitMs);
	if (!isCurrent()) return null;

	// No code below waits, so the state can't change between reading and writing it.
	const staticData = context.getWorkflowStaticData('node');
	const credentialId = context.getNode().credentials?.[credentialName(api.kind)]?.id ?? '';
	const scope = pollScope(api.kind, api.baseUrl, credentialId);
	const stored = readPollState(staticData);
	const before = newerState(stored, memory.state);
	const known = marksOf(before, scope);
	const settledFor = JSON.stringify([scope, locations]);
	refuseUnseen(context, fetched, known, memory.settledFor === settledFor);

	let { emitExisting } = setup;
	if (emitExisting) {
		const globalData = context.getWorkflowStaticData('global');
		const isRepeat = hasReportedExisting(globalData, context.getNode().id, before);
		if (isRepeat) context.logger.warn(EXISTING_KNOWN);
		emitExisting = !isRepeat;
	}

	const visits: Record<string, string> = {};
	const items: INodeExecutionData[] = [];
	for (const { location, visits: list } of fetched) {
		if (list === undefined) {
			const marks = known[location];
			if (marks !== undefined) visits[location] = marks;
			continue;
		}
		memory.failures.clear(location);
		const { previous, options } = comparedWith(before, scope, location, list, emitExisting);
		const diff = diffVisits(previous, list, options);
		if (diff.foreign) context.logger.warn(FOREIGN);
		visits[location] = diff.marks;
		for (const event of chosenEvents(diff.changes, chosen)) items.push(...toItems(event, location));
	}
	if (before !== stored || before.scope !== scope || !sameMarks(before.visits, visits)) {
		const past = emitExisting ? pastMarks(before, scope, visits) : before.past;
		memory.state = { scope, visits, past, at: Math.max(Date.now(), before.at + 1) };
		Object.assign(staticData, memory.state);
	} else memory.state = before;
	// Set before a failure is thrown, because the lists that were read are remembered and the trigger works
	// with them.
	memory.settledFor = settledFor;
	const isShown = isFirst ? 'maybe' : 'yes';
	const mustNotThrow = items.length > 0 || (isFirst && isRestart(context));
	report(context, memory, fetched, mustNotThrow ? 'mustNotThrow' : isShown);
	return items.length > 0 ? [items] : null;
}

const FOREIGN =
	'Spakinect Polling Trigger: the list shares no visit with the previous one, so the key may belong to another account now. These visits start nothing. Later changes do.';

const EXISTING_KNOWN =
	'Spakinect Polling Trigger: n8n has lost the list of known visits, probably because the node was renamed. Existing visits were reported before, so they start nothing now. Later changes do.';
