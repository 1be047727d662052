import { closestNames } from './closest';
import { InputError } from '../inputError';
import { readList } from '../text/list';
import { memoize } from '../text/memoize';
import { collapseSpaces, isBlank } from '../text/text';

const FIELD = 'Treatments';
/** Into so many pieces commas may have cut one name. */
const MAX_PIECES = 5;

/** One entry of `GET /treatments`; an entry may lack either. */
export interface CatalogueTreatment {
	id?: unknown;
	name?: unknown;
}

/**
 * Form in which treatment names are compared: without case and surplus spaces. Nothing else is
 * folded: a wrong treatment is a clinical error.
 */
export const treatmentKey = memoize((name) => collapseSpaces(name.normalize('NFC')).toLowerCase());

/** True when two texts name the same treatment (see {@link treatmentKey}). */
export function sameTreatment(a: string, b: string): boolean {
	return treatmentKey(a) === treatmentKey(b);
}

/** The first spelling of each treatment, order kept. */
export function uniqueTreatments(names: readonly string[]): string[] {
	const byKey = new Map<string, string>();
	for (const name of names) {
		const key = treatmentKey(name);
		if (!byKey.has(key)) byKey.set(key, name);
	}
	return [...byKey.values()];
}

function textOf(element: unknown): string | undefined {
	if (typeof element === 'string') return collapseSpaces(element);
	if (typeof element !== 'object' || element === null) return undefined;
	const { name, id } = element as { name?: unknown; id?: unknown };
	if (typeof name === 'string' && name.trim() !== '') return collapseSpaces(name);
	return typeof id === 'string' || typeof id === 'number' ? collapseSpaces(String(id)) : undefined;
}

/**
 * Treatment names or ids as entered: an array, a JSON array, or a comma-separated text; elements
 * may be catalogue entries with `name` or `id`.
 * Surplus spaces, empty elements and repeats are dropped. Elements of an array are not split at
 * commas.
 * @throws InputError for `Treatments` when there is none, or an element is neither text nor a
 *   catalogue entry
 */
export function parseTreatments(value: unknown): string[] {
	const isEntry = typeof value === 'object' && value !== null && !Array.isArray(value);
	const elements = isBlank(value) ? [] : isEntry ? [value] : readList(value);
	const texts = elements?.map(textOf);
	if (!texts || texts.includes(undefined)) {
		throw new InputError(
			FIELD,
			`'${FIELD}' is not a list that can be used`,
			'Give an array, a JSON array or a comma-separated text of treatment names.',
		);
	}
	const names = texts.filter((text): text is string => text !== undefined && text !== '');
	if (names.length === 0) {
		throw new InputError(
			FIELD,
			`'${FIELD}' is empty`,
			'Choose at least one treatment, or check that the expression finds one.',
		);
	}
	return uniqueTreatments(names);
}

/** For a message that an interface may render: no control characters, no markup, not long. */
const shortened = (text: string) => {
	const plain = text.replace(/[\p{C}<>]/gu, '');
	return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain;
};
const quoted = (text: string) => `"${shortened(text)}"`;

function unknownTreatments(unknown: string[], names: readonly string[]) {
	const shown = unknown.slice(0, 5).map((text) => {
		const closest = closestNames(text, names).map(quoted).join(', ');
		return closest === '' ? quoted(text) : `${quoted(text)} (closest: ${closest})`;
	});
	const more = unknown.length > shown.length ? ` and ${unknown.length - shown.length} more` : '';
	return new InputError(
		FIELD,
		`'${FIELD}' names what the Spakinect catalogue does not have: ${shown.join('; ')}${more}`,
		'Use the names of the catalogue (operation Treatment: Get Many). Put names that contain a comma into a JSON array.',
	);
}

/**
 * Entered names in the catalogue's spelling; ids become names, because the API takes names only.
 * Compared without case and surplus spaces, never by similarity. Where a comma-separated text cut a
 * name that itself contains a comma, neighbouring pieces are put together again, but only when not
 * every piece is a treatment by itself.
 * @param unknown `error` refuses what the catalogue does not have; `send` keeps it as typed
 * @throws InputError for `Treatments`, naming the unknown ones with the closest catalogue names
 */
export function resolveTreatments(
	requested: string[],
	catalogue: readonly CatalogueTreatment[],
	unknown: 'error' | 'send',
): string[] {
	const names = new Set<string>();
	const byId = new Map<string, string>();
	const byKey = new Map<string, string>();
	for (const { id, name } of catalogue) {
		// Nameless entries can be requested by nobody, and must not keep everything else from it.
		if (typeof name !== 'string' || isBlank(name)) continue;
		names.add(name);
		if (typeof id === 'string' || typeof id === 'number') byId.set(String(id), name);
		if (!byKey.has(treatmentKey(name))) byKey.set(treatmentKey(name), name);
	}
	const find = (text: string) =>
		names.has(text) ? text : (byKey.get(treatmentKey(text)) ?? byId.get(text));

	const alone = requested.every((text) => find(text) !== undefined);
	const resolved: string[] = [];
	const missing: string[] = [];
	for (let start = 0; start < requested.length;) {
		let length = alone ? 1 : Math.min(MAX_PIECES, requested.length - start);
		while (length > 1 && find(requested.slice(start, start + length).join(', ')) === undefined) {
			length--;
		}
		const text = requested.slice(start, start + length).join(', ');
		const name = find(text);
		if (name === undefined) missing.push(text);
		resolved.push(name ?? text);
		start += length;
	}
	if (missing.length > 0 && unknown === 'error') throw unknownTreatments(missing, [...names]);
	return uniqueTreatments(resolved);
}
