import { BoundedMap } from '../../../domain/boundedMap';

/** One piece of news: what it is about, its delivery key, and when it was generated (Unix ms). */
export interface ReceivedDelivery {
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
 * - A delivery counts as seen only after it was accepted. One still being accepted is waited for.
 * - Decisions that change from A to B and back to A are three pieces of news; a late redelivery of the
 *   first is not (it is no younger than B).
 * - Bounded: the subject untouched for longest is forgotten first.
 */
export class AcceptedDeliveries {
	private readonly seen: BoundedMap<string, Seen>;

	private readonly pending = new Map<string, { settled: Promise<void>; done: () => void }>();

	constructor(limit: number) {
		this.seen = new BoundedMap(limit);
	}

	/** How many subjects are remembered. */
	get size(): number {
		return this.seen.size;
	}

	/**
	 * Claims the news for the caller, who must `settle` it. False when it was accepted before; while
	 * another request is being accepted with the same key, waits for how that ends.
	 */
	async claim(news: ReceivedDelivery): Promise<boolean> {
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
	settle(news: ReceivedDelivery, accepted: boolean): void {
		if (accepted) this.remember(news);
		this.pending.get(news.key)?.done();
		this.pending.delete(news.key);
	}

	private isRepeat({ subject, key, time }: ReceivedDelivery): boolean {
		const seen = this.seen.get(subject);
		if (seen === undefined) return false;
		return seen.latest === key || (seen.earlier.includes(key) && time <= seen.time);
	}

	private remember({ subject, key, time }: ReceivedDelivery): void {
		const seen = this.seen.get(subject);
		const earlier = seen ? [...seen.earlier.filter((old) => old !== key), seen.latest] : [];
		const isNewest = seen === undefined || time >= seen.time;
		this.seen.set(
			subject,
			isNewest
				? { latest: key, time, earlier: earlier.slice(-EARLIER_KEYS) }
				: { ...seen, earlier: [...seen.earlier, key].slice(-EARLIER_KEYS) },
		);
	}
}

/** One memory per workflow and node; the one unused for longest goes first. */
export class AcceptedDeliveriesPerNode {
	private readonly nodes: BoundedMap<string, AcceptedDeliveries>;

	constructor(
		maxNodes = 200,
		private readonly maxSubjects = 5000,
	) {
		this.nodes = new BoundedMap(maxNodes);
	}

	of(nodeKey: string): AcceptedDeliveries {
		return this.nodes.use(nodeKey, () => new AcceptedDeliveries(this.maxSubjects));
	}
}
