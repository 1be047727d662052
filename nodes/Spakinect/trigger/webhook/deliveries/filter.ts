import type { Delivery } from './delivery';

/** The choice for every event, including events that Spakinect may add later. */
const ANY_EVENT = '*';

/**
 * Why this trigger ignores a delivery, or undefined if it doesn't. A delivery without a location is accepted,
 * because losing it would be worse.
 *
 * @param events    chosen event names, `*` for any
 * @param locations IDs to accept. Empty accepts all
 */
export function ignoredBecause(
	delivery: Pick<Delivery, 'event' | 'locationId'>,
	events: string[],
	locations: string[],
): string | undefined {
	if (!events.includes(ANY_EVENT) && !events.includes(delivery.event)) {
		return 'This event is not selected in the trigger';
	}
	const { locationId } = delivery;
	if (locations.length > 0 && locationId !== undefined && !locations.includes(locationId)) {
		return 'This location is not selected in the trigger';
	}
	return undefined;
}
