import type { JsonObject } from '../domain/json';
import { eventMessage } from '../domain/summary/visitForm';
import type { VisitOutput } from '../domain/visit/visit';
import { shapeVisit } from '../domain/visit/shape';

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

/** How the items of an event look. */
export interface EventForm {
	output: VisitOutput;
	/** IANA name of the workflow's zone. */
	zone: string;
	/** What is known of the event apart from its data. */
	gfeId?: string;
	locationId?: string;
}

/** For an event whose visit cannot be read at all. */
const UNREADABLE: JsonObject = { treatment: null, decision: 'undecided', requested: false };

/** The items for one event about a visit. An event never comes out as nothing. */
export function visitItems(meta: EventMeta, visit: JsonObject, form: EventForm): JsonObject[] {
	const { output, zone, locationId } = form;
	const { incomplete } = meta;
	const shaped: JsonObject[] = shapeVisit(visit, output, { locationId, zone, incomplete });
	if (shaped.length > 0) return shaped.map((item) => withMeta(meta, item));
	return [output === 'summary' ? otherItem(meta, visit, form) : withMeta(meta, UNREADABLE)];
}

/**
 * The item for an event that is not about a visit: its data as sent. The form `summary` has none of the
 * data, because nobody knows what it says of a patient.
 */
export function otherItem(meta: EventMeta, data: JsonObject, form: EventForm): JsonObject {
	if (form.output !== 'summary') return withMeta(meta, data);
	const { gfeId, locationId } = form;
	return withMeta(meta, {
		...(gfeId === undefined ? {} : { gfe_id: gfeId }),
		...(locationId === undefined ? {} : { location_id: locationId }),
		needs_attention: true,
		message: eventMessage(meta.event, gfeId),
	});
}

/** Meta comes first to be read, and last to win over equal names in the data. */
const withMeta = (meta: EventMeta, item: JsonObject): JsonObject => ({ ...meta, ...item, ...meta });
