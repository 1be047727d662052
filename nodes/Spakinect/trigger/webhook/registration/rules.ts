import { BASE_URLS } from '../../../../../credentials/connection';
import type { Environment } from '../../../transport/baseUrl';

export type TestUrlPolicy = 'stagingOnly' | 'always' | 'never';

/** What "Listen for test event" may do to the one URL that Spakinect keeps. */
export type TestDecision = 'register' | 'listenOnly' | 'refuse';

/**
 * The environment that a credential really reaches. A custom base URL is harmless only on this machine
 * (the sandbox); any other host may pass requests on to production, whose events a test must not take.
 */
export function reachedEnvironment(environment: Environment, baseUrl: string): Environment {
	if (environment !== 'custom' || LOCAL_HOST.test(baseUrl)) return environment;
	return host(baseUrl) === host(BASE_URLS.emr.staging) ? 'staging' : 'production';
}

const host = (url: string): string => new URL(url).host;

/**
 * Spakinect keeps one webhook URL per key, which cannot be read or removed. Registering a test URL with
 * a production key therefore takes the events of every location away from whoever receives them now.
 */
export function testDecision(policy: TestUrlPolicy, environment: Environment): TestDecision {
	if (policy === 'never') return 'listenOnly';
	if (policy === 'always') return 'register';
	return environment === 'production' ? 'refuse' : 'register';
}

/**
 * The production URL that belongs to a test URL, or undefined when that cannot be told. n8n gives test
 * listeners no access to it; with n8n's default endpoint names the two differ in one path segment.
 * Only a path with exactly one such segment is translated: a guess would send events astray.
 */
export function productionUrlFrom(testUrl: string): string | undefined {
	const segment = /\/webhook-test(?=\/)/g;
	return testUrl.match(segment)?.length === 1 ? testUrl.replace(segment, '/webhook') : undefined;
}

/**
 * Why Spakinect cannot or must not send to this URL, or undefined. Registering such a URL would replace
 * a working one by a dead one. The sandbox on this machine may send anywhere.
 *
 * @param environment as `reachedEnvironment` gives it
 */
export function unusableUrl(url: string | undefined, environment: Environment): string | undefined {
	if (url === undefined || url === '') return 'n8n has no URL for this webhook';
	if (environment === 'custom') return undefined;
	if (LOCAL_HOST.test(url) || PRIVATE_HOST.test(url)) {
		return 'Spakinect cannot reach this n8n: its URL is only valid on its own machine or network';
	}
	if (!/^https:/i.test(url)) return 'The URL is not https, and deliveries contain patient data';
	return undefined;
}

const LOCAL_HOST =
	/^https?:\/\/(localhost|[^/:]+\.localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])(:\d+)?(\/|$)/i;

/** IPv4 ranges that are not routed on the internet. */
const PRIVATE_HOST =
	/^https?:\/\/(10\.\d+|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\.\d+\.\d+(:\d+)?(\/|$)/;

/**
 * Subscribes every location and only then registers the URL, one after the other: when a location is
 * refused, the URL that Spakinect knows has not been touched and nobody's events are taken away.
 * Both calls may be repeated without harm.
 *
 * @param steps.subscribe rejects when the location is refused
 * @param steps.register  rejects when the URL is refused
 */
export async function subscribeThenRegister(
	locations: string[],
	url: string,
	steps: { subscribe(location: string): Promise<void>; register(url: string): Promise<void> },
): Promise<void> {
	for (const location of locations) await steps.subscribe(location);
	await steps.register(url);
}
