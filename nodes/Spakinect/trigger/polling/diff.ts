import type { RawVisit } from './marks';
import { gfeIdOf, idAt, MARK_LENGTH, markAt, packVisits, readMark } from './marks';

export const POLL_EVENTS = [
	'created',
	'completed',
	'cancelled',
	'rejected',
	'statusChanged',
	'decisionsChanged',
] as const;
export type PollEvent = (typeof POLL_EVENTS)[number];

export interface VisitChange {
	visit: RawVisit;
	gfeId: string;
	/** Every event that happened to the visit since the poll before. */
	events: PollEvent[];
}

export interface PollDiff {
	marks: string;
	changes: VisitChange[];
	/** True when the list was taken for another account's and only taken note of. */
	foreign?: true;
}

/** How many visits that are gone from a list stay remembered in any case; more if the state held more. */
const GONE_LIMIT = 20_000;

/** A Client list that shares no visit with the one before and is longer than this is another account's. */
const FOREIGN_LIST = 25;

/**
 * What happened between two polls of one list, and the marks to compare the next poll with.
 *
 * Without `previous` the list is only taken note of (`armed`), or, with `emitExisting`, every visit
 * counts as new. Visits that are gone from the list stay remembered, because the API documents that
 * lists hold the full history: an answer that misses some must not make them "created" a poll later.
 *
 * @param previous marks of the poll before, or undefined for the first poll
 */
export function diffVisits(
	previous: string | undefined,
	list: RawVisit[],
	options: { emitExisting?: boolean; maybeForeign?: boolean } = {},
): PollDiff {
	const visits = list.filter((visit) => gfeIdOf(visit) !== undefined);
	const packed = packVisits(visits);
	if (previous === undefined && !options.emitExisting) return { marks: packed, changes: [] };
	if (previous?.startsWith(packed)) return { marks: previous, changes: [] };

	const known = indexMarks(previous ?? '');
	const seen = new Set<string>();
	const changes: VisitChange[] = [];
	let marks = '';
	let related = known.size === 0;
	for (const [index, visit] of visits.entries()) {
		const id = idAt(packed, index * MARK_LENGTH);
		if (seen.has(id)) continue;
		seen.add(id);
		const mark = markAt(packed, index * MARK_LENGTH);
		marks += mark;
		const before = known.get(id);
		related ||= before !== undefined;
		if (before === mark) continue;
		const events = eventsBetween(before, mark);
		if (events.length > 0) changes.push({ visit, gfeId: gfeIdOf(visit) ?? '', events });
	}
	if (options.maybeForeign && !related && seen.size > FOREIGN_LIST) {
		return { marks, changes: [], foreign: true };
	}
	return { marks: marks + goneMarks(known, seen, (previous ?? '').length), changes };
}

/**
 * The events that lie between two marks of a visit.
 *
 * - A visit that is completed, cancelled or rejected when it is first seen has had both events.
 * - `statusChanged` is any change of the text; the three particular ones happen when the group is entered.
 * - `decisionsChanged` speaks of decisions that were there to be read before: the first ones come with
 *   `completed`.
 */
function eventsBetween(before: string | undefined, now: string): PollEvent[] {
	const next = readMark(now);
	const last = before === undefined ? undefined : readMark(before);
	const events: PollEvent[] = last === undefined ? ['created'] : [];
	if (next.group !== last?.group && isEnd(next.group)) events.push(next.group);
	if (last === undefined) return events;
	if (next.status !== last.status) events.push('statusChanged');
	const wasDecided = last.group === 'completed' || last.hasDecisions;
	if (wasDecided && next.decisions !== last.decisions) events.push('decisionsChanged');
	return events;
}

const isEnd = (group: string): group is 'completed' | 'cancelled' | 'rejected' =>
	group === 'completed' || group === 'cancelled' || group === 'rejected';

function indexMarks(marks: string): Map<string, string> {
	const index = new Map<string, string>();
	for (let offset = 0; offset + MARK_LENGTH <= marks.length; offset += MARK_LENGTH) {
		index.set(idAt(marks, offset), markAt(marks, offset));
	}
	return index;
}

/** Marks of visits that the list no longer holds; bounded, the ones at the end of the list go first. */
function goneMarks(known: Map<string, string>, seen: Set<string>, previousLength: number): string {
	const room = Math.max(Math.floor(previousLength / MARK_LENGTH) - seen.size, GONE_LIMIT);
	const gone: string[] = [];
	for (const [id, mark] of known) {
		if (gone.length >= room) break;
		if (!seen.has(id)) gone.push(mark);
	}
	return gone.join('');
}
