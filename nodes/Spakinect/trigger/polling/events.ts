import { statusGroup } from '../../domain/visit/status';
import { VISIT_COMPLETED, visitKey } from '../eventKey';
import type { PollEvent, VisitChange } from './diff';
import type { RawVisit } from './marks';

/** A Client key lists completed visits only, so nothing else can be seen with it. */
export const CLIENT_EVENTS: PollEvent[] = ['completed', 'decisionsChanged'];

/** One chosen event of one visit. */
export interface VisitEvent {
	event: PollEvent;
	eventId: string;
	visit: RawVisit;
}

/** The chosen events among the changes, in the order of the list. */
export const chosenEvents = (changes: VisitChange[], chosen: readonly PollEvent[]): VisitEvent[] =>
	changes.flatMap(({ visit, gfeId, events }) =>
		events
			.filter((event) => chosen.includes(event))
			.map((event) => ({ event, eventId: eventId(event, gfeId, visit), visit })),
	);

/**
 * The delivery key. Completed visits and changed decisions get the key that the webhook trigger gives
 * the same news, so that one Remove Duplicates node can sit behind both triggers.
 */
export function eventId(event: PollEvent, gfeId: string, visit: RawVisit): string {
	if (event === 'created') return visitKey(event, gfeId, {});
	if (event === 'completed' || event === 'decisionsChanged') {
		return visitKey(VISIT_COMPLETED, gfeId, visit);
	}
	return visitKey(event, gfeId, { status: visit.status });
}

/**
 * The visit to show when somebody tries the trigger out: the one evaluated last among those that fit a
 * chosen event, else the last of the list. Undefined when there is no visit.
 */
export function sampleEvent(
	visits: RawVisit[],
	chosen: readonly PollEvent[],
): { event: PollEvent; visit: RawVisit } | undefined {
	const ends = chosen.filter((event) =>
		visits.some((visit) => statusGroup(visit.status) === event),
	);
	const fitting = visits.filter(
		({ status }) => ends.length === 0 || ends.some((event) => event === statusGroup(status)),
	);
	const visit = fitting.reduce<RawVisit | undefined>(
		(best, next) => (best !== undefined && evaluated(next) < evaluated(best) ? best : next),
		undefined,
	);
	if (visit === undefined) return undefined;
	const event = ends.find((end) => end === statusGroup(visit.status)) ?? chosen[0] ?? 'created';
	return { event, visit };
}

function evaluated({ evaluation_completed: value }: RawVisit): number {
	if (typeof value === 'number') return value * 1000;
	const time = typeof value === 'string' ? Date.parse(value) : NaN;
	return Number.isNaN(time) ? -Infinity : time;
}
