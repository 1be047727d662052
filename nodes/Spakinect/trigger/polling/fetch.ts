import type { NodeApiError } from 'n8n-workflow';
import type { SpakinectApiClient } from '../../transport/api';
import { ALL_LOCATIONS } from './state';
import type { RawVisit } from '../../domain/visit/apiVisit';
import { gfeIdOf } from '../../domain/visit/apiVisit';

/** What came of reading one location's list: visits, or the error. */
export interface Fetched {
	location: string;
	visits?: RawVisit[];
	error?: Partial<NodeApiError>;
}

const LATE: Fetched['error'] = {
	message: 'Spakinect did not answer in time',
	description: 'The trigger reports the missed changes when Spakinect answers again.',
};

const NO_IDS: Fetched['error'] = {
	message: 'no visit has a gfe_id',
	description: 'The API may have changed. Please report this.',
};

/**
 * The lists of all locations, each with its visits or its error. What has not come within `limitMs` is a
 * failure like any other: a poll that went on waiting would be overtaken by the next one, time and again,
 * and nobody would hear of the outage.
 */
export async function fetchLists(
	api: SpakinectApiClient,
	locations: string[],
	limitMs: number,
): Promise<Fetched[]> {
	const late = new Promise<'late'>((resolve) => {
		const end = () => {
			resolve('late');
			api.stop();
		};
		AbortSignal.timeout(limitMs).addEventListener('abort', end, { once: true });
	});
	return await Promise.all(
		locations.map(async (location) => {
			const fetched = await Promise.race([fetchList(api, location), late]);
			return fetched === 'late' ? { location, error: LATE } : fetched;
		}),
	);
}

/** One location's list; never rejects. */
export async function fetchList(api: SpakinectApiClient, location: string): Promise<Fetched> {
	try {
		const visits = await api.list(location === ALL_LOCATIONS ? undefined : location);
		const isUnreadable = visits.length > 0 && !visits.some((visit) => gfeIdOf(visit) !== undefined);
		return isUnreadable ? { location, error: NO_IDS } : { location, visits };
	} catch (error) {
		return { location, error: error as Fetched['error'] };
	}
}
