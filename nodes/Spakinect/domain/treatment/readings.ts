import { treatmentKey, uniqueTreatments } from './key';

/**
 * What a text, from one of its pieces to its end, can mean: its first name or unknown piece, then the rest.
 * Readings share their rests, so that a long text does not take the square of its length.
 */
interface Reading {
	/** What the first name stands for; an unknown piece for itself. */
	treatments: readonly string[];
	isUnknown: boolean;
	rest?: Reading;
	/** Pieces of it all that are no name. */
	missing: number;
	/** Of all its treatments, once they were compared. */
	keys?: ReadonlySet<string>;
}

/** A name, with nothing behind it. */
const alone = (treatments: readonly string[]): Reading => ({
	treatments,
	isUnknown: false,
	missing: 0,
});

function chainOf(reading: Reading): Reading[] {
	const chain: Reading[] = [];
	for (let one: Reading | undefined = reading; one; one = one.rest) chain.push(one);
	return chain;
}

function keysOf(reading: Reading): ReadonlySet<string> {
	if (reading.keys) return reading.keys;
	const keys = new Set<string>();
	for (let one: Reading | undefined = reading; one; one = one.keys ? undefined : one.rest) {
		for (const key of one.keys ?? one.treatments.map(treatmentKey)) keys.add(key);
	}
	reading.keys = keys;
	return keys;
}

function isSame(one: Reading, other: Reading): boolean {
	const [keys, others] = [keysOf(one), keysOf(other)];
	return keys.size === others.size && [...keys].every((key) => others.has(key));
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
		if (this.all.some((one) => isSame(one, next))) return;
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
	end.add(alone([]));
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
				for (const rest of all) {
					const missing = rest.missing + (isUnknown ? 1 : 0);
					here.add({ treatments, isUnknown, rest, missing }, isCut);
				}
			}
		}
		from[start] = here;
	}
	const best = from[0] ?? end;
	for (const treatments of whole) best.add(alone(treatments));
	const chain = chainOf(best.all[0] ?? alone([]));
	return {
		treatments: uniqueTreatments(chain.flatMap(({ treatments }) => treatments)),
		unknown: chain.flatMap(({ isUnknown, treatments }) => (isUnknown ? treatments : [])),
		isOnlyOne: best.all.length < 2 && !best.isCut,
	};
}
