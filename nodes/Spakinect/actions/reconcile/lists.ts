import type { RawVisit } from '../../domain/visit/apiVisit';
import { gfeIdOf } from '../../domain/visit/apiVisit';
import { furthestRows } from '../../domain/visit/furthest';
import type { SpakinectApiClient } from '../../transport/api';
import type { Pace } from '../run/pace';
import type { StoredRecord } from './records';

/** A visit with the location whose list holds it. */
interface LocatedVisit {
	gfeId: string;
	visit: RawVisit;
	/** Undefined with a Client key. */
	locationId: string | undefined;
}

/** The lists of all locations that the records name, or the one list of a Client key. */
class VisitsOfLocations {
	private readonly byId = new Map<string, LocatedVisit>();
	private readonly errors = new Map<string, unknown>();

	fail(locationId: string | undefined, error: unknown): void {
		this.errors.set(locationId ?? '', error);
	}

	/**
	 * Of two rows for one GFE, the one with the further status counts. A GFE in two lists belongs to the first.
	 */
	add(locationId: string | undefined, list: RawVisit[]): void {
		for (const visit of furthestRows(list, gfeIdOf)) {
			const gfeId = gfeIdOf(visit) ?? '';
			if (!this.byId.has(gfeId)) this.byId.set(gfeId, { gfeId, visit, locationId });
		}
	}

	/** Why the list of the record's location could not be read, or undefined. */
	errorOf({ locationId }: StoredRecord): unknown {
		return this.errors.get(locationId ?? '');
	}

	/** Whether a list could not be read. A record may name the wrong location, so its visit may be in that list. */
	hasErrors(): boolean {
		return this.errors.size > 0;
	}

	/** The visit of a GFE at any of the locations, because a record may name the wrong one. */
	find(gfeId: string): LocatedVisit | undefined {
		return this.byId.get(gfeId);
	}

	visits(): Iterable<LocatedVisit> {
		return this.byId.values();
	}
}

/** Reads each list once. A list that can't be read isn't an empty list, so its error is kept. */
export async function readLists(
	api: SpakinectApiClient,
	records: Array<StoredRecord | { error: unknown }>,
	pace: Pace,
): Promise<VisitsOfLocations> {
	const named = records.flatMap((record) => ('error' in record ? [] : [record.locationId]));
	// A Client key has one list, without a location.
	const wanted = api.kind === 'emr' ? named.filter((id) => id !== undefined) : named;
	const lists = new VisitsOfLocations();
	const answers = await Promise.all(
		[...new Set(wanted)].map(async (locationId) => {
			try {
				return { locationId, list: await api.completeList(locationId) };
			} catch (error) {
				return { locationId, error };
			}
		}),
	);
	for (const answer of answers) {
		await pace.breathe();
		if ('error' in answer) lists.fail(answer.locationId, answer.error);
		else lists.add(answer.locationId, answer.list as RawVisit[]);
	}
	return lists;
}
