import { closestNames } from './closest';
import type { TreatmentEntries } from './entries';
import { splitText } from './entries';
import { bestReading } from './readings';
import { InputError } from '../inputError';
import { mentionsPatient } from '../patient/mention';
import { memoize } from '../text/memoize';
import { collapseSpaces, decodeEntities, isBlank } from '../text/text';

const FIELD = 'Treatments';

/** One entry of `GET /treatments`. Either field may be missing. */
export interface CatalogTreatment {
	id?: unknown;
	name?: unknown;
}

/**
 * The form in which treatment names are compared: without case and surplus spaces. Everything else must match,
 * because a wrong treatment is a clinical error.
 */
export const treatmentKey = memoize((name) => collapseSpaces(name.normalize('NFC')).toLowerCase());

/** True when two texts name the same treatment (see {@link treatmentKey}). */
export function sameTreatment(a: string, b: string): boolean {
	return treatmentKey(a) === treatmentKey(b);
}

/** The first spelling of each treatment, in order. */
export function uniqueTreatments(names: readonly string[]): string[] {
	const byKey = new Map<string, string>();
	for (const name of names) {
		const key = treatmentKey(name);
		if (!byKey.has(key)) byKey.set(key, name);
	}
	return [...byKey.values()];
}

/** Makes a text safe for a message: no control characters, no markup, at most 60 characters. */
const shortened = (text: string) => {
	const plain = text.replace(/[\p{C}<>]/gu, '');
	return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain;
};
const quoted = (text: string) => `"${shortened(text)}"`;

/** Replaces an entry such as "Botox for Jane Doe", because error texts are copied to logs and messages. */
const NOT_SHOWN = "(not shown: it contains the patient's data)";

function unknownTreatments(
	unknown: string[],
	names: readonly string[],
	patient: readonly unknown[],
) {
	const shown = unknown.slice(0, 5).map((text) => {
		if (mentionsPatient(text, patient)) return NOT_SHOWN;
		const closest = closestNames(text, names).map(quoted).join(' or ');
		return closest === '' ? quoted(text) : `${quoted(text)} (did you mean ${closest}?)`;
	});
	const more = unknown.length > shown.length ? ` and ${unknown.length - shown.length} more` : '';
	return new InputError(
		FIELD,
		`'${FIELD}' contains names that aren't in the Spakinect catalog: ${shown.join(', ')}${more}`,
		'Use the names of the catalog (operation Treatment: Get Many). Put a name that contains a comma into a JSON array.',
	);
}

/** The catalog names, found by what a user may enter. */
class Catalog {
	/** The most pieces into which commas and semicolons split one name. */
	longest = 1;

	readonly names = new Set<string>();

	private readonly byId = new Map<string, string>();

	private readonly byKey = new Map<string, string>();

	private readonly byPieces = new Map<string, string>();

	constructor(treatments: readonly CatalogTreatment[]) {
		for (const { id, name } of treatments) {
			// An entry without a name can't be requested. It must not break the other entries.
			if (typeof name !== 'string' || isBlank(name)) continue;
			this.names.add(name);
			if (typeof id === 'string' || typeof id === 'number') this.byId.set(String(id), name);
			// Entered names are decoded, so a catalog name with entities is also found by its decoded form.
			for (const key of [name, decodeEntities(name)].map(treatmentKey)) {
				if (!this.byKey.has(key)) this.byKey.set(key, name);
			}
			const { texts, separators = [] } = splitText(name);
			this.longest = Math.max(this.longest, texts.length);
			if (texts.length > 1) this.byPieces.set(joined(texts, separators), name);
		}
	}

	find(text: string): string | undefined {
		if (this.names.has(text)) return text;
		return this.byKey.get(treatmentKey(text)) ?? this.byId.get(text);
	}

	findJoined(texts: readonly string[], separators: readonly string[]): string | undefined {
		return this.byPieces.get(joined(texts, separators));
	}
}

/** Joins the pieces to one text. Spaces next to commas and semicolons don't matter. */
const joined = (texts: readonly string[], separators: readonly string[]): string =>
	texts.map((text, index) => treatmentKey(text) + (separators[index] ?? '')).join('');

/**
 * The entered names in the catalog's spelling. IDs become names, because the API takes only names. Names are
 * compared without case and surplus spaces, never by similarity. In a text, the pieces of a name that contains
 * a comma or semicolon are joined again. Elements of an array never are. Duplicates are removed.
 *
 * @param unknown `error` refuses names that aren't in the catalog, `send` keeps them as typed
 * @param patient names, email, phone, date of birth. An entry that contains one of them isn't quoted
 * @throws InputError for `Treatments`, naming the unknown ones with the closest catalog names, and for a text
 *   that can be read in more than one way
 */
export function resolveTreatments(
	{ texts, separators }: TreatmentEntries,
	treatments: readonly CatalogTreatment[],
	unknown: 'error' | 'send',
	patient: readonly unknown[] = [],
): string[] {
	const catalog = new Catalog(treatments);
	const find = (start: number, end: number) =>
		end === start + 1
			? catalog.find(texts[start] ?? '')
			: catalog.findJoined(texts.slice(start, end), separators?.slice(start, end - 1) ?? []);
	const { reading, isOnlyOne } = bestReading(texts, find, separators ? catalog.longest : 1);
	if (reading.unknown > 0 && unknown === 'error') {
		const missing = reading.names.filter((name) => catalog.find(name) === undefined);
		throw unknownTreatments(missing, [...catalog.names], patient);
	}
	if (!isOnlyOne) {
		throw new InputError(
			FIELD,
			`'${FIELD}' can be read in more than one way, because a treatment name contains a comma`,
			'Choose the treatments from the list, or give them as an array with one name per element.',
		);
	}
	return uniqueTreatments(reading.names);
}
