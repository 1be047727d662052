import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { VisitOutput } from '../../domain/visit';
import type { KeyKind } from '../../shared/authentication';
import { credentialName } from '../../shared/authentication';
import type { SpakinectApiClient } from '../../transport/api';
import { createApi } from '../../transport/api';
import type { EventMeta } from '../output';
import { visitItems } from '../output';
import type { PollEvent } from '../pollDiff';
import { diffVisits, POLL_EVENTS } from '../pollDiff';
import { chosenEvents, CLIENT_EVENTS, eventId, sampleEvent } from '../pollEvents';
import type { PollMemory } from '../pollFailures';
import { pollMemory } from '../pollFailures';
import { ALL_LOCATIONS, pollScope, readPollState, sameMarks } from '../pollScope';
import type { RawVisit } from '../pollState';
import { gfeIdOf } from '../pollState';
import type { Fetched } from './pollErrors';
import { failure, refuseUnseen, report } from './pollErrors';
import { nodeKey, readEvents, readKind, readLocations, readOutput } from './setup';

const DEFAULT_BUDGET_MS = 300_000;

/**
 * One tick. n8n does not keep ticks from overlapping, and a slow one that ended after its successor
 * would report old statuses as changes, so only one runs at a time.
 *
 * @returns null when nothing happened
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual') return await sample(context);
	const memory = pollMemory(nodeKey(context));
	const startedAt = Date.now();
	if (startedAt - (memory.runningSince ?? -Infinity) < budgetMs(context)) return null;
	memory.runningSince = startedAt;
	try {
		return await tick(context, memory, () => memory.runningSince === startedAt);
	} finally {
		if (memory.runningSince === startedAt) memory.runningSince = undefined;
	}
}

/** n8n gives up a tick after its budget, so nothing waits longer for one. Older n8n do not tell theirs. */
const budgetMs = (context: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number =>
	context.getPollBudgetMs?.() ?? DEFAULT_BUDGET_MS;

async function tick(
	context: IPollFunctions,
	memory: PollMemory,
	isCurrent: () => boolean,
): Promise<INodeExecutionData[][] | null> {
	const kind = readKind(context);
	const chosen = readChosen(context, kind);
	const locations = kind === 'emr' ? readLocations(context) : [ALL_LOCATIONS];
	const api = await createApi(context, kind);
	const fetched = await Promise.all(locations.map(async (one) => await fetchList(api, one)));
	if (!isCurrent()) return null;

	// From here on nothing waits: the state cannot change between reading and writing it.
	const staticData = context.getWorkflowStaticData('node');
	const credentialId = context.getNode().credentials?.[credentialName(kind)]?.id ?? '';
	const before = readPollState(staticData, pollScope(kind, api.baseUrl, credentialId));
	const settledFor = JSON.stringify([before.scope, locations]);
	refuseUnseen(context, fetched, before.visits, memory.settledFor === settledFor);

	const { emitExisting } = context.getNodeParameter('options', {}) as { emitExisting?: boolean };
	const toItem = itemMaker(readOutput(context));
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
	report(context, memory, fetched, items.length === 0);
	memory.settledFor = settledFor;
	return items.length > 0 ? [items] : null;
}

/** "Fetch test event" and manual runs: the newest visit that fits. Neither reads nor moves the state. */
async function sample(context: IPollFunctions): Promise<INodeExecutionData[][]> {
	const kind = readKind(context);
	const chosen = readChosen(context, kind);
	const locations = kind === 'emr' ? readLocations(context) : [ALL_LOCATIONS];
	const api = await createApi(context, kind);
	for (const location of locations) {
		const { visits = [], error } = await fetchList(api, location);
		if (error) throw failure(context, [{ location, error }]);
		const found = sampleEvent(
			visits.filter((visit) => gfeIdOf(visit) !== undefined),
			chosen,
		);
		if (found) {
			const { event, visit } = found;
			const meta = {
				event,
				event_id: eventId(event, gfeIdOf(visit) ?? '', visit),
				event_time: new Date().toISOString(),
			};
			return [itemMaker(readOutput(context))(meta, visit, location)];
		}
	}
	throw new NodeOperationError(context.getNode(), 'Spakinect has no visit to show yet', {
		description: 'Request a GFE for one of the locations first, or publish and wait for one.',
	});
}

async function fetchList(api: SpakinectApiClient, location: string): Promise<Fetched> {
	try {
		return { location, visits: await api.list(location === ALL_LOCATIONS ? undefined : location) };
	} catch (error) {
		return { location, error: error as Fetched['error'] };
	}
}

function readChosen(context: IPollFunctions, kind: KeyKind): PollEvent[] {
	const possible = kind === 'emr' ? POLL_EVENTS : CLIENT_EVENTS;
	const chosen = readEvents(context);
	const events = possible.filter((event) => chosen.includes(event));
	if (events.length > 0) return events;
	throw new NodeOperationError(context.getNode(), "'Trigger On' holds no event for this key", {
		description:
			"Choose at least one event. A Client key lists completed visits only, so it can trigger on 'Completed' and 'Decisions Changed'.",
	});
}

const itemMaker =
	(output: VisitOutput) =>
	(meta: EventMeta, visit: RawVisit, location: string): INodeExecutionData[] => {
		const locationId = location === ALL_LOCATIONS ? undefined : location;
		return visitItems(meta, visit, output, locationId).map((item) => ({
			json: item as IDataObject,
		}));
	};

const FOREIGN =
	'Spakinect Polling Trigger: the list holds other visits than before, as if the key now belonged to another account. It was only taken note of.';
