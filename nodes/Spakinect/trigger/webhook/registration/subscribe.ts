import type { IHookFunctions } from 'n8n-workflow';
import type { SpakinectApiClient } from '../../../transport/api';
import { isStopped } from '../../../transport/errors';
import { subscribeLocation } from '../../../shared/registration';
import { persist } from './persist';

/** The locations that a key has subscribed, as the node's static data holds them. */
interface Subscriptions {
	key: string;
	locations: string[];
}

/**
 * Subscribes, side by side, the locations that this trigger has not yet subscribed with this key. Each success
 * is remembered even if another location fails, so the next attempt doesn't start from the beginning.
 *
 * @param key  hash of the API key
 * @param over aborted when no further request may start
 * @throws NotSubscribed with the location and the error, after everything under way has ended
 */
export async function subscribeMissing(
	context: IHookFunctions,
	api: SpakinectApiClient,
	{ key, locations, over }: { key: string; locations: string[]; over: AbortSignal },
): Promise<void> {
	const staticData = context.getWorkflowStaticData('node');
	const done = readSubscriptions(staticData.subscriptions, key);
	let failed: NotSubscribed | undefined;
	const subscribe = async (location: string) => {
		try {
			await persist(api, over, async () => await subscribeLocation(api, location));
			done.add(location);
		} catch (error) {
			if (failed === undefined || isStopped(failed.reason))
				failed = new NotSubscribed(location, error);
			api.stop();
		}
	};
	await Promise.all(locations.filter((location) => !done.has(location)).map(subscribe));
	staticData.subscriptions = { key, locations: [...done].slice(-MOST_REMEMBERED) };
	if (failed !== undefined) throw failed;
}

/** Static data is one JSON text for the whole workflow, so it must not grow forever. */
const MOST_REMEMBERED = 2_000;

/** A location that could not be subscribed, and why. */
export class NotSubscribed extends Error {
	constructor(
		readonly location: string,
		readonly reason: unknown,
	) {
		super('A location could not be subscribed');
	}
}

function readSubscriptions(stored: unknown, key: string): Set<string> {
	const { key: storedKey, locations } = (stored ?? {}) as Partial<Subscriptions>;
	const isUsable = storedKey === key && Array.isArray(locations);
	return new Set(isUsable ? locations.filter((one) => typeof one === 'string') : []);
}
