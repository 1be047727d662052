import { InputError, MISSING_ADVICE } from '../inputError';
import { parseJson } from '../json';
import { collapseSpaces, decodeEntities, isBlank, showsMissingValue } from '../text/text';

const FIELD = 'Treatments';

/** Treatment names or IDs as entered. */
export interface TreatmentEntries {
	/** At least one, none of them blank. */
	texts: string[];
	/**
	 * For a text that was split: the separator between two neighbors in `texts`. A comma or semicolon may be
	 * part of a name, but a line break never is. Undefined for an array, whose elements are whole names.
	 */
	separators?: string[];
}

const clean = (text: string) => collapseSpaces(decodeEntities(text));

function textOf(element: unknown): string | undefined {
	if (typeof element === 'string') return clean(element);
	if (typeof element !== 'object' || element === null) return undefined;
	const { name, id } = element as { name?: unknown; id?: unknown };
	if (typeof name === 'string' && name.trim() !== '') return clean(name);
	return typeof id === 'string' || typeof id === 'number' ? clean(String(id)) : undefined;
}

/**
 * Splits a text at commas, semicolons and line breaks. Entities are decoded first, because they end in
 * semicolons.
 */
export function splitText(text: string): TreatmentEntries {
	const texts: string[] = [];
	const separators: string[] = [];
	let before = '';
	for (const part of decodeEntities(text).split(/([,;\r\n])/)) {
		if (/^[,;\r\n]$/.test(part)) {
			// Between two pieces the strongest separator counts: a line break always ends a name.
			before = /[\r\n]/.test(before + part) ? '\n' : part;
			continue;
		}
		const piece = collapseSpaces(part);
		if (piece === '') continue;
		if (texts.length > 0) separators.push(before);
		texts.push(piece);
		before = '';
	}
	return { texts, separators };
}

function readElements(value: unknown): unknown[] | null {
	if (isBlank(value)) return [];
	if (Array.isArray(value)) return value;
	if (typeof value === 'object') return [value];
	const parsed = typeof value === 'string' ? parseJson(value) : undefined;
	return Array.isArray(parsed) ? parsed : null;
}

/**
 * Treatment names or IDs as entered: an array, a JSON array, a catalog entry with `name` or `id`, or a text
 * with commas, semicolons or line breaks.
 *
 * @throws InputError for `Treatments` if there is none, if an element is neither text nor a catalog entry, or
 *   if a value is missing in an expression's text
 */
export function parseTreatments(value: unknown): TreatmentEntries {
	const isText = typeof value === 'string' && !value.trim().startsWith('[');
	const elements = isText ? null : readElements(value)?.map(textOf);
	const entries = isText
		? splitText(value)
		: {
				texts: (elements ?? []).filter((text): text is string => text !== undefined && text !== ''),
			};
	if (!isText && (!elements || elements.includes(undefined))) {
		throw new InputError(
			FIELD,
			`'${FIELD}' is not a list of treatments`,
			'Use an array, a JSON array, or treatment names separated by commas.',
		);
	}
	if (entries.texts.length === 0) {
		throw new InputError(
			FIELD,
			`'${FIELD}' is empty`,
			'Choose at least one treatment, or check that the expression finds one.',
		);
	}
	if (entries.texts.some(showsMissingValue)) {
		throw new InputError(FIELD, `'${FIELD}' contains a missing value`, MISSING_ADVICE);
	}
	return entries;
}

/** Treatments as one text that the field Treatments can read back, also with a name that contains a comma. */
export const treatmentsText = (names: readonly string[]): string =>
	names.join(names.some((name) => name.includes(',')) ? '; ' : ', ');
