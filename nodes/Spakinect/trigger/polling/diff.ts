import { furthestRows } from '../../domain/visit/furthest';
import type { RawVisit } from '../../domain/visit/apiVisit';
import { gfeIdOf } from '../../domain/visit/apiVisit';
import { emptiedMark, idAt, MARK_LENGTH, markAt, packVisits, readMark } from './marks';

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

export interface DiffOptions {
	/** The first poll reports every visit as new, except for those in `elsewhere`. */
	emitExisting?: boolean;
	/** Marks of other lists that this trigger has read: what is in them is not new. */
	elsewhere?: string;
	maybeForeign?: boolean;
}

/**
 * What happened between two polls of one list, and the marks to compare the next poll with.
 *
 * Without `previous` the list is only taken note of (`armed`), or, with `emitExisting`, every visit
 * counts as new. Visits that are gone from the list stay remembered, because the API documents that
 * lists hold the full history: an answer that misses some must not make them "created" a poll later.
 * Of two rows with one id the further one counts, wherever it stands.
 *
 * @param previous marks of the poll before, or undefined for the first poll
 */
export function diffVisits(
	previous: string | undefined,
	list: RawVisit[],
	options: DiffOptions = {},
): PollDiff {
	let visits = list.filter((visit) => gfeIdOf(visit) !== undefined);
	let packed = packVisits(visits);
	if (previous?.startsWith(packed)) return { marks: previous, changes: [] };
	const rows = visits.length;
	visits = furthestRows(visits, gfeIdOf);
	if (visits.length < rows) packed = packVisits(visits);
	if (previous === undefined && !options.emitExisting) return { marks: packed, changes: [] };
	if (previous?.startsWith(packed)) return { marks: previous, changes: [] };

	const known = indexMarks(previous ?? options.elsewhere ?? '');
	const seen = new Set<string>();
	const changes: VisitChange[] = [];
	let marks = '';
	let related = known.size === 0;
	for (const [index, visit] of visits.entries()) {
		const mark = markAt(packed, index * MARK_LENGTH);
		const id = idAt(mark, 0);
		seen.add(id);
		const before = known.get(id);
		related ||= before !== undefined;
		const { events, kept } = compare(before, mark);
		marks += kept;
		if (events.length > 0) changes.push({ visit, gfeId: gfeIdOf(visit) ?? '', events });
	}
	if (options.maybeForeign && !related && seen.size > FOREIGN_LIST) {
		return { marks, changes: [], foreign: true };
	}
	const gone = previous === undefined ? '' : goneMarks(known, seen, previous.length);
	return { marks: marks + gone, changes };
}

/**
 * The events that lie between two marks of a visit, and the mark to remember.
 *
 * - A visit that is completed, cancelled or rejected when it is first seen has had both events.
 * - `statusChanged` is any change of the text; the three particular ones happen when the group is entered.
 * - A visit that was completed without any decision is `completed` again when its first decisions come.
 * - `decisionsChanged` speaks of decisions that were there to be read before, also when an answer left
 *   them out in between: that is remembered (`emptied`), or their return would be taken for the first.
 */
function compare(before: string | undefined, now: string): { events: PollEvent[]; kept: string } {
	if (before === now) return { events: [], kept: now };
	const next = readMark(now);
	const last = before === undefined ? undefined : readMark(before);
	const events: PollEvent[] = last === undefined ? ['created'] : [];
	const isCompleted = next.group === 'completed';
	const stayed = isCompleted && last?.group === 'completed';
	const isEmptied = stayed && !next.hasDecisions && (last.hasDecisions || last.emptied);
	const kept = isEmptied ? emptiedMark(now) : now;
	const isFirstDecision = stayed && next.hasDecisions && !last.hasDecisions && !last.emptied;
	if (isEnd(next.group) && (next.group !== last?.group || isFirstDecision)) events.push(next.group);
	if (last === undefined) return { events, kept };
	const isSameStatus = next.status === last.status && next.group === last.group;
	if (!isSameStatus) events.push('statusChanged');
	const wasDecided = last.group === 'completed' || last.hasDecisions;
	if (wasDecided && !isFirstDecision && next.decisions !== last.decisions) {
		events.push('decisionsChanged');
	}
	return { events, kept };
}

const isEnd = (group: string): group is 'completed' | 'cancelled' | 'rejected' =>
	group === 'completed' || group === 'cancelled' || group === 'rejected';

/** Marks by visit; where a visit has two, the first counts. */
export function indexMarks(marks: string): Map<string, string> {
	const index = new Map<string, string>();
	for (let offset = 0; offset + MARK_LENGTH <= marks.length; offset += MARK_LENGTH) {
		const id = idAt(marks, offset);
		if (!index.has(id)) index.set(id, markAt(marks, offset));
	}
	return index;
}

/** Whether a list holds at least one of the visits that the marks were made of. */
export function sharesVisit(marks: string, list: RawVisit[]): boolean {
	const known = indexMarks(marks);
	const visits = list.filter((visit) => gfeIdOf(visit) !== undefined);
	const packed = packVisits(visits);
	return visits.some((_, index) => known.has(idAt(packed, index * MARK_LENGTH)));
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
