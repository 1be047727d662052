/**
 * Checks of a request's fields, driven by a short description.
 *
 * A description maps a field's name to its type. `!` after the type makes it required, e.g. `{ title:
 * 'string!', completed: 'boolean' }`.
 */
type FieldType =
	'string' | 'text' | 'number' | 'integer' | 'boolean' | 'array' | 'strings' | 'object' | 'time';
export type Fields = Readonly<Record<string, FieldType | `${FieldType}!`>>;

/** One problem of a request. Each stand-in uses its vendor's words for it. */
export interface Problem {
	field: string;
	reason: 'missing' | 'type' | 'unknown';
	/** The type in the description. Empty for an unknown field. */
	expected: FieldType | '';
	value: unknown;
}

export type Values = Record<string, unknown>;

export const isObject = (value: unknown): value is Values =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

const CHECKS: Record<FieldType, (value: unknown) => boolean> = {
	string: (value) => typeof value === 'string',
	text: (value) => typeof value === 'string' && value.trim() !== '',
	number: (value) => typeof value === 'number' && Number.isFinite(value),
	integer: (value) => Number.isInteger(value),
	boolean: (value) => typeof value === 'boolean',
	array: Array.isArray,
	strings: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
	object: isObject,
	// ISO 8601 with a zone, because a time without one is ambiguous.
	time: (value) =>
		typeof value === 'string' && ISO_TIME.test(value) && !Number.isNaN(Date.parse(value)),
};

/**
 * The problems of the values, in the order of the description.
 * @param open whether other fields are allowed
 */
export const problemsIn = (values: unknown, fields: Fields, open = true): Problem[] => {
	const given = isObject(values) ? values : {};
	const problems: Problem[] = [];
	for (const [field, description] of Object.entries(fields)) {
		const expected = description.replace('!', '') as FieldType;
		const value = given[field];
		if (value === undefined || value === null) {
			if (description.endsWith('!')) problems.push({ field, reason: 'missing', expected, value });
		} else if (!CHECKS[expected](value)) {
			problems.push({ field, reason: 'type', expected, value });
		}
	}
	if (!open) {
		for (const [field, value] of Object.entries(given)) {
			if (!(field in fields)) problems.push({ field, reason: 'unknown', expected: '', value });
		}
	}
	return problems;
};
