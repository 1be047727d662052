import type { Outcome } from './attempt';
import { isCertificate, isHandshake } from './attempt';

/** The most attempts of a harmless call during an outage, and of any call after a 429. */
const MAX_ATTEMPTS = 4;
const MAX_ATTEMPTS_WHEN_THROTTLED = 8;
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 10_000;
/** The longest total wait of one call, and the longest Retry-After that is obeyed. */
const MAX_WAIT_MS = 60_000;

const TRANSIENT_STATUSES = new Set([408, 429, 502, 503, 504]);

/**
 * `Retry-After` in milliseconds: a number of seconds or an HTTP date.
 *
 * @param now Unix milliseconds
 */
export function retryAfterMs(header: unknown, now: number): number | undefined {
	if (typeof header !== 'string' && typeof header !== 'number') return undefined;
	const text = String(header).trim();
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * Milliseconds that every request should wait, because the server named a time with a 429. A time that is
 * longer than a call may wait is ignored here. Otherwise, all items would wait and then fail.
 *
 * @param now Unix milliseconds
 */
export function pauseForAllMs(outcome: Outcome, now: number): number {
	if (!('answer' in outcome) || outcome.answer.status !== 429) return 0;
	const asked = retryAfterMs(outcome.answer.headers['retry-after'], now) ?? 0;
	return asked <= MAX_WAIT_MS ? asked : 0;
}

/** Whether the server asked for fewer requests or is overloaded. */
export const isPushback = (outcome: Outcome): boolean =>
	'answer' in outcome
		? outcome.answer.status === 429 || outcome.answer.status === 503
		: 'network' in outcome && ['ECONNABORTED', 'ETIMEDOUT'].includes(outcome.network);

function isRepeatable(outcome: Outcome, isHarmless: boolean): boolean {
	if ('cancelled' in outcome) return false;
	if ('network' in outcome) {
		// These don't pass by themselves.
		if (isCertificate(outcome.network) || isHandshake(outcome.network)) return false;
		return isHarmless || outcome.neverSent;
	}
	if (isHarmless) return TRANSIENT_STATUSES.has(outcome.answer.status);
	// 429 means refused before any work. Any other status may come after the visit was created.
	return outcome.answer.status === 429;
}

/**
 * Milliseconds to wait before the call is sent again, or undefined if it must not be sent again.
 *
 * Harmless calls are repeated after network failures, 408, 429, 502, 503 and 504. A create is repeated only
 * where Spakinect can't have acted (429, never sent), because a second one contacts the patient again.
 *
 * @param isHarmless true for reads, and for writes that may be done twice (cancel, subscribe, register)
 * @param attempt number of attempts made so far, from 1
 * @param waitedMs milliseconds that this call has already waited
 * @param random 0 to 1, for the jitter
 * @param now Unix milliseconds
 */
export function nextDelayMs(
	outcome: Outcome,
	call: { isHarmless: boolean; attempt: number; waitedMs: number; random: number; now: number },
): number | undefined {
	if (!isRepeatable(outcome, call.isHarmless)) return undefined;
	const status = 'answer' in outcome ? outcome.answer.status : undefined;
	const limit = status === 429 ? MAX_ATTEMPTS_WHEN_THROTTLED : MAX_ATTEMPTS;
	if (call.attempt >= limit) return undefined;

	const backoff = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (call.attempt - 1));
	const jittered = backoff * (0.5 + call.random / 2);
	const asked =
		'answer' in outcome ? retryAfterMs(outcome.answer.headers['retry-after'], call.now) : undefined;
	const delay = asked === undefined ? jittered : Math.max(asked, jittered);
	return call.waitedMs + delay > MAX_WAIT_MS ? undefined : delay;
}
