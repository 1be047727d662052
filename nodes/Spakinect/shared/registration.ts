import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { cleanApiKey } from '../../../credentials/apiKey';
import { BoundedMap } from '../domain/boundedMap';
import type { SpakinectApiClient } from '../transport/api';
import { failureOf } from '../transport/errors';

/** A URL that this n8n has given Spakinect for a key. */
interface RegisteredUrl {
	url: string;
	/** Identifies the trigger, such as by workflow and node. */
	trigger: string;
	/** Name of the workflow that registered it, for the log. */
	workflow: string;
}

/** How a workflow is named to people. */
export const workflowName = ({ id, name }: { id?: string; name?: string }): string =>
	name ?? String(id);

/** The rule behind every text about a registration. */
export const ONE_URL_RULE =
	"Spakinect keeps one webhook URL per API key, for all its locations. Registering a URL replaces the previous one, and Spakinect can't show or remove it.";

const KEYS = 1_000;
const URLS_PER_KEY = 20;

/** The production URLs of this n8n per key. The last one is the URL that Spakinect sends to. */
const urls = new BoundedMap<string, RegisteredUrl[]>(KEYS);

/** The production URL of each trigger, as n8n itself names it. */
const namedUrls = new BoundedMap<string, string>(KEYS);

/**
 * Identifies a key without keeping it. A key belongs to its environment: the same text at another base URL is
 * another key.
 *
 * @returns 32 lower-case hex characters
 */
export function keyHash(credential: ICredentialDataDecryptedObject): string {
	const { environment, baseUrl, apiKey } = credential;
	const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
	const place = environment === 'custom' ? text(baseUrl).replace(/\/+$/, '') : text(environment);
	const content = JSON.stringify([place, cleanApiKey(apiKey)]);
	return createHash('sha256').update(content).digest('hex').slice(0, 32);
}

/**
 * Remembers, in this process, that Spakinect now sends the events of the key to this URL.
 *
 * @returns the URL that it replaced, if another trigger had registered it
 */
export function noteRegistered(key: string, registered: RegisteredUrl): RegisteredUrl | undefined {
	const before = urls.get(key) ?? [];
	const last = before.at(-1);
	const others = before.filter(
		({ url, trigger }) => url !== registered.url && trigger !== registered.trigger,
	);
	urls.set(key, [...others, registered].slice(-URLS_PER_KEY));
	return last !== undefined && others.includes(last) ? last : undefined;
}

/**
 * Remembers the URL that received a signed production delivery. A URL that this process has registered itself
 * counts more, because a late delivery may arrive at a replaced URL.
 */
export function noteDelivered(key: string, registered: RegisteredUrl): void {
	if (urls.get(key) === undefined) urls.set(key, [registered]);
}

/** The production URL that this process last registered for the key and that is still in use. */
export const registeredUrl = (key: string): RegisteredUrl | undefined => urls.get(key)?.at(-1);

/** An unpublished workflow answers 404, so its URL must not come back after a test. */
export function forgetRegistered(key: string, url: string): void {
	const left = (urls.get(key) ?? []).filter((one) => one.url !== url);
	if (left.length > 0) urls.set(key, left);
	else urls.delete(key);
}

/**
 * Remembers the production URL of a trigger as n8n names it. A test listener gets it only when its event
 * arrives.
 */
export function noteNamed(trigger: string, url: string | undefined): void {
	if (url) namedUrls.set(trigger, url);
}

/** The production URL of the trigger as n8n named it to this process, or undefined. */
export const namedUrl = (trigger: string): string | undefined => namedUrls.get(trigger);

/** The warning for a registration that replaced the URL of another workflow. */
export const replacedText = ({ workflow }: RegisteredUrl): string =>
	`This replaced the webhook URL that the workflow "${workflow}" had registered for the same API key. That workflow gets no events now, although it may be published. Use one Spakinect Trigger per key, or the Polling Trigger.`;

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
