/** How many distinct texts are kept. A catalog has about 120 names; a list repeats them in 50,000 visits. */
const LIMIT = 2_000;

/**
 * Memoizes a function of short, repeating texts (treatment names, statuses). Never use it for patient data,
 * because the texts stay in memory.
 */
export function memoize<T>(derive: (text: string) => T): (text: string) => T {
	const known = new Map<string, T>();
	return (text) => {
		const kept = known.get(text);
		if (kept !== undefined) return kept;
		const derived = derive(text);
		if (known.size >= LIMIT) known.clear();
		known.set(text, derived);
		return derived;
	};
}
