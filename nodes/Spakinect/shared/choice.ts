import { InputError } from '../domain/inputError';

/**
 * The choice that a value names, for parameters that an expression can set: read without case and
 * surrounding space.
 *
 * @returns undefined for what is no choice
 */
export function findChoice<T extends string>(value: unknown, choices: readonly T[]): T | undefined {
	const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
	return choices.find((choice) => choice.toLowerCase() === text);
}

/**
 * @param label the field's name in the panel
 * @throws InputError that lists the choices: a default in their place would do something else than was meant
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
		'Its expression gives something else. Nothing was sent for this item.',
	);
}
