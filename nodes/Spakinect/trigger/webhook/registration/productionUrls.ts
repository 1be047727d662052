import { BoundedMap } from '../../../domain/boundedMap';

const urls = new BoundedMap<string, string>(1_000);

/**
 * Remembers the production URL of a trigger as n8n itself named it. A test listener is only told its
 * test URL; when this process has published the workflow or received for it, it need not derive one.
 *
 * @param nodeKey workflow and node id
 */
export function rememberProductionUrl(nodeKey: string, url: string | undefined): void {
	if (url) urls.set(nodeKey, url);
}

/** The URL remembered for the trigger, or undefined if this process has not seen it. */
export const knownProductionUrl = (nodeKey: string): string | undefined => urls.get(nodeKey);
