import type { TreatmentEntries } from './entries';
import { splitText } from './entries';
import { treatmentKey } from './key';
import { IN_TREATMENTS } from './refusals';
import type { Lexicon } from './resolve';
import { resolveNames } from './resolve';
import { decodeEntities, isBlank } from '../text';

/** One entry of `GET /treatments`. Either field may be missing. */
export interface CatalogTreatment {
	id?: unknown;
	name?: unknown;
}

/** The catalog names, found by what a user may enter. */
export class Catalog implements Lexicon {
	/** The most pieces into which commas and semicolons split one name. */
	longest = 1;

	private readonly known = new Set<string>();

	private readonly byId = new Map<string, string>();

	private readonly byKey = new Map<string, string>();

	private readonly byPieces = new Map<string, string[]>();

	constructor(treatments: readonly CatalogTreatment[]) {
		for (const { id, name } of treatments) {
			// An entry without a name can't be requested. It must not break the other entries.
			if (typeof name !== 'string' || isBlank(name)) continue;
			this.known.add(name);
			if (typeof id === 'string' || typeof id === 'number') this.byId.set(String(id), name);
			// Entered names are decoded, so a catalog name with entities is also found by its decoded form.
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
export const resolveTreatments = (
	entries: TreatmentEntries,
	treatments: readonly CatalogTreatment[],
	unknown: 'error' | 'send',
	patient: readonly unknown[] = [],
): string[] => resolveNames(entries, new Catalog(treatments), unknown, IN_TREATMENTS, patient);
