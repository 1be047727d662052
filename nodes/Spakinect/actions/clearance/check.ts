import type { PatientClearance, PatientQuestion } from '../../domain/clearance/clearance';
import { clearanceOfPatient } from '../../domain/clearance/clearance';
import type { PatientQuery } from '../../domain/patient/match';
import type { Item } from '../operation';

/**
 * Decides from the lists of the locations whether a patient is cleared. A list that can't be read is an error,
 * because it may hold a deferral.
 *
 * @param locations `undefined` is the one list of a Client key
 * @throws InputError if the patient is ambiguous, NodeApiError if a list cannot be read
 */
export async function clearanceAt(
	item: Item,
	locations: ReadonlyArray<string | undefined>,
	patient: PatientQuery,
	treatments: string[],
	question: PatientQuestion,
): Promise<PatientClearance> {
	const lists = await Promise.all(locations.map((id) => item.lists.at(id)));
	await item.pace.breathe();
	const named = lists.flatMap((list) => list.named(patient)).map(({ visit }) => visit);
	return clearanceOfPatient(named, patient, treatments, question);
}
