import { DateTime } from 'luxon';
import { assessClearance } from '../../../../nodes/Spakinect/domain/clearance/clearance';
import type { ApiVisit, Visit } from '../../../../nodes/Spakinect/domain/visit/visit';
import { visit } from '../support/visits.mts';

/** The instant that the cases ask about. */
export const AS_OF = '2026-03-10T12:00:00-07:00';
/** In the zone that the text names. */
export const instant = (asOf: string | DateTime): DateTime =>
	typeof asOf === 'string' ? DateTime.fromISO(asOf, { zone: 'utc', setZone: true }) : asOf;
/** The present moment: later than what the cases ask about and than all dates in them. */
export const NOW = Date.parse('2026-05-01T12:00:00-07:00');

type Lists = 'approved' | 'conditional' | 'deferred' | 'undecided';
const LISTS = {
	approved: 'approved_treatments',
	conditional: 'conditionally_approved_treatments',
	deferred: 'deferred_treatments',
} as const;

/**
 * A visit that asked for Botox and was evaluated on that day (Pacific noon);
 * null = without a date, as on the Client API.
 */
export function evaluated(
	id: string,
	day: string | null,
	decision: Lists,
	changes: ApiVisit = {},
): Visit {
	const lists = { approved_treatments: [] as string[] };
	return visit({
		gfe_id: id,
		requested_treatments: ['Botox'],
		...lists,
		...(decision === 'undecided' ? {} : { [LISTS[decision]]: ['Botox'] }),
		evaluation_completed: day === null ? undefined : `${day}T12:00:00-08:00`,
		...changes,
	});
}
/** An open visit without any decision. */
export const open = (id: string, requested = ['Botox'], status = 'Processing') =>
	visit({ gfe_id: id, status, requested_treatments: requested, approved_treatments: undefined });
/** May Botox (or what is given) be done then? */
export const ask = (
	visits: Visit[],
	treatments = ['Botox'],
	validityMonths = 12,
	asOf: string | DateTime = AS_OF,
	now = NOW,
) => assessClearance(visits, treatments, { validityMonths, asOf: instant(asOf), now });
