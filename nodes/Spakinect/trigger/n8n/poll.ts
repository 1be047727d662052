import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { KeyKind } from '../../shared/authentication';
import { credentialName } from '../../shared/authentication';
import type { SpakinectApiClient } from '../../transport/api';
import { createApi } from '../../transport/api';
import { visitItems } from '../output';
import type { PollEvent } from '../pollDiff';
import { diffVisits, POLL_EVENTS } from '../pollDiff';
import { chosenEvents, CLIENT_EVENTS, eventId, sampleEvent } from '../pollEvents';
import type { PollMemory } from '../pollFailures';
import { failureKind, pollMemory } from '../pollFailures';
import { ALL_LOCATIONS, pollScope, readPollState } from '../pollScope';
import type { RawVisit } from '../pollState';
import { gfeIdOf } from '../pollState';
import { nodeKey, readEvents, readKind, readLocations, readOutput } from './setup';

const DEFAULT_BUDGET_MS = 300_000;

interface Fetched {
	location: string;
	visits?: RawVisit[];
	error?: Partial<NodeApiError>;
}

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
			items.push(...toItems(context, event, id, visit, location));
		}
	}
	staticData.scope = before.scope;
	staticData.visits = visits;
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
			const id = eventId(found.event, gfeIdOf(found.visit) ?? '', found.visit);
			return [toItems(context, found.event, id, found.visit, location)];
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
		return { location, error: error as Partial<NodeApiError> };
	}
}

/**
 * Publishing with a location that cannot be read must not look like success: it is probably misspelt.
 * Once a poll has gone well, or after a restart of n8n, it must not stop the other locations.
 */
function refuseUnseen(
	context: IPollFunctions,
	fetched: Fetched[],
	known: Record<string, string>,
	hasWorked: boolean,
): void {
	if (hasWorked || context.getActivationMode() === 'init') return;
	const unseen = fetched.filter(({ location, error }) => error && known[location] === undefined);
	if (unseen.length > 0) throw failure(context, unseen);
}

/** Failures are thrown only when no items would be lost by it: a tick can do one or the other. */
function report(
	context: IPollFunctions,
	memory: PollMemory,
	fetched: Fetched[],
	canThrow: boolean,
): void {
	const failed = fetched.filter(({ error }) => error !== undefined);
	const loud = failed.map((one) =>
		memory.failures.note(one.location, failureKind(one.error?.httpCode), canThrow, Date.now()),
	);
	const toLog = failed.filter((_, index) => loud[index] === 'log');
	if (toLog.length > 0) context.logger.error(failure(context, toLog).message);
	const toThrow = failed.filter((_, index) => loud[index] === 'throw');
	if (toThrow.length > 0) throw failure(context, toThrow);
}

function failure(context: IPollFunctions, failed: Fetched[]): NodeApiError {
	const { message, description, httpCode } = failed[0]?.error ?? {};
	const names = failed.map(({ location }) => `"${location}"`).join(', ');
	const what =
		names === `"${ALL_LOCATIONS}"`
			? 'The visits could not be read'
			: `The visits of location ${names} could not be read`;
	const text = `${what}: ${message ?? 'unknown reason'}`;
	return new NodeApiError(
		context.getNode(),
		{ message: text },
		{ message: text, description: description ?? undefined, httpCode: httpCode ?? undefined },
	);
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

function toItems(
	context: IPollFunctions,
	event: PollEvent,
	id: string,
	visit: RawVisit,
	location: string,
): INodeExecutionData[] {
	const meta = { event, event_id: id, event_time: new Date().toISOString() };
	const locationId = location === ALL_LOCATIONS ? undefined : location;
	return visitItems(meta, visit, readOutput(context), locationId).map((item) => ({
		json: item as IDataObject,
	}));
}

const FOREIGN =
	'Spakinect Polling Trigger: the list holds other visits than before, as if the key now belonged to another account. It was only taken note of.';
