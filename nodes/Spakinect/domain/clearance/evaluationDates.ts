import { isObject, parseJson } from '../json';
import { readText } from '../visit/apiVisit';
import { CLOCK_SKEW_MS } from '../time/calendar';
import { InputError } from '../inputError';
import { toEpochMillis } from '../time/instant';
import { isBlank } from '../text';
import type { Visit } from '../visit/visit';

const FIELD = 'Evaluation Dates';
const FORMS = `Use rows with gfe_id and evaluation_completed, evaluated_at, completed_at or event_time, or an object such as {"7dKq2mWbXr91": "2026-05-02T10:00:00-07:00"}.`;

/** Columns in which a row may hold the time. The first that is filled in counts. */
const TIMES = ['evaluation_completed', 'evaluated_at', 'completed_at', 'event_time'];

/** Unix milliseconds of the evaluation, by GFE ID. */
export type EvaluationDates = ReadonlyMap<string, number>;

/** GFE ID and time of each row. A row of the user's table may still lack either. */
function pairsOf(rows: unknown[]): Array<[id: unknown, time: unknown]> {
	const plain = rows.map((row) => (isObject(row) && isObject(row.json) ? row.json : row));
	const isTable = plain.every(isObject);
	const hasIds = plain.some((row) => isObject(row) && 'gfe_id' in row);
	const hasTimes = plain.some((row) => isObject(row) && TIMES.some((name) => name in row));
	// Without this check, a misspelled column would look like a table in which nothing is evaluated yet.
	if (plain.length > 0 && !(isTable && hasIds && hasTimes)) {
		throw new InputError(FIELD, `'${FIELD}' has no columns the node recognizes`, FORMS);
	}
	return plain
		.filter(isObject)
		.map((row) => [row.gfe_id, TIMES.map((name) => row[name]).find((time) => !isBlank(time))]);
}

/**
 * When GFEs were evaluated, from the user's own records. The Client API doesn't give the time, but its webhook
 * arrives at that time.
 *
 * Accepted: rows (also as n8n items, or as JSON text) with `gfe_id` and one of the columns above, or an object
 * of times by GFE ID. Rows without an ID or a time are left out.
 * @param zone IANA name for times without an offset
 * @param now Unix milliseconds
 * @returns undefined when nothing was given
 * @throws InputError naming the field, never what is in it: an unreadable time, one without a time of day (two
 *   evaluations of one day could change places), one in the future (an approval would count longer), or two
 *   different ones of a GFE (no choice between them is safe for an approval and for a deferral)
 */
export function readEvaluationDates(
	value: unknown,
	zone: string,
	now: number,
): EvaluationDates | undefined {
	if (isBlank(value)) return undefined;
	const given = typeof value === 'string' ? parseJson(value) : value;
	if (!Array.isArray(given) && !isObject(given)) {
		throw new InputError(FIELD, `'${FIELD}' must be a list of rows or an object`, FORMS);
	}
	// One row alone, as an expression for a single item gives it, is a table too.
	const isRow = isObject(given) && ('gfe_id' in given || isObject(given.json));
	const rows = isRow ? [given] : given;
	const pairs = Array.isArray(rows) ? pairsOf(rows) : Object.entries(rows);
	const dates = new Map<string, number>();
	for (const [id, time] of pairs) {
		const gfeId = readText(id);
		if (gfeId === null || isBlank(time)) continue;
		const millis = toEpochMillis(time, zone, { field: FIELD, dateOnly: 'refuse' });
		if (millis > now + CLOCK_SKEW_MS) {
			throw new InputError(
				FIELD,
				`'${FIELD}' has a time in the future for a GFE`,
				'Check the year and the UTC offset of the times.',
			);
		}
		if ((dates.get(gfeId) ?? millis) !== millis) {
			throw new InputError(
				FIELD,
				`'${FIELD}' has two different times for the same GFE`,
				'Keep one row for each GFE, with the time of its last decision.',
			);
		}
		dates.set(gfeId, millis);
	}
	return dates;
}

/**
 * Adds the dates of the user's records to visits without one. Only a Completed visit takes a date, because a
 * date makes an approval count.
 * @returns the visits in their order, and the GFE IDs whose date came from the records
 */
export function withEvaluationDates(
	visits: Visit[],
	dates: EvaluationDates,
): { visits: Visit[]; own: ReadonlySet<string> } {
	const own = new Set<string>();
	const dated = visits.map((visit) => {
		const millis = dates.get(visit.gfe_id);
		const takesIt = visit.evaluation_completed === null && visit.status_group === 'completed';
		if (millis === undefined || !takesIt) return visit;
		own.add(visit.gfe_id);
		return { ...visit, evaluation_completed: new Date(millis).toISOString() };
	});
	return { visits: dated, own };
}
