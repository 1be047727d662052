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
