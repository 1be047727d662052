/** One piece of news: what it is about, its delivery key, and when it was generated (Unix ms). */
export interface News {
	subject: string;
	key: string;
	time: number;
}

interface Seen {
	latest: string;
	time: number;
	/** Keys that were the latest before, newest last. */
	earlier: string[];
}

const EARLIER_KEYS = 8;

/**
 * Remembers which news was accepted, so that a redelivery starts nothing. Only the memory of this
 * process: n8n's stored data is overwritten as a whole by each writer, and would lose entries under load.
 * The durable guard is a Remove Duplicates node on `event_id`.
 *
 * - News counts as seen only after it was accepted; news still being accepted is waited for.
 * - Decisions that change from A to B and back to A are three pieces of news; a late redelivery of the
 *   first is not (it is no younger than B).
 * - Bounded: the subject untouched for longest is forgotten first.
 */
export class Repeats {
	private readonly seen = new Map<string, Seen>();

	private readonly pending = new Map<string, { settled: Promise<void>; done: () => void }>();

	constructor(private readonly limit: number) {}

	/** How many subjects are remembered. */
	get size(): number {
		return this.seen.size;
	}

	/**
	 * Claims the news for the caller, who must `settle` it. False when it was accepted before; while
	 * another request is being accepted with the same key, waits for how that ends.
	 */
	async claim(news: News): Promise<boolean> {
		for (;;) {
			if (this.isRepeat(news)) return false;
			const other = this.pending.get(news.key);
			if (other === undefined) break;
			await other.settled;
		}
		let done = () => {};
		const settled = new Promise<void>((resolve) => (done = resolve));
		this.pending.set(news.key, { settled, done });
		return true;
	}

	/** Ends a claim; only accepted news is remembered. */
	settle(news: News, accepted: boolean): void {
		if (accepted) this.remember(news);
		this.pending.get(news.key)?.done();
		this.pending.delete(news.key);
	}

	private isRepeat({ subject, key, time }: News): boolean {
		const seen = this.seen.get(subject);
		if (seen === undefined) return false;
		return seen.latest === key || (seen.earlier.includes(key) && time <= seen.time);
	}

	private remember({ subject, key, time }: News): void {
		const seen = this.seen.get(subject);
		this.seen.delete(subject);
		const earlier = seen ? [...seen.earlier.filter((old) => old !== key), seen.latest] : [];
		const isNewest = seen === undefined || time >= seen.time;
		this.seen.set(
			subject,
			isNewest
				? { latest: key, time, earlier: earlier.slice(-EARLIER_KEYS) }
				: { ...seen, earlier: [...seen.earlier, key].slice(-EARLIER_KEYS) },
		);
		if (this.seen.size > this.limit) this.seen.delete(this.seen.keys().next().value ?? '');
	}
}

/** One memory per workflow and node; the one unused for longest goes first. */
export class RepeatsPerNode {
	private readonly nodes = new Map<string, Repeats>();

	constructor(
		private readonly maxNodes = 200,
		private readonly maxSubjects = 5000,
	) {}

	of(nodeKey: string): Repeats {
		const repeats = this.nodes.get(nodeKey) ?? new Repeats(this.maxSubjects);
		this.nodes.delete(nodeKey);
		this.nodes.set(nodeKey, repeats);
		if (this.nodes.size > this.maxNodes) this.nodes.delete(this.nodes.keys().next().value ?? '');
		return repeats;
	}
}
