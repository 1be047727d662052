import type { Outcome } from '../../../nodes/Spakinect/transport/attempt';
import { networkOutcome } from '../../../nodes/Spakinect/transport/attempt';
import {
	isPushback,
	nextDelayMs,
	pauseForAllMs,
	retryAfterMs,
} from '../../../nodes/Spakinect/transport/retryPolicy';

const NOW = Date.UTC(2026, 2, 8, 12, 0, 0);
const status = (code: number, retryAfter?: unknown): Outcome => ({
	answer: { status: code, headers: { 'retry-after': retryAfter }, body: {} },
});
const network = (code: string): Outcome => networkOutcome({ code });
const delay = (outcome: Outcome, isHarmless: boolean, attempt = 1, waitedMs = 0, random = 1) =>
	nextDelayMs(outcome, { isHarmless, attempt, waitedMs, random, now: NOW });

describe('which outcomes are sent again', () => {
	it.each([
		// outcome, harmless, create
		[status(200), false, false],
		[status(201), false, false],
		[status(302), false, false],
		[status(400), false, false],
		[status(401), false, false],
		[status(403), false, false],
		[status(404), false, false],
		[status(408), true, false],
		[status(409), false, false],
		[status(429), true, true],
		[status(500), false, false],
		[status(502), true, false],
		[status(503), true, false],
		[status(504), true, false],
		[network('ECONNREFUSED'), true, true],
		[network('ENOTFOUND'), true, true],
		[network('EAI_AGAIN'), true, true],
		[network('EHOSTUNREACH'), true, true],
		[network('ENETUNREACH'), true, true],
		[network('EPROTO'), false, false],
		[network('CERT_HAS_EXPIRED'), false, false],
		[network('ECONNRESET'), true, false],
		[network('ECONNABORTED'), true, false],
		[network('ETIMEDOUT'), true, false],
		[network('EPIPE'), true, false],
		[network('UNKNOWN'), true, false],
		[{ cancelled: 'underWay' } as Outcome, false, false],
	])('%j: harmless %s, create %s', (outcome, read, write) => {
		expect(delay(outcome, true) !== undefined).toBe(read);
		expect(delay(outcome, false) !== undefined).toBe(write);
	});

	it.each([
		[status(503), true, 4],
		[network('ECONNRESET'), true, 4],
		[network('ECONNREFUSED'), false, 4],
		[status(429), true, 8],
		[status(429), false, 8],
	])('%j (read: %s) at most %i attempts', (outcome, isHarmless, attempts) => {
		const made = Array.from({ length: 12 }, (_, index) => index + 1);
		expect(
			made.filter((attempt) => delay(outcome, isHarmless, attempt) !== undefined),
		).toHaveLength(attempts - 1);
	});
});

describe('how long to wait', () => {
	it.each([
		[1, 0, 250],
		[1, 1, 500],
		[2, 1, 1000],
		[3, 0, 1000],
		[7, 1, 10_000],
	])('attempt %i with jitter %f: %i ms', (attempt, random, ms) => {
		expect(delay(status(429), true, attempt, 0, random)).toBe(ms);
	});

	it.each([
		['7', 7000],
		[7, 7000],
		['0', 500],
		['0.2', 500],
		['Sun, 08 Mar 2026 12:00:05 GMT', 5000],
		['Sun, 08 Mar 2026 11:00:00 GMT', 500],
		['soon', 500],
		['', 500],
		[['7'], 500],
		['60', 60_000],
		['61', undefined],
		['86400', undefined],
		['99999999999999999999', undefined],
	])('Retry-After %j: %s ms', (header, ms) => {
		expect(delay(status(429, header), true)).toBe(ms);
		expect(delay(status(429, header), false)).toBe(ms);
	});

	it('stops when one call would wait for more than a minute in all', () => {
		expect(delay(status(429, '30'), true, 2, 30_000)).toBe(30_000);
		expect(delay(status(429, '30'), true, 2, 31_000)).toBeUndefined();
	});
});

describe('what the other requests learn from an outcome', () => {
	it.each([
		[status(429), true],
		[status(503), true],
		[network('ECONNABORTED'), true],
		[network('ETIMEDOUT'), true],
		[status(500), false],
		[status(200), false],
		[network('ECONNRESET'), false],
		[{ cancelled: 'before' } as Outcome, false],
	])('%j pushes back: %s', (outcome, expected) => {
		expect(isPushback(outcome)).toBe(expected);
	});

	it.each([
		[status(429, '5'), 5000],
		[status(429), 0],
		[status(429, '60'), 60_000],
		[status(429, '86400'), 0],
		[status(503, '5'), 0],
		[network('ECONNRESET'), 0],
	])('%j pauses everybody for %i ms', (outcome, ms) => {
		expect(pauseForAllMs(outcome, NOW)).toBe(ms);
	});

	it('reads Retry-After as seconds or a date only', () => {
		expect(retryAfterMs('1.5', NOW)).toBe(1500);
		expect(retryAfterMs('Sun, 08 Mar 2026 12:01:00 GMT', NOW)).toBe(60_000);
		expect(retryAfterMs(undefined, NOW)).toBeUndefined();
		expect(retryAfterMs('-5 apples', NOW)).toBeUndefined();
	});
});
