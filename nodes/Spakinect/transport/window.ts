/** Requests in flight at the start, and the most there may ever be. */
export const START_PARALLEL = 10;
export const MAX_PARALLEL = 64;

/**
 * Bounds how many requests are in flight, and learns the bound from the server: it grows with every
 * answer (fast until the first refusal, then by one a round) and halves when the server pushes back.
 * Without it, 1,000 items open 1,000 sockets. With a fixed bound, either the server is overloaded or the user waits.
 */
export class AdaptiveWindow {
	private readonly max: number;

	private limit: number;

	private inFlight = 0;

	private calm = true;

	private lastHalvedAt = -1;

	private resumeAt = 0;

	private isOpen = false;

	private readonly queue: Array<() => void> = [];

	/**
	 * @param max most requests in flight; an expression may give anything, and what is not a number from
	 *   1 to 64 would let nothing through or too much, so it is brought into these bounds
	 */
	constructor(
		max: unknown = MAX_PARALLEL,
		private readonly now: () => number = Date.now,
	) {
		const wanted = Math.floor(Number(max));
		this.max = Number.isNaN(wanted) ? MAX_PARALLEL : Math.min(MAX_PARALLEL, Math.max(1, wanted));
		this.limit = Math.min(START_PARALLEL, this.max);
	}

	/** Waits for a free place; the caller must call `leave` once for each `enter`. */
	async enter(): Promise<void> {
		if (this.isOpen || this.inFlight < Math.floor(this.limit)) {
			this.inFlight += 1;
			return;
		}
		await new Promise<void>((resolve) => this.queue.push(resolve));
	}

	/** Milliseconds that everybody should wait, because the server named a time. */
	pauseMs(): number {
		return Math.max(0, this.resumeAt - this.now());
	}

	/**
	 * Gives the place back.
	 *
	 * @param startedAt the clock when the request was sent; one burst of refusals halves once, not once each
	 * @param pausedMs what the server's Retry-After asked for
	 */
	leave(startedAt: number, pushedBack: boolean, pausedMs = 0): void {
		this.inFlight -= 1;
		if (pushedBack) {
			this.resumeAt = Math.max(this.resumeAt, this.now() + pausedMs);
			if (startedAt > this.lastHalvedAt) {
				this.limit = Math.max(1, this.limit / 2);
				this.lastHalvedAt = this.now();
				this.calm = false;
			}
		} else {
			this.limit = Math.min(this.max, this.limit + (this.calm ? 1 : 1 / this.limit));
		}
		this.letIn();
	}

	/** Lets everybody in from now on, those in the queue first. For a sender that sends nothing anymore. */
	open(): void {
		this.isOpen = true;
		this.letIn();
	}

	private letIn(): void {
		while (this.queue.length > 0 && (this.isOpen || this.inFlight < Math.floor(this.limit))) {
			this.inFlight += 1;
			this.queue.shift()?.();
		}
	}
}
