import type { Outcome } from './attempt';

/** Attempts in all for a read that meets an outage, and for any call that is told to slow down (429). */
const MAX_ATTEMPTS = 4;
const MAX_ATTEMPTS_WHEN_THROTTLED = 8;
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 10_000;
/** Longest time that one call may spend waiting, and longest Retry-After that is obeyed. */
const MAX_WAIT_MS = 60_000;

const TRANSIENT_STATUSES = new Set([408, 429, 502, 503, 504]);

/** The request has certainly not reached Spakinect: no connection came about. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** Node's codes for a certificate that it does not trust; it then ends the connection before sending. */
export const isCertificate = (code: string): boolean =>
	/CERT|SELF_SIGNED|^UNABLE_TO_(GET|VERIFY)/.test(code);

/** Whether a request that ended with this network code may have been received. */
export const mayHaveArrived = (code: string): boolean =>
	!NEVER_SENT.has(code) && !isCertificate(code);

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
 * How long every request should wait because the server named a time with a 429. A time that no call
 * would wait for pauses nobody: each of many items would otherwise stand still, only to fail then.
 *
 * @param now Unix milliseconds
 */
export function pauseForAllMs(outcome: Outcome, now: number): number {
	if (!('answer' in outcome) || outcome.answer.status !== 429) return 0;
	const asked = retryAfterMs(outcome.answer.headers['retry-after'], now) ?? 0;
	return asked <= MAX_WAIT_MS ? asked : 0;
}

/** Whether the server asked for fewer requests, or is too busy for those it has. */
export const isPushback = (outcome: Outcome): boolean =>
	'answer' in outcome
		? outcome.answer.status === 429 || outcome.answer.status === 503
		: 'network' in outcome && ['ECONNABORTED', 'ETIMEDOUT'].includes(outcome.network);

function isRepeatable(outcome: Outcome, isRead: boolean): boolean {
	if ('cancelled' in outcome) return false;
	if ('network' in outcome) {
		if (isCertificate(outcome.network)) return false;
		return isRead || !mayHaveArrived(outcome.network);
	}
	if (isRead) return TRANSIENT_STATUSES.has(outcome.answer.status);
	// 429 means refused before any work; every other status may come after the visit was made.
	return outcome.answer.status === 429;
}

/**
 * How long to wait before the call is sent again, or undefined if it must not be.
 *
 * Reads are repeated after network failures, 408, 429, 502, 503 and 504. Writes only where Spakinect has
 * surely not acted (429, no connection), because a repeated create contacts the patient twice.
 *
 * @param attempt number of attempts made so far, from 1
 * @param waitedMs milliseconds that this call has already waited
 * @param random 0 to 1, for the jitter
 * @param now Unix milliseconds
 */
export function nextDelayMs(
	outcome: Outcome,
	call: { isRead: boolean; attempt: number; waitedMs: number; random: number; now: number },
): number | undefined {
	if (!isRepeatable(outcome, call.isRead)) return undefined;
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
