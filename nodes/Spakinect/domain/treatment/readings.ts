/** One way to read a text of several pieces. A reading joins neighbors that form one name. */
export interface Reading {
	/** Catalog names, and pieces that aren't in the catalog. */
	names: string[];
	unknown: number;
}

interface Best {
	reading: Reading;
	isOnlyOne: boolean;
}

const NOTHING: Best = { reading: { names: [], unknown: 0 }, isOnlyOne: true };

function better(known: Best | undefined, next: Best): Best {
	if (!known || next.reading.unknown < known.reading.unknown) return next;
	if (next.reading.unknown > known.reading.unknown) return known;
	return { reading: known.reading, isOnlyOne: false };
}

/**
 * The reading with the fewest unknown pieces. It works from the end to the start, so the time grows with the
 * number of pieces, not of readings.
 *
 * @param find the catalog name of the joined pieces from `start` up to `end`, if there is one
 * @param longest most pieces that one name can have
 */
export function bestReading(
	pieces: readonly string[],
	find: (start: number, end: number) => string | undefined,
	longest: number,
): Best {
	const from: Best[] = [];
	from[pieces.length] = NOTHING;
	for (let start = pieces.length - 1; start >= 0; start--) {
		let best: Best | undefined;
		const last = Math.min(pieces.length, start + longest);
		for (let end = last; end > start; end--) {
			const name = find(start, end);
			if (name === undefined && end > start + 1) continue;
			const { reading, isOnlyOne } = from[end] ?? NOTHING;
			const names = [name ?? pieces[start] ?? '', ...reading.names];
			const unknown = reading.unknown + (name === undefined ? 1 : 0);
			best = better(best, { reading: { names, unknown }, isOnlyOne });
		}
		from[start] = best ?? NOTHING;
	}
	return from[0] ?? NOTHING;
}
