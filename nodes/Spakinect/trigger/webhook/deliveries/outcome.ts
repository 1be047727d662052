import type { JsonObject } from '../../../domain/json';
import { readText } from '../../../domain/visit/apiVisit';
import { statusGroup } from '../../../domain/visit/status';
import { DECISION_LISTS } from '../../../domain/visit/decisions';
import { incompleteKey, otherKey, VISIT_COMPLETED, visitKey } from '../../../domain/visit/eventKey';
import type { Delivery } from './delivery';

/** The result of a delivery, once its visit is known or can't be fetched. */
interface DeliveryOutcome {
	isAboutVisit: boolean;
	/** The visit with its GFE ID, or the data as sent for other events. */
	visit: JsonObject;
	/** The `event_id`. */
	key: string;
	/** The decisions are unknown, and none is passed on. */
	incomplete: boolean;
}

/** A delivery is old after this time. Spakinect sends within seconds. */
const OLD_MS = 15 * 60_000;

/** The subject of a delivery. A later key of the same subject is a change of it. */
export const subjectOf = ({ event, gfeId }: Delivery, rawBody: Buffer): string =>
	gfeId === undefined ? `${event} ${otherKey(rawBody)}` : `${event} ${gfeId}`;

/** Also true for events that Spakinect may add later, if they contain a visit. */
const carriesVisit = ({ event, data }: Delivery): boolean =>
	event === VISIT_COMPLETED || typeof data.status === 'string';

/** Whether a delivery contains decisions, on which a patient may be treated. */
export const carriesDecisions = (delivery: Delivery): boolean =>
	delivery.event === VISIT_COMPLETED ||
	(carriesVisit(delivery) && DECISION_LISTS.some((list) => delivery.data[list] !== undefined));

/**
 * Whether a delivery was generated so long ago that its decisions may have changed since. A delivery without a
 * usable time may be a replay too, because Spakinect documents a time for every delivery.
 *
 * @param now Unix milliseconds
 */
export const isOld = ({ timestamp }: Delivery, now: number): boolean =>
	timestamp === undefined || now - timestamp > OLD_MS;

/**
 * The result of a delivery, with the fetched visit in place of the delivery's data. A completed visit counts
 * only if it is Completed when it is fetched, because its decisions aren't made before. If it can't be fetched,
 * the delivery's decisions don't count either: incomplete or outdated decisions must not clear a patient.
 *
 * @param needsFetch whether the delivery's own data may be incomplete or outdated
 * @param fetched    the visit from the API, if it was fetched
 * @param time       when the delivery was generated, Unix ms
 */
export function outcomeOf(
	delivery: Delivery,
	rawBody: Buffer,
	{ needsFetch, fetched, time }: { needsFetch: boolean; fetched?: JsonObject; time: number },
): DeliveryOutcome {
	const { event, gfeId, data } = delivery;
	if (gfeId === undefined || !carriesVisit(delivery)) {
		return { isAboutVisit: false, visit: data, key: otherKey(rawBody), incomplete: false };
	}
	const isCompleted = event === VISIT_COMPLETED;
	const isKnown =
		fetched !== undefined && (!isCompleted || statusGroup(fetched.status) === 'completed');
	const incomplete = needsFetch && !isKnown;
	const visit = withId(incomplete ? undecided(fetched ?? data) : (fetched ?? data), gfeId);
	let key = isCompleted ? visitKey(event, gfeId, visit) : otherKey(rawBody);
	if (incomplete) key = incompleteKey(event, gfeId, time);
	return { isAboutVisit: true, visit, key, incomplete };
}

function undecided(visit: JsonObject): JsonObject {
	const rest = { ...visit };
	for (const list of DECISION_LISTS) delete rest[list];
	return rest;
}

const withId = (visit: JsonObject, gfeId: string): JsonObject =>
	readText(visit.gfe_id) === null ? { ...visit, gfe_id: gfeId } : visit;
