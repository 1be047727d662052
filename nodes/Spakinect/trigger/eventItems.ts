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

/**
 * The items for one event about a visit. An event never comes out as nothing: a visit without any
 * treatment still gives one item in the `treatments` form, with `treatment: null` and undecided.
 */
export function visitItems(
	meta: EventMeta,
	visit: JsonObject,
	output: VisitOutput,
	locationId?: string,
): JsonObject[] {
	const shaped: JsonObject[] = shapeVisit(visit, output, { locationId });
	return (shaped.length > 0 ? shaped : [withoutTreatment(visit, locationId)]).map((item) =>
		withMeta(meta, item),
	);
}

/** The item for an event that is not about a visit: its data as sent. */
export const otherItem = (meta: EventMeta, data: JsonObject): JsonObject => withMeta(meta, data);

function withoutTreatment(visit: JsonObject, locationId?: string): JsonObject {
	const [whole = {}] = shapeVisit(visit, 'visit', { locationId }) as JsonObject[];
	const patient = (whole.patient_details ?? {}) as JsonObject;
	return {
		gfe_id: whole.gfe_id,
		...(whole.location_id === undefined ? {} : { location_id: whole.location_id }),
		treatment: null,
		decision: 'undecided',
		requested: false,
		status: whole.status,
		status_group: whole.status_group,
		evaluation_completed: whole.evaluation_completed,
		patient_name: patient.name,
		patient_first_name: patient.first_name,
		patient_last_name: patient.last_name,
		patient_email: patient.email,
		patient_dob: patient.dob,
	};
}

/** Meta comes first to be read, and last to win over equal names in the data. */
const withMeta = (meta: EventMeta, item: JsonObject): JsonObject => ({ ...meta, ...item, ...meta });
