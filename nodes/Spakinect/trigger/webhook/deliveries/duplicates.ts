import { BoundedMap } from '../../../domain/boundedMap';

/** One event: its subject, its `event_id`, and the time of its data in Unix milliseconds. */
interface ReceivedDelivery {
	subject: string;
	key: string;
	time: number;
}

interface Accepted {
	latest: string;
	time: number;
	/** Keys that were the latest before, newest last. */
	earlier: string[];
}

const EARLIER_KEYS = 8;

/** Ends a turn. Only an accepted delivery is remembered. */
type EndTurn = (accepted?: ReceivedDelivery) => void;

/**
 * Remembers which deliveries were accepted, so that a redelivery starts nothing. It uses only this process's
 * memory, because each writer overwrites n8n's stored data as a whole, which would lose entries under load. A
 * Remove Duplicates node on `event_id` is the permanent protection.
 *
 * - A delivery counts only after it was accepted. Deliveries about the same GFE wait for each other, because
 *   each is compared with those accepted before it.
 * - Decisions that change from A to B and back to A are three events. A late redelivery of the first isn't a
 *   fourth event, because it isn't newer than B.
 * - The number of subjects is limited. The one untouched for longest is forgotten first.
 */
export class AcceptedDeliveries {
	private readonly seen: BoundedMap<string, Accepted>;

	/** Resolves when every delivery under way about the subject has ended. */
	private readonly turns = new Map<string, Promise<void>>();

	constructor(limit: number) {
		this.seen = new BoundedMap(limit);
	}

	/** How many subjects are remembered. */
	get size(): number {
		return this.seen.size;
	}

	/** Waits until no other delivery about the subject is under way. The caller must end its turn. */
	async turn(subject: string): Promise<EndTurn> {
		const before = this.turns.get(subject);
		let done = () => {};
		const settled = new Promise<void>((resolve) => (done = resolve));
		const mine = (before ?? Promise.resolve()).then(async () => await settled);
		this.turns.set(subject, mine);
		await before;
		return (accepted) => {
			if (accepted) this.remember(accepted);
			if (this.turns.get(subject) === mine) this.turns.delete(subject);
			done();
		};
	}

	/** Whether a newer delivery about the subject was accepted. */
	isOutdated(subject: string, time: number): boolean {
		const accepted = this.seen.get(subject);
		return accepted !== undefined && time < accepted.time;
	}

	/** Whether this was accepted before. */
	isDuplicate({ subject, key, time }: ReceivedDelivery): boolean {
		const accepted = this.seen.get(subject);
		if (accepted === undefined) return false;
		return accepted.latest === key || (accepted.earlier.includes(key) && time <= accepted.time);
	}

	private remember({ subject, key, time }: ReceivedDelivery): void {
		const accepted = this.seen.get(subject);
		const earlier = accepted
			? [...accepted.earlier.filter((old) => old !== key), accepted.latest]
			: [];
		const isNewest = accepted === undefined || time >= accepted.time;
		this.seen.set(
			subject,
			isNewest
				? { latest: key, time, earlier: earlier.slice(-EARLIER_KEYS) }
				: { ...accepted, earlier: [...accepted.earlier, key].slice(-EARLIER_KEYS) },
		);
	}
}

/** One memory per workflow and node. The one unused for longest is dropped first. */
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
