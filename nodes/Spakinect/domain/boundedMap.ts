/**
 * A map that holds at most `limit` entries. The entry that was set longest ago is dropped first. What a process
 * remembers must not grow for as long as n8n runs.
 */
export class BoundedMap<K, V> {
	private readonly entries = new Map<K, V>();

	constructor(private readonly limit: number) {}

	get size(): number {
		return this.entries.size;
	}

	get(key: K): V | undefined {
		return this.entries.get(key);
	}

	/** Sets the entry and makes it the youngest. */
	set(key: K, value: V): void {
		this.entries.delete(key);
		this.entries.set(key, value);
		if (this.entries.size <= this.limit) return;
		const oldest = this.entries.keys().next();
		if (!oldest.done) this.entries.delete(oldest.value);
	}

	/** Returns the entry and makes it the youngest. A missing entry is created first. */
	use(key: K, make: () => V): V {
		const value = this.entries.get(key) ?? make();
		this.set(key, value);
		return value;
	}

	delete(key: K): void {
		this.entries.delete(key);
	}
}

/** How many distinct texts are kept. A catalog has about 120 names; a list repeats them in 50,000 visits. */
const LIMIT = 2_000;

/**
 * Memoizes a function of short, repeating texts (treatment names, statuses). Never use it for patient data,
 * because the texts stay in memory.
 */
export function memoize<T>(derive: (text: string) => T, limit = LIMIT): (text: string) => T {
	const known = new BoundedMap<string, T>(limit);
	return (text) => {
		const kept = known.get(text);
		if (kept !== undefined) return kept;
		const derived = derive(text);
		known.set(text, derived);
		return derived;
	};
}
