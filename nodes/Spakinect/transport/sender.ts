import { sleep } from 'n8n-workflow';
import { attempt } from './attempt';
import type { Answer, ApiContext, Outcome } from './attempt';
import { toNodeApiError, toStoppedError } from './errors';
import { networkFailure, stoppedFailure } from './failure';
import type { ApiRequest } from './failure';
import { isPushback, nextDelayMs, pauseForAllMs } from './retryPolicy';
import { AdaptiveWindow } from './window';

/** Milliseconds until an attempt is given up. n8n's own default of five minutes is too long for a spa. */
export const TIMEOUT_MS = 30_000;

export interface SendOptions {
	timeoutMs?: number;
	/** False to make one attempt only. */
	retry?: boolean;
}

/** Sends the requests of one execution: limits their number, repeats where that is safe, stops on cancel. */
export class Sender {
	private stopped = false;

	/** Ends every wait. */
	private endWaits: () => void = () => undefined;

	private readonly ended: Promise<void>;

	private readonly window: AdaptiveWindow;

	/** @param maxParallel the most requests in flight. Any value is limited to 1 to 64 */
	constructor(
		protected readonly context: ApiContext,
		private readonly credentialType: string,
		/** Without a slash at the end. */
		readonly baseUrl: string,
		maxParallel?: unknown,
	) {
		this.window = new AdaptiveWindow(maxParallel);
		const signal =
			'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
		this.ended = new Promise((resolve) => {
			this.endWaits = resolve;
		});
		// One listener for the whole execution, because one per request would make Node warn about a leak.
		if (signal?.aborted) this.stop();
		else signal?.addEventListener('abort', () => this.stop(), { once: true });
	}

	/** Prevents further requests, for an execution that ends. Waiting calls end with an error immediately. */
	stop(): void {
		this.stopped = true;
		this.endWaits();
		this.window.open();
	}

	/**
	 * Sends the request, repeats it if the retry policy allows that, and returns the last answer of any status.
	 *
	 * @throws NodeApiError if no answer came, NodeOperationError if the execution was stopped
	 */
	async send(request: ApiRequest, options: SendOptions = {}): Promise<Answer> {
		const isHarmless = request.creates !== true;
		let waitedMs = 0;
		for (let made = 1; ; made += 1) {
			const outcome = await this.sendOnce(request, options.timeoutMs ?? TIMEOUT_MS);
			if ('cancelled' in outcome)
				throw this.stoppedError(request, outcome.cancelled === 'underWay');

			const call = { isHarmless, attempt: made, waitedMs, random: Math.random(), now: Date.now() };
			const delayMs = options.retry === false ? undefined : nextDelayMs(outcome, call);
			if (delayMs === undefined) {
				if ('answer' in outcome) return outcome.answer;
				throw toNodeApiError(this.context.getNode(), networkFailure(request, outcome));
			}
			await this.wait(delayMs);
			waitedMs += delayMs;
		}
	}

	/** A create that was cut off may have arrived. For any other request there is nothing to report. */
	private stoppedError(request: ApiRequest, underWay: boolean): Error {
		const node = this.context.getNode();
		const failure = stoppedFailure(request);
		return underWay && failure.uncertain ? toNodeApiError(node, failure) : toStoppedError(node);
	}

	private async sendOnce(request: ApiRequest, timeoutMs: number): Promise<Outcome> {
		await this.window.enter();
		const pause = this.window.pauseMs();
		if (pause > 0) await this.wait(pause);
		const startedAt = Date.now();
		const outcome: Outcome = this.stopped
			? { cancelled: 'before' }
			: await attempt(
					this.context,
					this.credentialType,
					{
						method: request.method,
						url: this.baseUrl + request.path,
						qs: request.qs,
						body: request.body,
					},
					timeoutMs,
				);
		this.window.leave(startedAt, isPushback(outcome), pauseForAllMs(outcome, Date.now()));
		return outcome;
	}

	/**
	 * Does work that isn't an API call, such as a download. It counts as a request in flight.
	 *
	 * @throws NodeOperationError if the execution was stopped before the work's turn came
	 */
	async inTurn<T>(work: () => Promise<T>): Promise<T> {
		await this.window.enter();
		const startedAt = Date.now();
		try {
			if (this.stopped) throw toStoppedError(this.context.getNode());
			return await work();
		} finally {
			this.window.leave(startedAt, false);
		}
	}

	/** Waits some milliseconds, but ends early if the execution is canceled. */
	async wait(ms: number): Promise<void> {
		await Promise.race([sleep(ms), this.ended]);
	}
}
