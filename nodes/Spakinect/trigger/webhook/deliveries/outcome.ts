import type { JsonObject } from '../../../domain/json';
import { readText } from '../../../domain/visit/apiVisit';
import { statusGroup } from '../../../domain/visit/status';
import type { Delivery } from './delivery';
import { DECISION_LISTS, incompleteKey, otherKey, VISIT_COMPLETED, visitKey } from '../../eventKey';

/** What a delivery comes to, once it is settled what is known about its visit. */
export interface DeliveryOutcome {
	isAboutVisit: boolean;
	/** The visit with its GFE id; the data as sent for other events. */
	visit: JsonObject;
	/** The `event_id`. */
	key: string;
	/** What the news is about: a later key of the same subject is a change of it. */
	subject: string;
	/** The decisions could not be learnt, and none is told. */
	incomplete: boolean;
}

/**
 * A visit that had to be fetched counts only if it is Completed by then: before, its decisions are not
 * made. What came with `success: false` is not believed either: a decision that Spakinect itself calls
 * ungathered must not clear a patient.
 *
 * @param fetched the visit as the API gives it, if it was asked and answered
 * @param time    when the delivery was generated, Unix ms
 */
export function outcomeOf(
	delivery: Delivery,
	rawBody: Buffer,
	fetched: JsonObject | undefined,
	time: number,
): DeliveryOutcome {
	const { event, gfeId, data } = delivery;
	// Also events that Spakinect may add later, as long as they carry a visit.
	const carriesVisit = event === VISIT_COMPLETED || typeof data.status === 'string';
	if (gfeId === undefined || !carriesVisit) {
		const key = otherKey(rawBody);
		return {
			isAboutVisit: false,
			visit: data,
			key,
			subject: subject(event, key),
			incomplete: false,
		};
	}
	const incomplete = delivery.incomplete && statusGroup(fetched?.status) !== 'completed';
	const visit = withId(incomplete ? undecided(fetched ?? data) : (fetched ?? data), gfeId);
	return {
		isAboutVisit: true,
		visit,
		key: keyOf(delivery, gfeId, rawBody, visit, incomplete, time),
		subject: subject(event, gfeId),
		incomplete,
	};
}

function keyOf(
	{ event }: Delivery,
	gfeId: string,
	rawBody: Buffer,
	visit: JsonObject,
	incomplete: boolean,
	time: number,
): string {
	if (incomplete) return incompleteKey(event, gfeId, time);
	return event === VISIT_COMPLETED ? visitKey(event, gfeId, visit) : otherKey(rawBody);
}

const subject = (event: string, about: string): string => `${event} ${about}`;

function undecided(visit: JsonObject): JsonObject {
	const rest = { ...visit };
	for (const list of DECISION_LISTS) delete rest[list];
	return rest;
}

const withId = (visit: JsonObject, gfeId: string): JsonObject =>
	readText(visit.gfe_id) === null ? { ...visit, gfe_id: gfeId } : visit;
