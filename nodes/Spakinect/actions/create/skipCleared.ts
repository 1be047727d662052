import { DateTime } from 'luxon';
import type { PatientClearance } from '../../domain/clearance/clearance';
import { InputError } from '../../domain/inputError';
import { AmbiguousPatientError } from '../../domain/patient/namesakes';
import type { SkippedTreatment } from '../../domain/summary/request';
import { quickZone } from '../../domain/time/zone';
import { clearanceAt } from '../clearance/check';
import { readClearanceRules } from '../clearance/input';
import type { Item } from '../operation';
import type { Wanted } from './wanted';

/** What an ambiguous patient means for a request. Its panel lacks fields that Check Clearance has. */
export interface Ambiguous {
	field: string;
	/** Before the reason. */
	message: string;
	advice: string;
}

const SKIPPING: Ambiguous = {
	field: 'Skip If Cleared',
	message: "The patient is ambiguous for 'Skip If Cleared'",
	advice:
		"Nothing was sent. Look at the patient's visits in Spakinect. If an exam is needed, run this item again with 'Skip If Cleared' off.",
};

/**
 * Whether the patient is cleared for the wanted treatments, by the rules of Check Clearance. It uses the same
 * list as the duplicate guard.
 *
 * @param at Unix milliseconds of the time at which the approval must be valid
 * @throws InputError as `ambiguous` says, NodeApiError if the list cannot be read
 */
export async function clearanceForRequest(
	item: Item,
	{ locationId, person, treatments }: Wanted,
	at: number,
	ambiguous: Ambiguous,
): Promise<PatientClearance> {
	const question = {
		...readClearanceRules(item),
		asOf: DateTime.fromMillis(at, { zone: quickZone(item.zone) }),
	};
	const locations = [item.api.kind === 'client' ? undefined : locationId];
	const asked = clearanceAt(item, locations, person, treatments, question);
	return await asked.catch((error: unknown) => {
		if (!(error instanceof AmbiguousPatientError)) throw error;
		const { field, message, advice } = ambiguous;
		throw new InputError(field, `${message}: ${error.reason}`, advice);
	});
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
	const clearance = await clearanceForRequest(item, wanted, at, SKIPPING);
	return clearance.treatments
		.filter(({ cleared }) => cleared)
		.map(({ treatment, reason, expires_at, gfe_id }) => ({
			treatment,
			reason,
			expires_at,
			gfe_id,
		}));
}
