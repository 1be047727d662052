import type { SpakinectApiClient } from '../../../transport/api';
import { failureOf, isStopped } from '../../../transport/errors';

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 8_000;

/** Lets no request start after some milliseconds. @returns a signal that is aborted then */
export function stopAfter(api: SpakinectApiClient, ms: number): AbortSignal {
	const over = AbortSignal.timeout(ms);
	over.addEventListener('abort', () => api.stop(), { once: true });
	return over;
}

/**
 * Repeats a call that fails because of an outage until it works or the time is over. Only for calls that can be
 * repeated without harm. The transport itself makes a few attempts within seconds.
 *
 * @param over aborted when no further request may start
 * @throws the last error of the call, not the error that the execution was stopped
 */
export async function persist(
	api: SpakinectApiClient,
	over: AbortSignal,
	call: () => Promise<unknown>,
): Promise<void> {
	let reason: unknown;
	for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
		try {
			await call();
			return;
		} catch (error) {
			reason = isStopped(error) ? (reason ?? error) : error;
			if (!isOutage(error) || over.aborted) throw reason;
		}
		await api.wait(pause);
		if (over.aborted) throw reason;
	}
}

/**
 * Whether a failure may pass within a minute. A 429 doesn't count, because the transport has already waited as
 * long as it may.
 */
function isOutage(error: unknown): boolean {
	const failure = failureOf(error);
	if (failure === undefined) return false;
	const { status } = failure;
	return status === undefined || status === 408 || status >= 500;
}
