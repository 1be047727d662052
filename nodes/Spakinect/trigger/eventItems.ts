import type { JsonObject } from '../domain/json';
import type { VisitOutput } from '../domain/visit/visit';
import { shapeVisit } from '../domain/visit/visit';

/** What every item of both triggers carries beside the visit. */
export interface EventMeta {
	event: string;
	/** The key of the event: the same from either trigger and from any n8n process. See eventKey.ts. */
	event_id: string;
	/** ISO 8601, UTC. */
	event_time: string;
	/** Present only if true: the decisions are unknown, and that is why the lists are empty. */
	incomplete?: true;
}

/** For an event whose visit cannot be read at all. */
const UNREADABLE: JsonObject = { treatment: null, decision: 'undecided', requested: false };

/** The items for one event about a visit. An event never comes out as nothing. */
export function visitItems(
	meta: EventMeta,
	visit: JsonObject,
	output: VisitOutput,
	locationId?: string,
): JsonObject[] {
	const shaped: JsonObject[] = shapeVisit(visit, output, { locationId });
	return (shaped.length > 0 ? shaped : [UNREADABLE]).map((item) => withMeta(meta, item));
}

/** The item for an event that is not about a visit: its data as sent. */
export const otherItem = (meta: EventMeta, data: JsonObject): JsonObject => withMeta(meta, data);

/** Meta comes first to be read, and last to win over equal names in the data. */
const withMeta = (meta: EventMeta, item: JsonObject): JsonObject => ({ ...meta, ...item, ...meta });
