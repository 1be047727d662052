import { InputError } from '../domain/inputError';
import { isObject } from '../domain/json';

/**
 * The choice that a value names, without case and surrounding space. For parameters that an expression can set.
 *
 * @returns undefined if the value isn't a choice
 */
export function findChoice<T extends string>(value: unknown, choices: readonly T[]): T | undefined {
	const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
	return choices.find((choice) => choice.toLowerCase() === text);
}

/**
 * @param label the field's name in the panel
 * @throws InputError that lists the choices. A default in place of a wrong choice could do something else than
 *   intended
 */
export function requiredChoice<T extends string>(
	value: unknown,
	label: string,
	choices: readonly T[],
): T {
	const choice = findChoice(value, choices);
	if (choice !== undefined) return choice;
	const last = choices.at(-1) ?? '';
	const list = choices.length > 1 ? `${choices.slice(0, -1).join(', ')} or ${last}` : last;
	throw new InputError(
		label,
		`'${label}' must be ${list}`,
		'Its expression returns something else. Nothing was sent for this item.',
	);
}

/**
 * The value inside a resource locator. Expressions and workflows from before the field was a locator have the
 * plain value.
 */
export const locatorValue = (value: unknown): unknown =>
	isObject(value) && 'mode' in value && 'value' in value ? value.value : value;
