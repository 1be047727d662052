import type { Delivery } from './delivery';

/** The choice that lets every event through, also ones that Spakinect may add later. */
export const ANY_EVENT = '*';

/**
 * Why a delivery is not for this trigger, or undefined when it is.
 * A delivery that names no location is let through: losing it would be worse than seeing it.
 *
 * @param events    chosen event names, `*` for any
 * @param locations ids to let through; empty lets all through
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
