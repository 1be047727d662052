import { DateTime } from 'luxon';
import type { PatientClearance } from '../../domain/clearance/patientClearance';
import type { SkippedTreatment } from '../../domain/summary/create';
import { quickZone } from '../../domain/time/quickZone';
import { clearanceAt } from '../clearance/check';
import { readClearanceRules } from '../clearance/input';
import type { Item } from '../operation';
import type { Wanted } from './wanted';

/**
 * Whether the patient is cleared for the wanted treatments, by the rules of Check Clearance. It uses the same
 * list as the duplicate guard.
 *
 * @param at Unix milliseconds of the time at which the approval must be valid
 * @throws InputError if the patient is ambiguous, NodeApiError if the list cannot be read
 */
export async function clearanceForRequest(
	item: Item,
	{ locationId, person, treatments }: Wanted,
	at: number,
): Promise<PatientClearance> {
	const question = {
		...readClearanceRules(item),
		asOf: DateTime.fromMillis(at, { zone: quickZone(item.zone) }),
	};
	const locations = [item.api.kind === 'client' ? undefined : locationId];
	return await clearanceAt(item, locations, person, treatments, question);
}

/**
 * The treatments for which the patient is cleared.
 *
 * @throws as {@link clearanceForRequest}
 */
export async function clearedTreatments(
	item: Item,
	wanted: Wanted,
	at: number,
): Promise<SkippedTreatment[]> {
	const clearance = await clearanceForRequest(item, wanted, at);
	return clearance.treatments
		.filter(({ cleared }) => cleared)
		.map(({ treatment, reason, expires_at, gfe_id }) => ({
			treatment,
			reason,
			expires_at,
			gfe_id,
		}));
}
