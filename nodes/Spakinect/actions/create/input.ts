import type { IDataObject } from 'n8n-workflow';
import { buildIntakeAnswers } from '../../domain/patient/intake';
import { parseTreatments } from '../../domain/treatment/entries';
import { resolveTreatments } from '../../domain/treatment/treatments';
import type { Item, Result } from '../operation';
import { optionChoice } from '../choices';
import { read, readCollection } from '../parameters';

/** Treatment names in the catalog's spelling. One catalog call per execution. */
export async function readTreatments(item: Item, mode: 'error' | 'send'): Promise<string[]> {
	const requested = parseTreatments(read(item, 'treatments'));
	return resolveTreatments(requested, await item.api.treatments(), mode);
}

/** `options.unknownTreatments`. */
export const unknownTreatmentsMode = (options: IDataObject): 'error' | 'send' =>
	optionChoice(options, 'unknownTreatments', 'Unknown Treatments', ['error', 'send'], 'error');

/**
 * An option's text, or the standard if it was not added or is empty. An expression that finds nothing gives
 * the word `undefined` or `null`, which no field accepts: with the standard, a number of another country
 * would be texted, or the appointment read in another zone.
 */
export const optionText = (options: IDataObject, name: string, standard: string): string =>
	name in options && options[name] !== '' ? String(options[name]) : standard;

/** Intake answers for the request. Nothing at all for a Client key, whose API refuses the field. */
export function readIntakeAnswers(item: Item): IDataObject {
	if (item.api.kind === 'client') return {};
	const answers = buildIntakeAnswers(readCollection(item, 'intakeAnswers'));
	return answers.length > 0 ? { intake_answers: answers } : {};
}

/** The item of a create: what was sent, in its final form, and what came of it. */
export function echo(item: Item, sent: IDataObject, outcome: IDataObject): Result[] {
	const { reference } = readCollection(item, 'options');
	const hasReference = reference !== undefined && reference !== '';
	return [{ json: { ...outcome, ...sent, ...(hasReference ? { reference } : {}) } }];
}
