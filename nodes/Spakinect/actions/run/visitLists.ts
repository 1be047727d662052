import { VisitIndex } from '../../domain/visit/visitIndex';
import type { SpakinectApiClient } from '../../transport/api';
import type { ReadOptions } from '../../transport/calls';
import type { Pace } from './pace';

/** Visits to index before other work gets a turn. */
const CHUNK = 500;

/**
 * The lists of this run. Each is read, shaped and indexed once, for Check Clearance, the duplicate guard and
 * everything else that looks for a patient's visits.
 */
export class VisitLists {
	private readonly lists = new Map<string, Promise<VisitIndex>>();

	constructor(
		private readonly api: SpakinectApiClient,
		private readonly pace: Pace,
	) {}

	/**
	 * The visits of a location, or with a Client key the completed ones of all locations.
	 *
	 * @param options `fresh` reads the list again; it is the list of the run from then on
	 * @throws NodeApiError of the request, for every caller
	 */
	async at(locationId: string | undefined, options: ReadOptions = {}): Promise<VisitIndex> {
		const key = locationId ?? '';
		const known = options.fresh ? undefined : this.lists.get(key);
		if (known) return await known;
		const list = this.load(locationId, options);
		this.lists.set(key, list);
		return await list;
	}

	private async load(locationId: string | undefined, options: ReadOptions): Promise<VisitIndex> {
		const index = new VisitIndex();
		for (const [position, raw] of (await this.api.completeList(locationId, options)).entries()) {
			if (position % CHUNK === 0) await this.pace.breathe();
			index.add(raw, locationId);
		}
		return index;
	}
}
