import { readMillis, readNames } from './apiVisit';
import { DECISION_LISTS } from './decisions';
import { KNOWN_STATUSES, statusGroup, statusKey } from './status';
import type { StatusGroup } from './status';

/** A visit with an unknown status may be further than an open one, but it hasn't ended. */
const GROUP_RANKS: Record<StatusGroup, number> = {
	open: 0,
	unknown: 1,
	cancelled: 2,
	rejected: 2,
	completed: 3,
};

/** `KNOWN_STATUSES` lists the open statuses in the order of a visit. */
const STEPS = new Map(KNOWN_STATUSES.map((status, index) => [statusKey(status), index]));

const MOST_CAUTIOUS_FIRST = [...DECISION_LISTS].reverse();

/** Whether any treatment of a visit has a decision. The visit is as the API sent it. */
export const hasDecisions = (visit: Record<string, unknown>): boolean =>
	DECISION_LISTS.some((list) => readNames(visit[list]).length > 0);

type Rank = Array<number | string>;

/**
 * How far a visit is. Among visits that are equally far, the later evaluation counts, then the more
 * cautious decisions. The text at the end makes the choice independent of the order of a list.
 */
function rankOf(visit: Record<string, unknown>): Rank {
	const decided = MOST_CAUTIOUS_FIRST.map((list) => [...readNames(visit[list])].sort());
	return [
		GROUP_RANKS[statusGroup(visit.status)],
		hasDecisions(visit) ? 1 : 0,
		readMillis(visit.evaluation_completed) ?? -Infinity,
		STEPS.get(statusKey(visit.status)) ?? -1,
		...decided.map(({ length }) => length),
		JSON.stringify([statusKey(visit.status), decided]),
	];
}

/** True if `other` is further than `visit`. Both are rows of one GFE, and a list should hold only one. */
function isFurther(other: Record<string, unknown>, visit: Record<string, unknown>): boolean {
	const ranks = rankOf(visit);
	for (const [index, rank] of rankOf(other).entries()) {
		const than = ranks[index] ?? '';
		if (rank !== than) return rank > than;
	}
	return false;
}

/**
 * One row per ID: the furthest one, at the position of the first.
 *
 * @param idOf the ID of a row. A row without an ID is dropped
 */
export function furthestRows<T extends Record<string, unknown>>(
	rows: readonly T[],
	idOf: (row: T) => string | undefined,
): T[] {
	const byId = new Map<string, T>();
	for (const row of rows) {
		const id = idOf(row);
		if (id === undefined) continue;
		const known = byId.get(id);
		if (known === undefined || isFurther(row, known)) byId.set(id, row);
	}
	return [...byId.values()];
}
