/** What a text of several pieces can mean: each reading joins neighbors that are one name. */
export interface Reading {
	/** Catalog names, and pieces that are none. */
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
 * The reading that leaves the fewest pieces unknown. From the end to the start, so that the time grows with
 * the pieces and not with the number of readings.
 *
 * @param find the catalog name of a text that joins the pieces from `start` up to `end`, if it is one
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
