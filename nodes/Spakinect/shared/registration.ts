import type { SpakinectApiClient } from '../transport/api';
import { failureOf } from '../transport/errors';

/**
 * POST /subscriptions. Can be repeated without harm.
 *
 * @returns Spakinect's message, or null
 * @throws NodeApiError when Spakinect refuses the location or can't be reached
 */
export const subscribeLocation = async (
	api: SpakinectApiClient,
	location: string,
): Promise<string | null> => await send(api, '/subscriptions', { location_id: location });

/**
 * POST /webhooks. Replaces the URL of the key. Can be repeated without harm.
 *
 * @returns what Spakinect says, if it says something
 * @throws NodeApiError when Spakinect refuses the URL or can't be reached
 */
export const registerWebhookUrl = async (
	api: SpakinectApiClient,
	url: string,
): Promise<string | null> => await send(api, '/webhooks', { url });

/**
 * Any 2xx status is a success, whatever the body is: empty (204), plain text or HTML. Only a body with
 * `success: false` is a failure. An already subscribed location is a success under any status.
 */
async function send(
	api: SpakinectApiClient,
	path: string,
	body: Record<string, string>,
): Promise<string | null> {
	const isDone = (error: unknown) => {
		const reason = failureOf(error)?.reason;
		return reason === 'unreadable' || reason === 'done';
	};
	const { message } = await api
		.write('POST', path, body)
		.catch((error: Error) => (isDone(error) ? { message: null } : Promise.reject(error)));
	return typeof message === 'string' ? message : null;
}
