import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../domain/inputError';
import { isBlank } from '../domain/text';
import { requiredChoice } from '../shared/choice';
import type { Item } from './operation';
import { read } from './parameters';

/** Marks a parameter that the panel hides. null and undefined can't, because an expression may return them. */
const HIDDEN = '\u0000hidden';

/**
 * A parameter with a list of choices.
 *
 * @param standard the value while the panel hides the parameter
 * @throws InputError that lists the choices, if an expression returns anything else
 */
export function readChoice<T extends string>(
	item: Item,
	name: string,
	label: string,
	choices: readonly T[],
	standard: T,
): T {
	const value = read(item, name, HIDDEN);
	return value === HIDDEN ? standard : requiredChoice(value, label, choices);
}

/** The same for an option in a collection. `standard` is its value until the user adds it. */
export const optionChoice = <T extends string>(
	options: IDataObject,
	name: string,
	label: string,
	choices: readonly T[],
	standard: T,
): T => (name in options ? requiredChoice(options[name], label, choices) : standard);

const DEFAULT_LIMIT = 50;

/**
 * Return All and Limit of the list operations; Infinity for all.
 *
 * @throws InputError if an expression returns anything else. Return All read as false would silently cut off
 *   the list
 */
export function readLimit(item: Item): number {
	const all = read(item, 'returnAll', false);
	const returnAll =
		typeof all === 'boolean' ? String(all) : requiredChoice(all, 'Return All', ['true', 'false']);
	if (returnAll === 'true') return Infinity;
	const given = read(item, 'limit', DEFAULT_LIMIT);
	const limit = isBlank(given) || typeof given === 'boolean' ? NaN : Number(given);
	if (!Number.isInteger(limit) || limit < 1) {
		throw new InputError('Limit', "'Limit' must be a whole number of at least 1");
	}
	return limit;
}
