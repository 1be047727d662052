import type { IHookFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { credentialName } from '../../shared/authentication';
import type { SpakinectApiClient } from '../../transport/api';
import { createApi } from '../../transport/api';
import { knownProductionUrl, rememberProductionUrl } from '../productionUrls';
import type { Environment } from '../registration';
import {
	productionUrlFrom,
	subscribeThenRegister,
	testDecision,
	unusableUrl,
} from '../registration';
import { nodeKey, readKind, readLocations, readWebhookOptions, registersItself } from './setup';
import { cannotRestoreText, restoredText, restoreFailedText, testRefusal } from './texts';

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
	if (!registersItself(context)) {
		// Deliveries are verified with the key: without a credential, publishing should say so now.
		await context.getCredentials(credentialName(readKind(context)));
		return;
	}
	const locations = readLocations(context);
	const api = await createApi(context, 'emr');
	if (isTest && !mayRegisterTest(context, api.environment)) return;
	const unusable = unusableUrl(url, api.environment);
	if (unusable !== undefined || url === undefined) {
		throw new NodeOperationError(context.getNode(), `Nothing was registered. ${unusable ?? ''}`, {
			description:
				'Set WEBHOOK_URL of your n8n to its public https address, or use the Spakinect Polling Trigger.',
		});
	}
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

/**
 * Unpublishing has nothing to undo at Spakinect: its URL cannot be removed. The end of a test listener
 * has: the production URL is registered again. Never throws there, because n8n would keep the listener
 * and leave the rejection unhandled.
 */
export async function unregister(context: IHookFunctions): Promise<void> {
	const staticData = context.getWorkflowStaticData('node');
	delete staticData.registered;
	const { testUrl } = staticData;
	delete staticData.testUrl;
	if (typeof testUrl === 'string') await restore(context, testUrl);
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
		// A refusal has changed nothing, so there is nothing to restore. After anything else the test URL
		// may be in place, and n8n forgets what a test stored that did not start.
		if (/^4/.test((error as Partial<NodeApiError>).httpCode ?? '')) delete staticData.testUrl;
		if (isTest) await unregister(context);
		throw described(context, error, 'The webhook URL could not be registered');
	}
}

/** A new error, because n8n ignores new texts on a NodeApiError that exists. */
function described(context: IHookFunctions, error: unknown, what: string): NodeApiError {
	const { message, description, httpCode } = error as Partial<NodeApiError>;
	const text = `${what}: ${message ?? 'unknown reason'}`;
	return new NodeApiError(
		context.getNode(),
		{ message: text },
		{ message: text, description: description ?? undefined, httpCode: httpCode ?? undefined },
	);
}

async function restore(context: IHookFunctions, testUrl: string): Promise<void> {
	const url = knownProductionUrl(nodeKey(context)) ?? productionUrlFrom(testUrl);
	if (url === undefined) {
		context.logger.warn(cannotRestoreText);
		return;
	}
	try {
		const api = await createApi(context, 'emr');
		await api.write('POST', '/webhooks', { url });
		context.logger.info(restoredText);
	} catch (error) {
		context.logger.error(`${restoreFailedText} ${(error as Error).message}`);
	}
}

const fingerprint = (context: IHookFunctions): string =>
	JSON.stringify([context.getNodeWebhookUrl('default'), readLocations(context)]);
