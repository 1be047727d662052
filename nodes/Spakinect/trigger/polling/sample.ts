import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { furthestRows } from '../../domain/visit/furthest';
import { createApi } from '../../transport/api';
import { sampleEvent, visitEvent } from './events';
import { gfeIdOf } from '../../domain/visit/apiVisit';
import { failure } from './errors';
import { fetchList } from './fetch';
import { itemMaker, readWatched } from './parameters';

/**
 * For "Fetch test event" and manual runs: the newest matching visit of all locations. It neither reads nor
 * changes the state. A location that can't be read is an error only if the other locations have no match.
 */
export async function sample(context: IPollFunctions): Promise<INodeExecutionData[][]> {
	const { kind, chosen, locations } = readWatched(context);
	const api = await createApi(context, kind);
	const fetched = await Promise.all(
		locations.map(async (location) => await fetchList(api, location)),
	);
	const visits = fetched.flatMap(({ location, visits: list = [] }) =>
		furthestRows(list, gfeIdOf).map((visit) => ({ location, visit })),
	);
	const found = sampleEvent(visits, chosen);
	if (found) {
		const { location, visit, event } = found;
		return [itemMaker(context)(visitEvent(event, gfeIdOf(visit) ?? '', visit), location)];
	}
	const failed = fetched.filter(({ error }) => error !== undefined);
	if (failed.length > 0) throw failure(context, failed);
	throw new NodeOperationError(
		context.getNode(),
		"There is no sample: no visit matches 'Trigger On'",
		{
			description:
				'Complete, cancel or request a visit first, or choose another event. You can also publish now: later events start the workflow.',
		},
	);
}
