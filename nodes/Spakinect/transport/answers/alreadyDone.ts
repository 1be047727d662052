import { isObject } from '../../domain/json';

/**
 * Whether a refusal only says that the work was done before. Spakinect documents `Already subscribed to this
 * location` as a success. Under another status it means the same.
 *
 * @param path path of the request
 */
export function saysAlreadyDone(path: string, body: unknown): boolean {
	if (path !== '/subscriptions') return false;
	const texts = isObject(body) ? [body.message, body.error] : [body];
	return texts.some((text) => typeof text === 'string' && /already subscribed/i.test(text));
}
