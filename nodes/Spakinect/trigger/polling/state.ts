import { createHash } from 'crypto';
import { isObject } from '../../domain/json';

/** The one list of a Client key, which covers all its locations. */
export const ALL_LOCATIONS = '*';

/** What the polling trigger keeps in n8n's static data. */
export interface PollState {
	scope: string;
	/** Marks by location id (`*` for a Client key). */
	visits: Record<string, string>;
}

/**
 * Names what the marks belong to, so that watching something else arms anew instead of reporting all of
 * it as new. The key itself is not part of it: a renewed key sees the same visits. Locations are kept
 * apart in the state, so adding or removing one does not touch the others.
 *
 * @param credentialId n8n's id of the credential; counts for a Client key only, whose list has no location
 */
export function pollScope(kind: 'emr' | 'client', baseUrl: string, credentialId: string): string {
	const parts = [kind, baseUrl, kind === 'client' ? credentialId : ''];
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 12);
}

/** The marks that were stored under this scope; none if the scope is another or the state unreadable. */
export function readPollState(stored: Record<string, unknown>, scope: string): PollState {
	const visits: Record<string, string> = {};
	if (stored.scope === scope && isObject(stored.visits)) {
		for (const [location, marks] of Object.entries(stored.visits)) {
			if (typeof marks === 'string') visits[location] = marks;
		}
	}
	return { scope, visits };
}

/** Whether two states hold the same, so that n8n need not write half a megabyte that it has already. */
export function sameMarks(one: PollState['visits'], other: PollState['visits']): boolean {
	const locations = Object.keys(one);
	return (
		locations.length === Object.keys(other).length &&
		locations.every((location) => one[location] === other[location])
	);
}
