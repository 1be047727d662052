import { treatmentKey, uniqueTreatments } from './key';

/**
 * One way to read a text from one of its pieces to the end: the first name or unknown piece, then the rest.
 * Readings share their rests, so that the memory for a long text doesn't grow with the square of its length.
 */
interface Reading {
	/** The treatments of the first name. An unknown piece stands for itself. */
	treatments: readonly string[];
	isUnknown: boolean;
	rest?: Reading;
	/** The number of unknown pieces in the whole reading. */
	missing: number;
	/** The key of all its treatments, once they were compared. */
	keys?: ReadonlySet<string>;
}

/** The end of a text. */
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

/** The most different readings to compare. A text with more is refused too. */
const MAX_READINGS = 20;

/** The readings with the fewest unknown pieces. Of those with the same treatments, only the first. */
class Readings {
	all: Reading[] = [];

	/** True if some weren't kept. */
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
 * The reading with the fewest unknown pieces. It works from the end to the start, so the time grows with the
 * number of pieces, not of readings.
 *
 * @param find the treatments of each name that the pieces from `start` up to `end` form
 * @param longest the most pieces of one name
 * @param whole the treatments of the whole text as one name
 * @returns `isOnlyOne` is false if another such reading has other treatments
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
