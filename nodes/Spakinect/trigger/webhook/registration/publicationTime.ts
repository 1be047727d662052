import { BoundedMap } from '../../../domain/boundedMap';

/**
 * n8n gives up on publishing 84 s after it began, whatever is still under way here. A URL registered after
 * that would take the events away for a trigger that n8n calls failed. So no request starts later than
 * this, and one that has started ends 30 s later at most.
 */
const LAST_START_MS = 45_000;

/** n8n repeats a publication that failed within this time. */
const PUBLICATION_MS = 84_000;

interface Publication {
	/** What is published. A change of it is another publication. */
	content: string;
	startedAt: number;
	/** Whether n8n has taken the failed attempt back. Taking it back twice is an unpublish. */
	undone: boolean;
	lastFailure?: unknown;
}

const publications = new BoundedMap<string, Publication>(1_000);

/**
 * How long an attempt to publish may go on starting requests. n8n makes up to five attempts within one
 * limit and doesn't say which one it is, so the first one is remembered.
 *
 * @param trigger workflow and node
 * @param content what tells one publication from the next
 * @param now Unix milliseconds
 * @returns milliseconds, 0 if the time is over, and why the attempt before failed
 */
export function publicationTime(
	trigger: string,
	content: string,
	now: number,
): { ms: number; lastFailure?: unknown } {
	const last = publications.get(trigger);
	const isSame = last?.content === content && now - last.startedAt < PUBLICATION_MS;
	const { startedAt, lastFailure } = isSame ? last : { startedAt: now, lastFailure: undefined };
	publications.set(trigger, { content, startedAt, undone: false, lastFailure });
	return { ms: Math.max(0, startedAt + LAST_START_MS - now), lastFailure };
}

/** Remembers why an attempt failed, for those that come when the time is over. */
export function noteFailure(trigger: string, failure: unknown): void {
	const last = publications.get(trigger);
	if (last) last.lastFailure = failure;
}

/** To be called when n8n takes a production registration back, which it does after a failed attempt too. */
export function noteUndone(trigger: string): void {
	const last = publications.get(trigger);
	if (last?.undone) publications.delete(trigger);
	else if (last) last.undone = true;
}

/** To be called when the URL is registered: what comes next is another publication. */
export const noteSuccess = (trigger: string): void => publications.delete(trigger);
