import type { JsonObject } from '../../../domain/json';
import { readText } from '../../../domain/visit/apiVisit';
import { statusGroup } from '../../../domain/visit/status';
import {
	DECISION_LISTS,
	incompleteKey,
	otherKey,
	VISIT_COMPLETED,
	visitKey,
} from '../../../domain/visit/eventKey';
import type { Delivery } from './delivery';

/** What comes of a delivery, once it is clear what is known about its visit. */
export interface DeliveryOutcome {
	isAboutVisit: boolean;
	/** The visit with its GFE ID; the data as sent for other events. */
	visit: JsonObject;
	/** The `event_id`. */
	key: string;
	/** The decisions are unknown, and none is passed on. */
	incomplete: boolean;
}

/** A delivery counts as old after this time. Spakinect sends within seconds. */
const OLD_MS = 15 * 60_000;

/** What a delivery is about. A later key of the same subject is a change of it. */
export const subjectOf = ({ event, gfeId }: Delivery, rawBody: Buffer): string =>
	gfeId === undefined ? `${event} ${otherKey(rawBody)}` : `${event} ${gfeId}`;

/** Also events that Spakinect may add later, as long as they carry a visit. */
const carriesVisit = ({ event, data }: Delivery): boolean =>
	event === VISIT_COMPLETED || typeof data.status === 'string';

/** Whether a delivery says something about decisions, on which somebody may be treated. */
export const carriesDecisions = (delivery: Delivery): boolean =>
	delivery.event === VISIT_COMPLETED ||
	(carriesVisit(delivery) && DECISION_LISTS.some((list) => delivery.data[list] !== undefined));

/**
 * Whether a delivery was generated so long ago that its decisions may have changed since. One without a
 * usable time may be a replay as well. Spakinect documents that each delivery has one.
 *
 * @param now Unix milliseconds
 */
export const isOld = ({ timestamp }: Delivery, now: number): boolean =>
	timestamp === undefined || now - timestamp > OLD_MS;

/**
 * What a delivery that can't be believed as it is turns into, with what was fetched instead. A completed
 * visit counts only if it is Completed when it is fetched: before, its decisions are not made. Without it,
 * nothing that came with the delivery counts either. A decision that Spakinect itself calls ungathered, or
 * one that may be out of date, must not clear a patient.
 *
 * @param needsFetch whether the delivery must not be believed as it is
 * @param fetched    the visit as the API gives it, if it was asked and answered
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
