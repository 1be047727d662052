import { isObject } from '../../domain/json';

/**
 * Whether a refusal only says that the work was already done. Spakinect documents `Already subscribed to this
 * location` as a success, so it means the same under any other status.
 *
 * @param path the path of the request
 */
export function saysAlreadyDone(path: string, body: unknown): boolean {
	if (path !== '/subscriptions') return false;
	const texts = isObject(body) ? [body.message, body.error] : [body];
	return texts.some((text) => typeof text === 'string' && /already subscribed/i.test(text));
}
