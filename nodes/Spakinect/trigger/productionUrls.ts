const LIMIT = 1000;
const urls = new Map<string, string>();

/**
 * Remembers the production URL of a trigger as n8n itself named it. A test listener is only told its
 * test URL; when this process has published the workflow or received for it, it need not derive one.
 *
 * @param nodeKey workflow and node id
 */
export function rememberProductionUrl(nodeKey: string, url: string | undefined): void {
	if (!url) return;
	urls.delete(nodeKey);
	urls.set(nodeKey, url);
	if (urls.size > LIMIT) urls.delete(urls.keys().next().value ?? '');
}

/** The URL remembered for the trigger, or undefined if this process has not seen it. */
export const knownProductionUrl = (nodeKey: string): string | undefined => urls.get(nodeKey);
