import { InputError } from '../domain/inputError';
import { isBlank } from '../domain/text';
import { requiredChoice } from '../shared/choice';
import type { Item } from './operation';
import { labelOf, read, readCollection } from './parameters';

/** Marks a parameter that the panel hides. null and undefined can't, because an expression may return them. */
const HIDDEN = '\u0000hidden';

/** The choices of a parameter. The first is the default. */
type Choices<T extends string> = readonly [T, ...T[]];

/**
 * A parameter with a list of choices.
 *
 * @param standard the value while the panel hides the parameter
 * @throws InputError that lists the choices, if an expression returns anything else
 */
export function readChoice<T extends string>(
	item: Item,
	name: string,
	choices: Choices<T>,
	standard: T = choices[0],
): T {
	const value = read(item, name, HIDDEN);
	return value === HIDDEN ? standard : requiredChoice(value, labelOf(item, name), choices);
}

/** The same for an option. It has the first choice until the user adds it. */
export function optionChoice<T extends string>(item: Item, name: string, choices: Choices<T>): T {
	const options = readCollection(item, 'options');
	const label = labelOf(item, `options.${name}`);
	return name in options ? requiredChoice(options[name], label, choices) : choices[0];
}

/** True or false, also as a text that an expression returns. */
const readBoolean = (value: unknown, label: string): boolean =>
	typeof value === 'boolean' ? value : requiredChoice(value, label, ['true', 'false']) === 'true';

/**
 * An option that is on or off. It is off until the user adds it.
 *
 * @throws InputError if an expression returns anything else
 */
export const readSwitch = (item: Item, name: string): boolean =>
	readBoolean(readCollection(item, 'options')[name] ?? false, labelOf(item, `options.${name}`));

const DEFAULT_LIMIT = 50;

/**
 * Return All and Limit of the list operations; Infinity for all.
 *
 * @throws InputError if an expression returns anything else. Return All read as false would silently cut off
 *   the list
 */
export function readLimit(item: Item): number {
	if (readBoolean(read(item, 'returnAll', false), 'Return All')) return Infinity;
	const given = read(item, 'limit', DEFAULT_LIMIT);
	const limit = isBlank(given) || typeof given === 'boolean' ? NaN : Number(given);
	if (!Number.isInteger(limit) || limit < 1) {
		throw new InputError('Limit', "'Limit' must be a whole number of at least 1");
	}
	return limit;
}
