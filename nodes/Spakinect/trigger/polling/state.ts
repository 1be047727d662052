import { createHash } from 'crypto';
import { isObject } from '../../domain/json';
import type { DiffOptions } from './diff';
import { indexMarks, sharesVisit } from './diff';
import type { RawVisit } from '../../domain/visit/apiVisit';
import { MARK_LENGTH } from './marks';

/** The one list of a Client key, which covers all its locations. */
export const ALL_LOCATIONS = '*';

/** How many visits of lists that are no longer read stay remembered, so that they don't count as new again. */
const PAST_LIMIT = 20_000;

/** What the polling trigger keeps in n8n's static data. */
export interface PollState {
	scope: string;
	/** Marks by location ID (`*` for a Client key). */
	visits: Record<string, string>;
	/** Marks from lists that are no longer read. Only with Include Existing Visits. */
	past: string;
	/** Unix milliseconds when this was stored. 0 in the state of an older version. */
	at: number;
}

/**
 * Identifies the source of the marks. With another source, the trigger starts over instead of reporting every
 * visit as new. The key isn't part of it, because a renewed key sees the same visits. Each location has its own
 * marks, so adding or removing one doesn't affect the others.
 *
 * @param credentialId n8n's ID of the credential. It counts only for a Client key, whose list has no location
 */
export function pollScope(kind: 'emr' | 'client', baseUrl: string, credentialId: string): string {
	const parts = [kind, baseUrl, kind === 'client' ? credentialId : ''];
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 12);
}

/** Reads the stored state, whatever its scope. Unreadable parts count as missing. */
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
 * n8n keeps static data by the node's name, so a renamed node finds none, or old data of the same name. The
 * process keeps its memory by the node's ID. The newer of the two is the state.
 */
export const newerState = (stored: PollState, remembered: PollState | undefined): PollState =>
	remembered !== undefined && remembered.at > stored.at ? remembered : stored;

/** The only key that this trigger uses in the workflow's global static data, which belongs to the user. */
const GLOBAL_KEY = 'spakinectPolling';

/**
 * Whether the trigger has already reported the existing visits and then lost its state (renamed while
 * unpublished, then n8n restarted). It must not report them again. Global static data survives a rename. It
 * holds only this flag, and only with Include Existing Visits.
 *
 * @param globalData the workflow's global static data, in which the flag is set
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
 * The marks to compare a list with. Another Client credential can hold another key of the same account. Its
 * list then shares visits with the previous list and is compared with it. Otherwise, it is another account.
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

/** Marks of the lists that are no longer read, each visit once, the last read first. Their number is limited. */
export function pastMarks(state: PollState, scope: string, visits: PollState['visits']): string {
	const dropped = Object.entries(state.visits)
		.filter(([location]) => state.scope !== scope || visits[location] === undefined)
		.map(([, marks]) => marks);
	if (dropped.length === 0) return state.past;
	const marks = indexMarks(dropped.join('') + state.past).values();
	return [...marks].join('').slice(0, PAST_LIMIT * MARK_LENGTH);
}

/** Whether two states are equal, so that n8n doesn't write an unchanged half a megabyte. */
export function sameMarks(one: PollState['visits'], other: PollState['visits']): boolean {
	const locations = Object.keys(one);
	return (
		locations.length === Object.keys(other).length &&
		locations.every((location) => one[location] === other[location])
	);
}
