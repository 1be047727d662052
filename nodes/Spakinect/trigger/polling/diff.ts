import { furthestRows } from '../../domain/visit/furthest';
import type { RawVisit } from '../../domain/visit/apiVisit';
import { gfeIdOf } from '../../domain/visit/apiVisit';
import { isEnd } from '../../domain/visit/status';
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

interface PollDiff {
	marks: string;
	changes: VisitChange[];
	/** True if the list probably belongs to another account. It is then only remembered. */
	foreign?: true;
}

/** How many visits stay remembered at least after they are gone from a list. More if the state held more. */
const GONE_LIMIT = 20_000;

/** A longer Client list that shares no visit with the previous one belongs to another account. */
const FOREIGN_LIST = 25;

export interface DiffOptions {
	/** The first poll reports every visit as new, except for those in `elsewhere`. */
	emitExisting?: boolean;
	/** Marks of other lists that this trigger has read. Their visits aren't new. */
	elsewhere?: string;
	maybeForeign?: boolean;
}

/**
 * The changes between two polls of one list, and the marks to compare the next poll with.
 *
 * Without `previous`, the list is only remembered, or, with `emitExisting`, every visit counts as new. Visits
 * that are gone from the list stay remembered: lists hold the full history, so an answer that lacks some visits
 * must not make them "created" in the next poll. Of two rows with one ID, the further one counts.
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
 * The events between two marks of a visit, and the mark to remember.
 *
 * - A visit that is already completed, cancelled or rejected when it is first seen has both events.
 * - `statusChanged` is any change of the text. The other three happen when the visit enters their group.
 * - A visit that was completed without decisions is `completed` again when its first decisions arrive.
 * - `decisionsChanged` needs earlier decisions, which may be missing in an answer in between (`emptied`).
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

/** The marks by visit. If a visit has two, the first counts. */
export function indexMarks(marks: string): Map<string, string> {
	const index = new Map<string, string>();
	for (let offset = 0; offset + MARK_LENGTH <= marks.length; offset += MARK_LENGTH) {
		const id = idAt(marks, offset);
		if (!index.has(id)) index.set(id, markAt(marks, offset));
	}
	return index;
}

/** Whether a list contains at least one visit of the marks. */
export function sharesVisit(marks: string, list: RawVisit[]): boolean {
	const known = indexMarks(marks);
	const visits = list.filter((visit) => gfeIdOf(visit) !== undefined);
	const packed = packVisits(visits);
	return visits.some((_, index) => known.has(idAt(packed, index * MARK_LENGTH)));
}

/**
 * Marks of visits that are no longer in the list. Their number is limited, and those at the end of the list are
 * dropped first.
 */
function goneMarks(known: Map<string, string>, seen: Set<string>, previousLength: number): string {
	const room = Math.max(Math.floor(previousLength / MARK_LENGTH) - seen.size, GONE_LIMIT);
	const gone: string[] = [];
	for (const [id, mark] of known) {
		if (gone.length >= room) break;
		if (!seen.has(id)) gone.push(mark);
	}
	return gone.join('');
}
