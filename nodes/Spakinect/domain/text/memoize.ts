/** Distinct texts that are kept; a catalogue has about 120 names, a list 50,000 visits of them. */
const LIMIT = 2_000;

/**
 * The same function, with its answers for recent texts kept: lists repeat few names many times. Only for
 * texts of a small vocabulary (names of treatments, statuses), never for anything of a patient's.
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
