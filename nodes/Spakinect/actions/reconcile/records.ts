import type { ReconcileResult } from '../../domain/summary/reconcile';
import type { RawVisit } from '../../domain/visit/apiVisit';
import { readMillis } from '../../domain/visit/apiVisit';
import { isKeyOfVisit, polledKey, VISIT_COMPLETED, visitKey } from '../../domain/visit/eventKey';
import { isEnd, statusGroup } from '../../domain/visit/status';
import type { Item } from '../operation';
import { asReference, optionalText, read, requiredText } from '../parameters';

/** One input item: what the user has stored about a visit. */
export interface StoredRecord {
	index: number;
	/** Empty if none is stored. */
	gfeId: string;
	/** Undefined with a Client key, whose one list covers all locations, and if none is needed. */
	locationId: string | undefined;
	/** The user's own name for the record, as given; null if there is none. */
	reference: string | number | null;
	/** The `event_id` that was stored with the record; empty if none. */
	eventId: string;
}

/** The GFE ID of a record whose other fields may be unusable. Empty if it can't be read. */
export function readGfeId(item: Item): string {
	try {
		return optionalText(item, 'gfeId');
	} catch {
		return '';
	}
}

/**
 * Reads one record. A record without a GFE ID needs no location.
 *
 * @throws InputError naming the field
 */
export function readRecord(item: Item): StoredRecord {
	const gfeId = optionalText(item, 'gfeId');
	const readLocation = gfeId === '' ? optionalText : requiredText;
	const location = item.api.kind === 'emr' ? readLocation(item, 'locationId') : '';
	return {
		index: item.index,
		gfeId,
		locationId: location === '' ? undefined : location,
		reference: asReference(read(item, 'reference')),
		eventId: optionalText(item, 'eventId'),
	};
}

/** The key of a visit in its current state. For a completed visit, both triggers give the same key. */
export const keyNow = (gfeId: string, visit: RawVisit): string =>
	visitKey(VISIT_COMPLETED, gfeId, visit);

/**
 * Whether a stored key matches the visit's current state.
 *
 * The polling trigger names cancelled, rejected and other statuses by their own events, without the decisions,
 * so these keys count only while there are no decisions to miss. Its `created` says that the visit is open.
 */
function isRecorded(stored: string, gfeId: string, visit: RawVisit): boolean {
	if (isKeyOfVisit(stored, VISIT_COMPLETED, gfeId, visit)) return true;
	const group = statusGroup(visit.status);
	if (group === 'completed') return false;
	if (group === 'open' && stored === polledKey('created', gfeId, visit)) return true;
	if (stored === polledKey('statusChanged', gfeId, visit)) return true;
	return isEnd(group) && stored === polledKey(group, gfeId, visit);
}

/** Compares a record with its visit. Without a stored key, only a completed visit counts as a change. */
export function compareVisit(
	stored: string,
	gfeId: string,
	visit: RawVisit,
): Extract<ReconcileResult, 'same' | 'changed'> {
	if (stored === '') return statusGroup(visit.status) === 'completed' ? 'changed' : 'same';
	return isRecorded(stored, gfeId, visit) ? 'same' : 'changed';
}

/** Whether a visit was completed before a time. A visit without a date counts as not completed before it. */
export function wasCompletedBefore(visit: RawVisit, time: number): boolean {
	const millis = readMillis(visit.evaluation_completed);
	return statusGroup(visit.status) === 'completed' && millis !== null && millis < time;
}
