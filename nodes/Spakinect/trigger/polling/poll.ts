import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { credentialName } from '../../shared/authentication';
import { createApi } from '../../transport/api';
import { diffVisits } from './diff';
import { chosenEvents } from './events';
import type { PollMemory } from './failures';
import { pollMemory } from './failures';
import { pollScope, readPollState, sameMarks } from './state';
import { isRestart, refuseUnseen, report } from './errors';
import { fetchLists } from './fetch';
import { itemMaker, readWatched } from './parameters';
import { sample } from './sample';
import { nodeKey } from '../webhook/parameters';

const DEFAULT_BUDGET_MS = 300_000;

/** Of its budget, what a tick may spend on reading; the rest is for what follows. */
const READING_SHARE = 0.8;

/**
 * Publishing and a start of n8n poll at once. n8n gives up on that after 84 s and never tries again, so
 * an outage in which Spakinect hangs would end the polling for good; it may need two attempts.
 */
const FIRST_READING_MS = 30_000;

/** n8n makes one context for each publication or start and calls it again at each tick of the clock. */
const polledBefore = new WeakSet<IPollFunctions>();

/**
 * One poll. n8n does not keep ticks from overlapping, and a slow one that ended after its successor
 * would report old statuses as changes, so only one runs at a time: a tick gives way to the one that is
 * running, but the first poll of a publication does not, since it has to arm.
 *
 * @returns null when nothing happened
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

/** n8n gives up a tick after its budget, so nothing waits longer for one. Older n8n do not tell theirs. */
const budgetMs = (context: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number =>
	context.getPollBudgetMs?.() ?? DEFAULT_BUDGET_MS;

async function tick(
	context: IPollFunctions,
	memory: PollMemory,
	isFirst: boolean,
	limitMs: number,
	isCurrent: () => boolean,
): Promise<INodeExecutionData[][] | null> {
	const { kind, chosen, locations } = readWatched(context);
	const api = await createApi(context, kind);
	const fetched = await fetchLists(api, locations, limitMs);
	if (!isCurrent()) return null;

	// From here on nothing waits: the state cannot change between reading and writing it.
	const staticData = context.getWorkflowStaticData('node');
	const credentialId = context.getNode().credentials?.[credentialName(kind)]?.id ?? '';
	const before = readPollState(staticData, pollScope(kind, api.baseUrl, credentialId));
	const settledFor = JSON.stringify([before.scope, locations]);
	refuseUnseen(context, fetched, before.visits, memory.settledFor === settledFor);

	const options = context.getNodeParameter('options', {}) as { emitExisting?: unknown } | null;
	const emitExisting = options?.emitExisting === true;
	const toItem = itemMaker(context);
	const time = new Date().toISOString();
	const visits: Record<string, string> = {};
	const items: INodeExecutionData[] = [];
	for (const { location, visits: list } of fetched) {
		const marks = before.visits[location];
		if (list === undefined) {
			if (marks !== undefined) visits[location] = marks;
			continue;
		}
		memory.failures.clear(location);
		const diff = diffVisits(marks, list, { emitExisting, maybeForeign: kind === 'client' });
		if (diff.foreign) context.logger.warn(FOREIGN);
		visits[location] = diff.marks;
		for (const { event, eventId: id, visit } of chosenEvents(diff.changes, chosen)) {
			items.push(...toItem({ event, event_id: id, event_time: time }, visit, location));
		}
	}
	if (staticData.scope !== before.scope || !sameMarks(before.visits, visits)) {
		staticData.scope = before.scope;
		staticData.visits = visits;
	}
	// Set before a failure is thrown: what has been read is noted, and the trigger works without the rest.
	memory.settledFor = settledFor;
	const isShown = isFirst ? 'maybe' : 'yes';
	const mustNotThrow = items.length > 0 || (isFirst && isRestart(context));
	report(context, memory, fetched, mustNotThrow ? 'mustNotThrow' : isShown);
	return items.length > 0 ? [items] : null;
}

const FOREIGN =
	'Spakinect Polling Trigger: the list holds other visits than before, as if the key now belonged to another account. It was only taken note of.';
