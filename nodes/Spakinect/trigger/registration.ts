export type Environment = 'production' | 'staging' | 'custom';
export type TestUrlPolicy = 'stagingOnly' | 'always' | 'never';

/** What "Listen for test event" may do to the one URL that Spakinect keeps. */
export type TestDecision = 'register' | 'listenOnly' | 'refuse';

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
 * a working one by a dead one. A custom base URL (a sandbox on this machine) may send anywhere.
 */
export function unusableUrl(url: string | undefined, environment: Environment): string | undefined {
	if (url === undefined || url === '') return 'n8n has no URL for this webhook';
	if (environment === 'custom') return undefined;
	if (LOCAL_HOST.test(url))
		return 'Spakinect cannot reach this n8n: its URL is only valid on its own machine';
	if (!/^https:/i.test(url)) return 'The URL is not https, and deliveries contain patient data';
	return undefined;
}

const LOCAL_HOST =
	/^https?:\/\/(localhost|[^/:]+\.localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])(:\d+)?(\/|$)/i;

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
