import type { IDataObject } from 'n8n-workflow';
import { buildIntakeAnswers } from '../../domain/patient/intake';
import { parseTreatments } from '../../domain/treatment/entries';
import { readServiceMenu, serviceKey } from '../../domain/treatment/serviceMenu';
import { resolveServices } from '../../domain/treatment/services';
import { resolveTreatments } from '../../domain/treatment/treatments';
import { optionChoice } from '../choices';
import type { Item } from '../operation';
import { read, readCollection } from '../parameters';

/**
 * The treatments of a booking in the catalog's spelling. Its entries may be services of the booking system (option
 * Service Menu). One catalog call per execution.
 *
 * @param patient what no error may quote: names, email, phone, date of birth
 * @returns empty if the booked services need no exam
 * @throws InputError naming an entry that is neither a service nor a treatment, or a row of the menu that
 *   can't be used
 */
export async function readBookedTreatments(
	item: Item,
	patient: readonly unknown[],
): Promise<string[]> {
	const menu = readServiceMenu(readCollection(item, 'options').serviceMenu, patient);
	const value = read(item, 'treatments');
	// A service may begin like a JSON array: "[VIP] Facial".
	const isService =
		typeof value === 'string' && value.trim().startsWith('[') && menu.has(serviceKey(value));
	const entries = isService ? { texts: [value] } : parseTreatments(value);
	const mode = unknownTreatmentsMode(item);
	return resolveServices(entries, menu, await item.api.treatments(), mode, patient);
}

/**
 * The treatments of a visit in the catalog's spelling. The catalog may have changed since they were requested.
 *
 * @throws InputError for `Treatments`, naming those that are no longer in the catalog
 */
export async function readVisitTreatments(item: Item, texts: string[]): Promise<string[]> {
	const mode = unknownTreatmentsMode(item);
	return resolveTreatments({ texts }, await item.api.treatments(), mode);
}

/** `options.unknownTreatments`. */
const unknownTreatmentsMode = (item: Item): 'error' | 'send' =>
	optionChoice(item, 'unknownTreatments', ['error', 'send']);

/**
 * An option's text, or the default if the option is missing or empty. An expression that finds nothing becomes
 * the word `undefined` or `null`, which every field refuses. The default in its place could text a phone number
 * in another country or read the appointment in another time zone.
 */
export const optionText = (options: IDataObject, name: string, standard: string): string =>
	name in options && options[name] !== '' ? String(options[name]) : standard;

/** Intake answers for the request. Empty for a Client key, because its API refuses the field. */
export function readIntakeAnswers(item: Item): IDataObject {
	if (item.api.kind === 'client') return {};
	const answers = buildIntakeAnswers(readCollection(item, 'intakeAnswers'));
	return answers.length > 0 ? { intake_answers: answers } : {};
}
