import type { JsonObject } from '../domain/json';
import { eventMessage } from '../domain/summary/visitForm';
import type { VisitOutput } from '../domain/visit/visit';
import { shapeVisit } from '../domain/visit/shape';

/** The fields of every item of both triggers, in addition to the visit. */
export interface EventMeta {
	event: string;
	/** The key of the event: the same from either trigger and from any n8n process. See eventKey.ts. */
	event_id: string;
	/** ISO 8601, UTC. */
	event_time: string;
	/** Present only if true: the decisions are unknown, so the lists are empty. */
	incomplete?: true;
}

/** The form of an event's items. */
interface EventForm {
	output: VisitOutput;
	/** IANA name of the workflow's zone. */
	zone: string;
	/** The GFE ID of the event, if known. */
	gfeId?: string;
	locationId?: string;
}

/** The item for an event whose visit can't be read. */
const UNREADABLE: JsonObject = { treatment: null, decision: 'undecided', requested: false };

/** The items for one event about a visit. Every event gives at least one item. */
export function visitItems(meta: EventMeta, visit: JsonObject, form: EventForm): JsonObject[] {
	const { output, zone, locationId } = form;
	const { incomplete } = meta;
	const shaped: JsonObject[] = shapeVisit(visit, output, { locationId, zone, incomplete });
	if (shaped.length > 0) return shaped.map((item) => withMeta(meta, item));
	return [output === 'summary' ? otherItem(meta, visit, form) : withMeta(meta, UNREADABLE)];
}

/**
 * The item for an event that isn't about a visit: its data as sent. The form `summary` leaves the data out,
 * because it may contain patient data.
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

/** The meta fields come first for readers, and again last to replace fields of the same name in the data. */
const withMeta = (meta: EventMeta, item: JsonObject): JsonObject => ({ ...meta, ...item, ...meta });
