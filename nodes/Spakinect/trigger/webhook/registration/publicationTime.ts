import { BoundedMap } from '../../../domain/boundedMap';

/**
 * n8n gives up on publishing after 84 s, even if requests are still under way. A URL registered after that
 * would redirect the events to a trigger that n8n considers failed. So no request starts after this time, and
 * each request ends at most 30 s later.
 */
const LAST_START_MS = 45_000;

/** n8n repeats a publication that failed within this time. */
const PUBLICATION_MS = 84_000;

interface Publication {
	/** The published settings. Other settings are another publication. */
	content: string;
	startedAt: number;
	/** Whether n8n has undone the failed attempt. A second undo is an unpublish. */
	undone: boolean;
	lastFailure?: unknown;
}

const publications = new BoundedMap<string, Publication>(1_000);

/**
 * How long an attempt to publish may start requests. n8n makes up to five attempts within one limit and doesn't
 * number them, so the first one is remembered.
 *
 * @param trigger workflow and node
 * @param content the published settings, which identify the publication
 * @param now Unix milliseconds
 * @returns milliseconds (0 if the time is over), and why the previous attempt failed
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

/** Remembers why an attempt failed, for attempts after the time is over. */
export function noteFailure(trigger: string, failure: unknown): void {
	const last = publications.get(trigger);
	if (last) last.lastFailure = failure;
}

/** To be called when n8n undoes a production registration, which it also does after a failed attempt. */
export function noteUndone(trigger: string): void {
	const last = publications.get(trigger);
	if (last?.undone) publications.delete(trigger);
	else if (last) last.undone = true;
}

/** To be called when the URL is registered. The next attempt is another publication. */
export const noteSuccess = (trigger: string): void => publications.delete(trigger);
