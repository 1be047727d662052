import type { Call } from './context.mts';
import { refuse, refuseWithCategory } from './replies.mts';
import type { Store } from './store.mts';
import type { ApiKind, ApiReply, KeySeed, Visit } from './types.mts';

/** The key of a request, or the documented 401. A key of the other API is an invalid key here. */
export function authenticate(store: Store, kind: ApiKind, header: unknown): KeySeed | ApiReply {
	if (typeof header !== 'string' || header === '') {
		return refuse(401, 'Unauthorized: API key is missing.');
	}
	const key = store.keys.get(header);
	return key?.kind === kind ? key : refuse(401, 'Forbidden: Invalid API key.');
}

/** 404 for a location that doesn't exist, 403 for one that this key may not use, otherwise undefined. */
export function denyLocation(call: Call, locationId: string): ApiReply | undefined {
	if (!call.store.locations.has(locationId)) return refuseWithCategory(404, 'Location not found');
	if (call.key.locations.includes(locationId)) return undefined;
	const who = call.key.kind === 'emr' ? 'EMR' : 'Client';
	return refuse(403, `${who} is not authorized for this location`);
}

/** The visit of a request, or the documented 404 or 403. */
export function findVisit(call: Call): Visit | ApiReply {
	const visit = call.store.visits.get(call.params.gfe_id ?? '');
	if (!visit) return refuseWithCategory(404, 'GFE not found');
	if (call.key.locations.includes(visit.location_id)) return visit;
	return refuse(
		403,
		`${call.key.kind === 'emr' ? 'EMR' : 'Client'} is not authorized for this GFE`,
	);
}
