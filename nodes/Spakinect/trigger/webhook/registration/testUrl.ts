import type { IHookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { registeredUrl } from '../../../shared/registration';
import type { Environment } from '../../../transport/credential';
import { failureOf } from '../../../transport/errors';
import type { TestUrlPolicy } from '../options';
import { readWebhookOptions } from '../options';
import { testRefusal } from '../texts';
import { unregister } from './unregister';

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
 * Whether "Listen for test event" may register its URL.
 *
 * @throws NodeOperationError if listening must not start
 */
export function mayRegisterTest(context: IHookFunctions, environment: Environment): boolean {
	const decision = testDecision(readWebhookOptions(context).registerTestUrl, environment);
	if (decision === 'refuse') {
		const { message, description } = testRefusal;
		throw new NodeOperationError(context.getNode(), message, { description });
	}
	return decision === 'register';
}

/**
 * To be called before the test URL is registered. n8n returns this data at the end of the test and doesn't
 * store it, so it exists only for a test.
 */
export function noteTest(context: IHookFunctions, url: string): void {
	if (readWebhookOptions(context).restoreProductionUrl) {
		context.getWorkflowStaticData('node').testUrl = url;
	}
}

/**
 * To be called if a test could not be set up. n8n then drops the test's data, so a URL that may have been
 * replaced is restored now.
 *
 * @param key hash of the API key
 */
export async function undoTest(
	context: IHookFunctions,
	error: unknown,
	key: string,
): Promise<void> {
	if (!mayBeInPlace(error, key)) delete context.getWorkflowStaticData('node').testUrl;
	await unregister(context);
}

/**
 * Whether the test URL may have been registered although the call failed. A refusal has changed nothing, except
 * 408, which may follow completed work, and 429, which may follow an attempt that was cut off. After a 429, the
 * URL is restored only if it is known, because a guess could replace another workflow's URL.
 */
function mayBeInPlace(error: unknown, key: string): boolean {
	const status = failureOf(error)?.status;
	if (status === 429) return registeredUrl(key) !== undefined;
	return status === undefined || status === 408 || status >= 500 || status < 400;
}
