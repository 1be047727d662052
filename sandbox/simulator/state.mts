import type { Faults } from './faults.mts';
import type { Store } from './store.mts';

/** GET /control/state: all visits and registrations, in the simulator's own form. */
export function describeState(store: Store): Record<string, unknown> {
	return {
		visits: [...store.visits.values()],
		webhooks: Object.fromEntries([...store.webhooks].map(([key, { url }]) => [key, url])),
		subscriptions: Object.fromEntries(
			[...store.subscriptions].map(([key, locations]) => [key, [...locations]]),
		),
		favorites: store.favorites,
		treatments: store.treatments,
		locations: [...store.locations.values()],
		keys: [...store.keys.values()],
		settings: store.settings,
	};
}

/** How many of the newest visits, deliveries and messages the dashboard shows. */
const shown = 200;

/** GET /control/summary: the newest part of the state, small enough to be requested every second. */
export function summarize(store: Store, faults: Faults): Record<string, unknown> {
	const counts: Record<string, number> = {};
	for (const { status } of store.visits.values()) counts[status] = (counts[status] ?? 0) + 1;
	return {
		counts,
		visits: [...store.visits.values()].slice(-shown).reverse(),
		deliveries: store.deliveries.slice(-shown).reverse(),
		contacts: store.contacts.slice(-shown).reverse(),
		requests: store.journal.slice(-shown).reverse(),
		faults: faults.list(),
		locations: [...store.locations.values()],
		webhooks: Object.fromEntries([...store.webhooks].map(([key, { url }]) => [key, url])),
	};
}
