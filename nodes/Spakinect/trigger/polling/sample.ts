import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { createApi } from '../../transport/api';
import { eventId, sampleEvent } from './events';
import { gfeIdOf } from './marks';
import { failure } from './errors';
import { fetchList } from './fetch';
import { itemMaker, readWatched } from './parameters';

/** "Fetch test event" and manual runs: the newest visit that fits. Neither reads nor moves the state. */
export async function sample(context: IPollFunctions): Promise<INodeExecutionData[][]> {
	const { kind, chosen, locations } = readWatched(context);
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
			return [itemMaker(context)(meta, visit, location)];
		}
	}
	throw new NodeOperationError(context.getNode(), 'Spakinect has no visit to show yet', {
		description: 'Request a GFE for one of the locations first, or publish and wait for one.',
	});
}
