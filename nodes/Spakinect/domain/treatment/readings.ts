import { treatmentKey, uniqueTreatments } from './key';

/**
 * What a text, from one of its pieces to its end, can mean: its first name or unknown piece, then the rest.
 * Readings share their rests, so that a long text does not take the square of its length.
 */
class Reading {
	/** Pieces that are no name. */
	readonly missing: number;

	private keys: ReadonlySet<string> | undefined;

	/** @param treatments what the first name stands for; an unknown piece for itself */
	constructor(
		readonly treatments: readonly string[] = [],
		readonly rest?: Reading,
		readonly isUnknown = false,
	) {
		this.missing = (rest?.missing ?? 0) + (isUnknown ? 1 : 0);
	}

	/** This reading and its rests. */
	private chain(): Reading[] {
		const chain: Reading[] = [];
		for (let one: Reading | undefined = this; one; one = one.rest) chain.push(one);
		return chain;
	}

	isSame(other: Reading): boolean {
		const [own, others] = [this.allKeys(), other.allKeys()];
		return own.size === others.size && [...own].every((key) => others.has(key));
	}

	private allKeys(): ReadonlySet<string> {
		if (this.keys) return this.keys;
		const keys = new Set<string>();
		for (let one: Reading | undefined = this; one; one = one.rest) {
			const known: Iterable<string> = one.keys ?? one.treatments.map(treatmentKey);
			for (const key of known) keys.add(key);
			if (one.keys) break;
		}
		this.keys = keys;
		return keys;
	}

	/** Each treatment once, and the unknown pieces among them. */
	told(): { treatments: string[]; unknown: string[] } {
		const chain = this.chain();
		return {
			treatments: uniqueTreatments(chain.flatMap(({ treatments }) => treatments)),
			unknown: chain.flatMap(({ isUnknown, treatments }) => (isUnknown ? treatments : [])),
		};
	}
}

/** So many readings that differ are compared. A text with more is refused as well. */
const MAX_READINGS = 20;

/** The readings that leave the fewest pieces unknown, of those with the same treatments the first. */
class Readings {
	all: Reading[] = [];

	/** True if some were not kept. */
	isCut = false;

	add(next: Reading, isCut = false): void {
		const missing = this.all[0]?.missing ?? Infinity;
		if (next.missing > missing) return;
		if (next.missing < missing) {
			this.all = [];
			this.isCut = false;
		}
		this.isCut ||= isCut;
		if (this.all.some((one) => one.isSame(next))) return;
		if (this.all.length < MAX_READINGS) this.all.push(next);
		else this.isCut = true;
	}
}

/**
 * The reading that leaves the fewest pieces unknown. From the end to the start, so that the time grows with
 * the pieces and not with the number of readings.
 *
 * @param find what each name stands for that joins the pieces from `start` up to `end`
 * @param longest most pieces that one name can have
 * @param whole what the text stands for as one name, as it was entered
 * @returns `isOnlyOne` is false if another such reading gives other treatments
 */
export function bestReading(
	pieces: readonly string[],
	find: (start: number, end: number) => ReadonlyArray<readonly string[]>,
	longest: number,
	whole: ReadonlyArray<readonly string[]> = [],
): { treatments: string[]; unknown: string[]; isOnlyOne: boolean } {
	const end = new Readings();
	end.add(new Reading());
	const from: Readings[] = [];
	from[pieces.length] = end;
	for (let start = pieces.length - 1; start >= 0; start--) {
		const here = new Readings();
		for (let to = Math.min(pieces.length, start + longest); to > start; to--) {
			const { all, isCut } = from[to] ?? end;
			const found = find(start, to);
			const isUnknown = found.length === 0;
			if (isUnknown && to > start + 1) continue;
			for (const treatments of isUnknown ? [[pieces[start] ?? '']] : found) {
				for (const rest of all) here.add(new Reading(treatments, rest, isUnknown), isCut);
			}
		}
		from[start] = here;
	}
	const best = from[0] ?? end;
	for (const treatments of whole) best.add(new Reading(treatments));
	const told = best.all[0]?.told() ?? { treatments: [], unknown: [] };
	return { ...told, isOnlyOne: best.all.length < 2 && !best.isCut };
}
