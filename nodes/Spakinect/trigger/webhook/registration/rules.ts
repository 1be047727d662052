import type { Environment } from '../../../transport/credential';

export type TestUrlPolicy = 'stagingOnly' | 'always' | 'never';

/** What "Listen for test event" may do to the one URL that Spakinect keeps. */
type TestDecision = 'register' | 'listenOnly' | 'refuse';

/**
 * Spakinect keeps one webhook URL per key, which can't be read or removed. So registering a test URL with a
 * production key redirects the events of every location.
 */
export function testDecision(policy: TestUrlPolicy, environment: Environment): TestDecision {
	if (policy === 'never') return 'listenOnly';
	if (policy === 'always') return 'register';
	return environment === 'production' ? 'refuse' : 'register';
}

/**
 * The production URL that probably belongs to a test URL, or undefined if it can't be derived. n8n doesn't
 * provide it to test listeners. With n8n's default endpoint names, the two URLs differ in one path segment.
 * Only a path with exactly one such segment is translated.
 */
export function productionUrlFrom(testUrl: string): string | undefined {
	const segment = /\/webhook-test(?=\/)/g;
	return testUrl.match(segment)?.length === 1 ? testUrl.replace(segment, '/webhook') : undefined;
}
