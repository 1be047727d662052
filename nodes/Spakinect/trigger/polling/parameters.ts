import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { KeyKind } from '../../transport/credential';
import { visitItems } from '../eventItems';
import type { PollEvent } from './diff';
import { POLL_EVENTS } from './diff';
import type { VisitEvent } from './events';
import { CLIENT_EVENTS } from './events';
import { ALL_LOCATIONS } from './state';
import { readEvents, readKind, readLocations, readOutput } from '../parameters';

/** What a polling trigger watches. */
export interface Watched {
	kind: KeyKind;
	/** Include Existing Visits. */
	emitExisting: boolean;
	chosen: PollEvent[];
	/** Location IDs, or `*` for the one list of a Client key. */
	locations: string[];
}

/** @throws NodeOperationError without an event that can happen, or without a location */
export function readWatched(context: IPollFunctions): Watched {
	const kind = readKind(context);
	const chosen = readChosen(context, kind);
	const options = context.getNodeParameter('options', {}) as { emitExisting?: unknown } | null;
	return {
		kind,
		emitExisting: options?.emitExisting === true,
		chosen,
		locations: kind === 'emr' ? readLocations(context) : [ALL_LOCATIONS],
	};
}

function readChosen(context: IPollFunctions, kind: KeyKind): PollEvent[] {
	const possible = kind === 'emr' ? POLL_EVENTS : CLIENT_EVENTS;
	const chosen = readEvents(context);
	const events = possible.filter((event) => chosen.includes(event));
	if (events.length > 0) return events;
	throw new NodeOperationError(context.getNode(), "'Trigger On' has no event for this key", {
		description:
			"Choose at least one event. A Client key reads completed visits only, so it can trigger on 'Completed' and 'Decisions Changed'.",
	});
}

/** Turns events into items of the chosen output. */
export function itemMaker(
	context: IPollFunctions,
): (event: VisitEvent, location: string) => INodeExecutionData[] {
	const output = readOutput(context);
	const zone = context.getTimezone();
	const time = new Date().toISOString();
	return ({ event, eventId, visit, incomplete }, location) => {
		const meta = { event, event_id: eventId, event_time: time, ...(incomplete && { incomplete }) };
		const locationId = location === ALL_LOCATIONS ? undefined : location;
		return visitItems(meta, visit, { output, zone, locationId }).map((item) => ({
			json: item as IDataObject,
		}));
	};
}
