import type { TreatmentEntries } from './entries';
import { splitText } from './entries';
import { treatmentKey } from './key';
import { IN_TREATMENTS } from './refusals';
import type { Lexicon } from './resolve';
import { resolveNames } from './resolve';
import { decodeEntities, isBlank } from '../text/text';

export { sameTreatment, treatmentKey, uniqueTreatments } from './key';

/** One entry of `GET /treatments`; an entry may lack either. */
export interface CatalogTreatment {
	id?: unknown;
	name?: unknown;
}

/** Catalog names by what a person may enter for them. */
export class Catalog implements Lexicon {
	/** Most pieces into which commas and semicolons cut one name. */
	longest = 1;

	private readonly known = new Set<string>();

	private readonly byId = new Map<string, string>();

	private readonly byKey = new Map<string, string>();

	private readonly byPieces = new Map<string, string[]>();

	constructor(treatments: readonly CatalogTreatment[]) {
		for (const { id, name } of treatments) {
			// Nameless entries can be requested by nobody, and must not keep everything else from it.
			if (typeof name !== 'string' || isBlank(name)) continue;
			this.known.add(name);
			if (typeof id === 'string' || typeof id === 'number') this.byId.set(String(id), name);
			// What is entered is decoded, so a catalog that holds entities is found by what they stand for.
			for (const key of [name, decodeEntities(name)].map(treatmentKey)) {
				if (!this.byKey.has(key)) this.byKey.set(key, name);
			}
			const { texts, separators = [] } = splitText(name);
			this.longest = Math.max(this.longest, texts.length);
			if (texts.length < 2) continue;
			const pieces = joined(texts, separators);
			this.byPieces.set(pieces, [...(this.byPieces.get(pieces) ?? []), name]);
		}
	}

	names(): readonly string[] {
		return [...this.known];
	}

	find(text: string): readonly string[] | undefined {
		const name = this.known.has(text)
			? text
			: (this.byKey.get(treatmentKey(text)) ?? this.byId.get(text));
		return name === undefined ? undefined : [name];
	}

	findJoined(texts: readonly string[], separators: readonly string[]): Array<readonly string[]> {
		return (this.byPieces.get(joined(texts, separators)) ?? []).map((name) => [name]);
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
export const resolveTreatments = (
	entries: TreatmentEntries,
	treatments: readonly CatalogTreatment[],
	unknown: 'error' | 'send',
	patient: readonly unknown[] = [],
): string[] => resolveNames(entries, new Catalog(treatments), unknown, IN_TREATMENTS, patient);
