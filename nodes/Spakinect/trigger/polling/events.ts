import { readMillis } from '../../domain/visit/apiVisit';
import { hasDecisions } from '../../domain/visit/furthest';
import { isEnd, statusGroup } from '../../domain/visit/status';
import { polledKey } from '../../domain/visit/eventKey';
import type { PollEvent, VisitChange } from './diff';
import type { RawVisit } from '../../domain/visit/apiVisit';

/** A Client key lists only completed visits, so only these events can happen. */
export const CLIENT_EVENTS: PollEvent[] = ['completed', 'decisionsChanged'];

/** One chosen event of one visit. */
export interface VisitEvent {
	event: PollEvent;
	eventId: string;
	visit: RawVisit;
	/** A completed visit without any decision. The decisions may come with a later poll. */
	incomplete?: true;
}

/** The chosen events among the changes, in the order of the list. */
export const chosenEvents = (changes: VisitChange[], chosen: readonly PollEvent[]): VisitEvent[] =>
	changes.flatMap(({ visit, gfeId, events }) =>
		events
			.filter((event) => chosen.includes(event))
			.map((event) => visitEvent(event, gfeId, visit)),
	);

/** An event with its key. */
export function visitEvent(event: PollEvent, gfeId: string, visit: RawVisit): VisitEvent {
	const isIncomplete = statusGroup(visit.status) === 'completed' && !hasDecisions(visit);
	const incomplete = isIncomplete ? { incomplete: true as const } : {};
	return { event, eventId: polledKey(event, gfeId, visit), visit, ...incomplete };
}

/** Which event a sample shows if several match: specific events before those that match any visit. */
const SAMPLE_ORDER: readonly PollEvent[] = [
	'completed',
	'cancelled',
	'rejected',
	'decisionsChanged',
	'statusChanged',
	'created',
];

/**
 * Whether the event can have happened to this visit. A visit that has ended has changed its status, and only a
 * decision that was made can have changed.
 */
function fits(event: PollEvent, visit: RawVisit): boolean {
	const group = statusGroup(visit.status);
	if (event === 'created') return true;
	if (event === 'statusChanged') return isEnd(group);
	if (event === 'decisionsChanged') return group === 'completed' && hasDecisions(visit);
	return group === event;
}

/**
 * The visit to show in a test of the trigger: of those that match a chosen event, the one evaluated last, or
 * the last in the list.
 *
 * @returns undefined if no visit matches. A sample never shows an event that its visit contradicts
 */
export function sampleEvent<T extends { visit: RawVisit }>(
	visits: readonly T[],
	chosen: readonly PollEvent[],
): (T & { event: PollEvent }) | undefined {
	const events = SAMPLE_ORDER.filter((event) => chosen.includes(event));
	let best: (T & { event: PollEvent }) | undefined;
	for (const one of visits) {
		const event = events.find((candidate) => fits(candidate, one.visit));
		if (event === undefined) continue;
		const isBetter = best === undefined || compareSamples({ ...one, event }, best) >= 0;
		if (isBetter) best = { ...one, event };
	}
	return best;
}

interface Sample {
	event: PollEvent;
	visit: RawVisit;
}

/**
 * Positive if the first is the better sample: first by decisions, then by the more specific event, then by the
 * newer evaluation.
 */
function compareSamples(one: Sample, other: Sample): number {
	return (
		Number(hasDecisions(one.visit)) - Number(hasDecisions(other.visit)) ||
		Number(other.event === 'created') - Number(one.event === 'created') ||
		evaluated(one.visit) - evaluated(other.visit)
	);
}

/** Unix milliseconds; 0 for a visit without a date. */
const evaluated = ({ evaluation_completed: value }: RawVisit): number => readMillis(value) ?? 0;
