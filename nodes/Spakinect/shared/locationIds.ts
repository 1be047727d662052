import { InputError } from '../domain/inputError';

/**
 * Location IDs from the list field or an expression: an array, or a text with commas.
 *
 * @returns at least one ID, trimmed, without duplicates
 * @throws InputError if there is none
 */
export function readLocationIds(value: unknown): string[] {
	const parts = Array.isArray(value) ? value : [value];
	const ids = parts
		.filter((part) => typeof part === 'string' || typeof part === 'number')
		.flatMap((part) => String(part).split(','))
		.map((id) => id.trim())
		.filter((id) => id !== '');
	if (ids.length === 0) {
		throw new InputError(
			'Location IDs',
			"'Location IDs' is empty",
			'Add at least one location ID. Copy it from the Spakinect Client Portal.',
		);
	}
	return [...new Set(ids)];
}
