import { InputError, MISSING_ADVICE } from '../inputError';
import { parseJson } from '../json';
import { collapseSpaces, decodeEntities, isBlank, showsMissingValue } from '../text';

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
	/** The text as it was entered, because a name may start or end with a separator. */
	text?: string;
}

/** Why a value isn't a list of treatments. */
export type Unreadable = 'notAList' | 'empty' | 'missing';

const clean = (text: string) => collapseSpaces(decodeEntities(text));

/** The text of a list's element. Undefined if the element is neither text nor a catalog entry. */
export function textOf(element: unknown): string | undefined {
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
	return { texts, separators, text };
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
 * @returns `missing` if a value is missing in an expression's text
 */
export function readEntries(value: unknown): TreatmentEntries | Unreadable {
	const isText = typeof value === 'string' && !value.trim().startsWith('[');
	const elements = isText ? [] : readElements(value)?.map(textOf);
	if (!elements || elements.includes(undefined)) return 'notAList';
	const names = elements.filter((text): text is string => text !== undefined && text !== '');
	const entries = isText ? splitText(value) : { texts: names };
	if (entries.texts.length === 0) return 'empty';
	return entries.texts.some(showsMissingValue) ? 'missing' : entries;
}

/**
 * The same for the field Treatments.
 *
 * @throws InputError for `Treatments` if there is none, if an element is neither text nor a catalog entry, or
 *   if a value is missing in an expression's text
 */
export function parseTreatments(value: unknown): TreatmentEntries {
	const entries = readEntries(value);
	if (entries === 'notAList') {
		throw new InputError(
			FIELD,
			`'${FIELD}' is not a list of treatments`,
			'Use an array, a JSON array, or treatment names separated by commas.',
		);
	}
	if (entries === 'empty') {
		throw new InputError(
			FIELD,
			`'${FIELD}' is empty`,
			'Choose at least one treatment, or check that the expression finds one.',
		);
	}
	if (entries === 'missing') {
		throw new InputError(FIELD, `'${FIELD}' contains a missing value`, MISSING_ADVICE);
	}
	return entries;
}

/** Treatments as one text that the field Treatments can read back, also with a name that contains a comma. */
export const treatmentsText = (names: readonly string[]): string =>
	names.join(names.some((name) => name.includes(',')) ? '; ' : ', ');
