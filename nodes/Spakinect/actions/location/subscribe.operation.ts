import { locationIdField } from '../fields';
import { subscribeLocation } from '../../shared/registration';
import { EMR_ONLY } from '../operation';
import type { Operation } from '../operation';
import { requiredText } from '../parameters';

/** POST /subscriptions. Calling it again is harmless. There is no way to unsubscribe. */
export const subscribe: Operation = {
	value: 'subscribe',
	name: 'Subscribe',
	action: 'Subscribe to a location',
	description:
		"Let Spakinect send the events of a location to the registered webhook URL. Doing it again is harmless. It can't be undone here.",
	keys: EMR_ONLY,
	writes: true,
	hint: "From then on Spakinect sends the events of this location to the registered webhook URL. It can't be undone here. The Spakinect Trigger does this itself when the workflow is published, so most workflows don't need it.",
	fields: [locationIdField],
	async run(item) {
		const locationId = requiredText(item, 'locationId');
		const message = await subscribeLocation(item.api, locationId);
		return [{ json: { location_id: locationId, subscribed: true, message } }];
	},
};
