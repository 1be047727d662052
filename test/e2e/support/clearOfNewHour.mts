import { setTimeout as sleep } from 'node:timers/promises';

const HOUR_MS = 3_600_000;
/** Longer than a test whose times count from now. */
const MARGIN_MS = 60_000;

/**
 * Waits while the hour is about to end, for tests in which the hour or the day may not change. It costs at most the
 * margin, and only then. Days end with an hour too, in any time zone of whole hours.
 */
export const clearOfNewHour = async (): Promise<void> => {
	const leftMs = HOUR_MS - (Date.now() % HOUR_MS);
	if (leftMs <= MARGIN_MS) await sleep(leftMs);
};
