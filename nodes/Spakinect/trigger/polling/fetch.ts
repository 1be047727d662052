import type { NodeApiError } from 'n8n-workflow';
import type { SpakinectApiClient } from '../../transport/api';
import { ALL_LOCATIONS } from './state';
import type { RawVisit } from '../../domain/visit/apiVisit';
import { gfeIdOf } from '../../domain/visit/apiVisit';

/** The result of reading one location's list: visits, or the error. */
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
 * The lists of all locations, each with its visits or its error. A list that takes longer than `limitMs` is a
 * failure. Otherwise, each poll would be overtaken by the next one, and nobody would learn about the outage.
 *
 * @param limitMs milliseconds
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

/** Reads one location's list. It never rejects. */
export async function fetchList(api: SpakinectApiClient, location: string): Promise<Fetched> {
	try {
		const visits = await api.list(location === ALL_LOCATIONS ? undefined : location);
		const isUnreadable = visits.length > 0 && !visits.some((visit) => gfeIdOf(visit) !== undefined);
		return isUnreadable ? { location, error: NO_IDS } : { location, visits };
	} catch (error) {
		return { location, error: error as Fetched['error'] };
	}
}
