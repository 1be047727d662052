/** The limit of requests in flight at the start, and the highest limit. */
export const START_PARALLEL = 10;
export const MAX_PARALLEL = 64;

/**
 * Limits the requests in flight and adapts the limit to the server. The limit grows with every answer, fast
 * until the first refusal and then slowly. It halves when the server pushes back. Without a limit, 1,000 items
 * open 1,000 sockets. With a fixed limit, either the server is overloaded or the user waits.
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
	 * @param max the most requests in flight. An expression may return anything, so the value is limited to 1
	 *   to 64
	 */
	constructor(
		max: unknown = MAX_PARALLEL,
		private readonly now: () => number = Date.now,
	) {
		const wanted = Math.floor(Number(max));
		this.max = Number.isNaN(wanted) ? MAX_PARALLEL : Math.min(MAX_PARALLEL, Math.max(1, wanted));
		this.limit = Math.min(START_PARALLEL, this.max);
	}

	/** Waits until the request may start. The caller must call `leave` once for each `enter`. */
	async enter(): Promise<void> {
		if (this.isOpen || this.inFlight < Math.floor(this.limit)) {
			this.inFlight += 1;
			return;
		}
		await new Promise<void>((resolve) => this.queue.push(resolve));
	}

	/** Milliseconds that every request should wait, because the server named a time. */
	pauseMs(): number {
		return Math.max(0, this.resumeAt - this.now());
	}

	/**
	 * Ends a request that `enter` let start.
	 *
	 * @param startedAt Unix milliseconds when the request was sent. A burst of refusals halves the limit only
	 *   once
	 * @param pausedMs milliseconds of the server's Retry-After
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

	/** Removes the limit, for a sender that no longer sends anything. The queued calls continue first. */
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
