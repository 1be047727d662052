import { createHash } from 'crypto';
import { isObject } from '../../domain/json';
import type { DiffOptions } from './diff';
import { indexMarks, sharesVisit } from './diff';
import type { RawVisit } from '../../domain/visit/apiVisit';
import { MARK_LENGTH } from './marks';

/** The one list of a Client key, which covers all its locations. */
export const ALL_LOCATIONS = '*';

/** How many visits of lists that are no longer read stay known, so that they are not new again. */
const PAST_LIMIT = 20_000;

/** What the polling trigger keeps in n8n's static data. */
export interface PollState {
	scope: string;
	/** Marks by location id (`*` for a Client key). */
	visits: Record<string, string>;
	/** Marks from lists that are no longer read; only with Include Existing Visits. */
	past: string;
	/** When this was stored, Unix milliseconds; 0 in a state that older versions stored. */
	at: number;
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

/** What was stored, under whichever scope; what cannot be read is as good as not there. */
export function readPollState(stored: Record<string, unknown>): PollState {
	const visits: Record<string, string> = {};
	const { scope, at, past } = stored;
	if (typeof scope === 'string' && isObject(stored.visits)) {
		for (const [location, marks] of Object.entries(stored.visits)) {
			if (typeof marks === 'string') visits[location] = marks;
		}
	}
	return {
		scope: typeof scope === 'string' ? scope : '',
		visits,
		past: typeof past === 'string' ? past : '',
		at: typeof at === 'number' ? at : 0,
	};
}

/**
 * n8n keeps static data by the name of the node, so a renamed node finds none, or what it left under that
 * name long ago. The memory of the process goes by the node's id; the newer of the two is the state.
 */
export const newerState = (stored: PollState, remembered: PollState | undefined): PollState =>
	remembered !== undefined && remembered.at > stored.at ? remembered : stored;

/** The one key that this trigger uses in the workflow's global static data, which belongs to the user. */
const GLOBAL_KEY = 'spakinectPolling';

/**
 * Whether the trigger must take note of existing visits instead of reporting them although the panel asks
 * for it: it reported them once, and then lost its state (renamed while unpublished, then n8n restarted).
 * Global static data outlives a new name; only this bit stands there, and only with Include Existing.
 *
 * @param globalData the workflow's global static data; the bit is set in it
 */
export function hasReportedExisting(
	globalData: Record<string, unknown>,
	nodeId: string,
	state: PollState,
): boolean {
	const stored = globalData[GLOBAL_KEY];
	const reported = isObject(stored) ? stored : {};
	if (reported[nodeId] === true) return state.scope === '';
	globalData[GLOBAL_KEY] = { ...reported, [nodeId]: true };
	return false;
}

/** Marks by location that were stored under this scope. */
export const marksOf = (state: PollState, scope: string): Record<string, string> =>
	state.scope === scope ? state.visits : {};

/**
 * What to compare a list with. Another Client credential can hold another key of the same account, whose
 * list then shares visits with the one before, so it goes on from there; else it is another account.
 */
export function comparedWith(
	state: PollState,
	scope: string,
	location: string,
	list: RawVisit[],
	emitExisting: boolean,
): { previous: string | undefined; options: DiffOptions } {
	const isClient = location === ALL_LOCATIONS;
	const stored = state.visits[location];
	const isSameList =
		stored !== undefined && (state.scope === scope || (isClient && sharesVisit(stored, list)));
	if (isSameList) return { previous: stored, options: { emitExisting, maybeForeign: isClient } };
	const elsewhere = emitExisting ? Object.values(state.visits).join('') + state.past : '';
	return { previous: undefined, options: { emitExisting, elsewhere } };
}

/** Marks of the lists that are no longer read, each visit once, the ones read last first; bounded. */
export function pastMarks(state: PollState, scope: string, visits: PollState['visits']): string {
	const dropped = Object.entries(state.visits)
		.filter(([location]) => state.scope !== scope || visits[location] === undefined)
		.map(([, marks]) => marks);
	if (dropped.length === 0) return state.past;
	const marks = indexMarks(dropped.join('') + state.past).values();
	return [...marks].join('').slice(0, PAST_LIMIT * MARK_LENGTH);
}

/** Whether two states hold the same, so that n8n need not write half a megabyte that it has already. */
export function sameMarks(one: PollState['visits'], other: PollState['visits']): boolean {
	const locations = Object.keys(one);
	return (
		locations.length === Object.keys(other).length &&
		locations.every((location) => one[location] === other[location])
	);
}
