import { isObject } from '../../domain/json';
import { gfeIdOf, readText } from '../../domain/visit/apiVisit';

/** Why the answer for a list isn't the list: another form, fewer visits than it says, or another location. */
type ListProblem = 'form' | 'incomplete' | 'otherLocation';

/**
 * The entries of a list of visits. The documentation gives each list its `count`, and with an EMR key its
 * `location_id`. Where they are missing, nothing contradicts the list.
 *
 * @param locationId the one that was asked for; undefined with a Client key
 */
export function readVisitList(
	body: Record<string, unknown>,
	locationId: string | undefined,
): unknown[] | ListProblem {
	const { gfes, count } = body;
	if (!Array.isArray(gfes)) return 'form';
	// A deferral or an open visit may be in the part that is missing.
	if (Number(count) > gfes.length) return 'incomplete';
	const at = readText(body.location_id);
	if (locationId === undefined || at === null) return gfes;
	return at.toLowerCase() === locationId.trim().toLowerCase() ? gfes : 'otherLocation';
}

/** Whether each entry is a visit with a GFE ID, as the documentation promises. */
export const areVisits = (entries: unknown[]): boolean =>
	entries.every((entry) => isObject(entry) && gfeIdOf(entry) !== undefined);
