import { closestNames } from './closest';
import type { TreatmentEntries } from './entries';
import { splitText } from './entries';
import { bestReading } from './readings';
import { InputError } from '../inputError';
import { mentionsPatient } from '../patient/mention';
import { memoize } from '../text/memoize';
import { collapseSpaces, decodeEntities, isBlank } from '../text/text';

const FIELD = 'Treatments';

/** One entry of `GET /treatments`; an entry may lack either. */
export interface CatalogTreatment {
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

/** For a message that an interface may render: no control characters, no markup, not long. */
const shortened = (text: string) => {
	const plain = text.replace(/[\p{C}<>]/gu, '');
	return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain;
};
const quoted = (text: string) => `"${shortened(text)}"`;

/** Stands for an entry such as "Botox for Jane Doe": error texts end up in logs and in messages to staff. */
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

/** Catalog names by what a person may enter for them. */
class Catalog {
	/** Most pieces into which commas and semicolons cut one name. */
	longest = 1;

	readonly names = new Set<string>();

	private readonly byId = new Map<string, string>();

	private readonly byKey = new Map<string, string>();

	private readonly byPieces = new Map<string, string>();

	constructor(treatments: readonly CatalogTreatment[]) {
		for (const { id, name } of treatments) {
			// Nameless entries can be requested by nobody, and must not keep everything else from it.
			if (typeof name !== 'string' || isBlank(name)) continue;
			this.names.add(name);
			if (typeof id === 'string' || typeof id === 'number') this.byId.set(String(id), name);
			// What is entered is decoded, so a catalog that holds entities is found by what they stand for.
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

/** Pieces as one text again; spaces beside commas and semicolons do not count. */
const joined = (texts: readonly string[], separators: readonly string[]): string =>
	texts.map((text, index) => treatmentKey(text) + (separators[index] ?? '')).join('');

/**
 * Entered names in the catalog's spelling; IDs become names, because the API takes names only. Compared
 * without case and surplus spaces, never by similarity. In a text, pieces that a comma or semicolon cut out
 * of one name are joined again; elements of an array never are. Repeats are removed afterwards.
 *
 * @param unknown `error` refuses what the catalog does not have; `send` keeps it as typed
 * @param patient names, email, phone, date of birth: an entry that has one of them is not quoted
 * @throws InputError for `Treatments`, naming the unknown ones with the closest catalog names; also for a
 *   text that can be read in more than one way
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
			'Choose the treatments from the list, or give them as an array with one name for each element.',
		);
	}
	return uniqueTreatments(reading.names);
}
