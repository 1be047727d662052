import { personKey } from '../patient/match';
import type { ApiVisit, Visit } from './visit';
import { readVisit } from './visit';

/** A visit in the package's shape, with the API's own object. */
interface ListedVisit {
	visit: Visit;
	raw: ApiVisit;
}

const NOBODY = '';

/**
 * The visits of one list, shaped once and found by the patient's name. Every rule that tells people apart
 * starts with the name, so a visit under another name is never the same person. Without the index, a list of
 * 5,000 visits would be read again for each of 500 patients.
 */
export class VisitIndex {
	private readonly byName = new Map<string, ListedVisit[]>();

	/** Adds a visit as the API sent it. A value that isn't a visit is ignored. */
	add(raw: ApiVisit, locationId?: string): void {
		const visit = readVisit(raw, { locationId });
		if (!visit) return;
		const key = personKey(visit) ?? NOBODY;
		const known = this.byName.get(key);
		if (known) known.push({ visit, raw });
		else this.byName.set(key, [{ visit, raw }]);
	}

	/** The visits of everyone with this name, in the order of the list. */
	named(who: { firstName: string; lastName: string }): readonly ListedVisit[] {
		const key = personKey(who);
		return key === null || key === NOBODY ? [] : (this.byName.get(key) ?? []);
	}

	/** The visits of each name, in the order of the list. Visits without a name are one group. */
	groups(): Iterable<[name: string, visits: readonly ListedVisit[]]> {
		return this.byName;
	}
}
