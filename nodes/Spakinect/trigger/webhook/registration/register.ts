import type { IHookFunctions, NodeApiError } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { credentialName } from '../../../shared/authentication';
import type { SpakinectApiClient } from '../../../transport/api';
import { createApi } from '../../../transport/api';
import { isStopped, toTaskError } from '../../../transport/errors';
import { rememberProductionUrl } from './productionUrls';
import type { Environment } from '../../../transport/baseUrl';
import { reachedEnvironment, subscribeThenRegister, testDecision, unusableUrl } from './rules';
import {
	nodeKey,
	readEvents,
	readKind,
	readLocations,
	readWebhookOptions,
	registersItself,
} from '../parameters';
import { testRefusal, tooSlow } from '../texts';
import { unregister } from './unregister';

/**
 * n8n gives up on publishing 84 s after it began, whatever is still under way here. A URL that was
 * registered after that would take the events away for a trigger that n8n has just called failed. So no
 * request starts later than this, and one that has started ends 30 s later at most.
 */
const LAST_START_MS = 45_000;

/**
 * Whether there is nothing to register. Spakinect's URL cannot be read, so publishing always registers.
 * Only when n8n merely starts again (older versions call this then) is a registration that was made
 * before left alone: another workflow may have taken the key over since, on purpose.
 */
export function isRegistered(context: IHookFunctions): boolean {
	if (!['init', 'leadershipChange'].includes(context.getActivationMode())) return false;
	return (
		registersItself(context) &&
		context.getWorkflowStaticData('node').registered === fingerprint(context)
	);
}

/**
 * Publishing and "Listen for test event": subscribes the locations, then registers the URL. May be called
 * again after any failure: both calls can be repeated without harm.
 *
 * @throws NodeOperationError or NodeApiError that names the location or says why nothing was registered
 */
export async function register(context: IHookFunctions): Promise<void> {
	const isTest = context.getMode() === 'manual';
	const url = context.getNodeWebhookUrl('default');
	if (!isTest) rememberProductionUrl(nodeKey(context), url);
	if (readEvents(context).length === 0) {
		throw new NodeOperationError(context.getNode(), "'Trigger On' holds no event", {
			description: 'Choose at least one event: every delivery would be ignored.',
		});
	}
	if (!registersItself(context)) {
		// Deliveries are verified with the key: without a credential, publishing should say so now.
		await context.getCredentials(credentialName(readKind(context)));
		return;
	}
	const locations = readLocations(context);
	const api = await createApi(context, 'emr');
	const environment = reachedEnvironment(api.environment, api.baseUrl);
	if (isTest && !mayRegisterTest(context, environment)) return;
	const unusable = unusableUrl(url, environment);
	if (unusable !== undefined || url === undefined) {
		throw new NodeOperationError(context.getNode(), `Nothing was registered. ${unusable ?? ''}`, {
			description:
				'Set WEBHOOK_URL of your n8n to its public https address, or use the Spakinect Polling Trigger.',
		});
	}
	const late = AbortSignal.timeout(LAST_START_MS);
	late.addEventListener('abort', () => api.stop(), { once: true });
	await subscribeThenRegister(locations, url, {
		subscribe: async (location) => await subscribe(context, api, location),
		register: async (address) => await registerUrl(context, api, address, isTest),
	});
	if (!isTest) context.getWorkflowStaticData('node').registered = fingerprint(context);
}

/** @throws NodeOperationError when listening must not even start */
function mayRegisterTest(context: IHookFunctions, environment: Environment): boolean {
	const decision = testDecision(readWebhookOptions(context).registerTestUrl, environment);
	if (decision === 'refuse') {
		throw new NodeOperationError(context.getNode(), testRefusal.message, {
			description: testRefusal.description,
		});
	}
	return decision === 'register';
}

async function subscribe(context: IHookFunctions, api: SpakinectApiClient, location: string) {
	try {
		await api.write('POST', '/subscriptions', { location_id: location });
	} catch (error) {
		throw described(context, error, `Location "${location}" could not be subscribed`);
	}
}

async function registerUrl(
	context: IHookFunctions,
	api: SpakinectApiClient,
	url: string,
	isTest: boolean,
) {
	// Only a test leaves this behind; n8n gives it back at the end of the test and stores it nowhere.
	const staticData = context.getWorkflowStaticData('node');
	if (isTest && readWebhookOptions(context).restoreProductionUrl) staticData.testUrl = url;
	try {
		await api.write('POST', '/webhooks', { url });
	} catch (error) {
		// A refusal or a request not sent has changed nothing, so there is nothing to restore. After anything
		// else the test URL may be in place, and n8n forgets what a test stored that did not start.
		const isRefused = /^4/.test((error as Partial<NodeApiError>).httpCode ?? '');
		if (isRefused || isStopped(error)) delete staticData.testUrl;
		if (isTest) await unregister(context);
		throw described(context, error, 'The webhook URL could not be registered');
	}
}

/** The error of a registration that failed, in words about the registration. */
function described(
	context: IHookFunctions,
	error: unknown,
	what: string,
): NodeApiError | NodeOperationError {
	if (!isStopped(error)) return toTaskError(context.getNode(), what, error);
	const { message, description } = tooSlow;
	return new NodeOperationError(context.getNode(), message, { description });
}

const fingerprint = (context: IHookFunctions): string =>
	JSON.stringify([context.getNodeWebhookUrl('default'), readLocations(context)]);
