const MAX_LENGTH = 80;

/** The edit distance between two texts: insert, delete, replace, and swap of neighbors. */
export function editDistance(left: string, right: string): number {
	let before: number[] = [];
	let above = Array.from({ length: right.length + 1 }, (_, index) => index);
	for (let i = 1; i <= left.length; i++) {
		const row = [i];
		for (let j = 1; j <= right.length; j++) {
			const same = left[i - 1] === right[j - 1];
			let cost = Math.min(
				(above[j] ?? 0) + 1,
				(row[j - 1] ?? 0) + 1,
				(above[j - 1] ?? 0) + (same ? 0 : 1),
			);
			if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
				cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
			}
			row.push(cost);
		}
		before = above;
		above = row;
	}
	return above[right.length] ?? 0;
}

/**
 * The names that a mistyped text may mean, closest first. Only for suggestions: no caller may act on them. A
 * name that the text contains (`Botox - 20 units`), or that contains the text, comes before a name with a
 * similar spelling.
 */
export function closestNames(text: string, names: readonly string[], count = 3): string[] {
	const typed = text.toLowerCase().slice(0, MAX_LENGTH);
	return names
		.map((name) => {
			const known = name.toLowerCase();
			const distance = editDistance(typed, known);
			const contained = typed.length > 2 && (typed.includes(known) || known.includes(typed));
			const near = distance <= Math.max(2, Math.floor(Math.max(typed.length, known.length) / 2));
			return { name, rank: contained ? 0 : 1, distance, shown: contained || near };
		})
		.filter(({ shown }) => shown)
		.sort((a, b) => a.rank - b.rank || a.distance - b.distance || (a.name < b.name ? -1 : 1))
		.slice(0, count)
		.map(({ name }) => name);
}
