import type { IHookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { credentialName } from '../../../transport/credential';
import {
	registerWebhookUrl,
	keyHash,
	noteNamed,
	noteRegistered,
	replacedText,
	workflowName,
} from '../../../shared/registration';
import { reachedEnvironment, unusableUrl } from '../../../shared/webhookUrl';
import { createApi } from '../../../transport/api';
import { nodeKey, readEvents, readKind, readLocations } from '../../parameters';
import { registersItself } from '../options';
import { registrationError } from './errors';
import { noteFailure, noteSuccess, publicationTime } from './publicationTime';
import { persist, stopAfter } from './persist';
import { subscribeMissing } from './subscribe';
import { mayRegisterTest, noteTest, undoTest } from './testUrl';

/** A person waits for a test to start, so it gives up sooner than a publication. */
const TEST_LIMIT_MS = 10_000;

/**
 * Whether there is nothing to register. Spakinect's URL can't be read, so publishing always registers. Only
 * when n8n restarts (older versions call this then), an earlier registration is left alone, because another
 * workflow may have taken over the key since then.
 */
export function isRegistered(context: IHookFunctions): boolean {
	if (!['init', 'leadershipChange'].includes(context.getActivationMode())) return false;
	return (
		registersItself(context) &&
		context.getWorkflowStaticData('node').registered === fingerprint(context)
	);
}

/**
 * For publishing and "Listen for test event": subscribes the locations, then registers the URL. It may be
 * called again after any failure, because both calls can be repeated without harm.
 *
 * @throws NodeOperationError or NodeApiError that names the location or says why nothing was registered
 */
export async function register(context: IHookFunctions): Promise<void> {
	const isTest = context.getMode() === 'manual';
	const url = context.getNodeWebhookUrl('default');
	if (!isTest) noteNamed(nodeKey(context), url);
	if (readEvents(context).length === 0) {
		throw new NodeOperationError(context.getNode(), "'Trigger On' has no event", {
			description: 'Choose at least one event. Without one, the trigger ignores every delivery.',
		});
	}
	if (!registersItself(context)) {
		// Deliveries are verified with the key, so publishing fails without a credential.
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
	const key = keyHash(await context.getCredentials(credentialName('emr')));
	const limit = isTest ? TEST_LIMIT_MS : publicationLimit(context, key);
	const over = stopAfter(api, limit);
	let isUrlSent = false;
	try {
		await subscribeMissing(context, api, { key, locations, over });
		isUrlSent = !over.aborted;
		if (isTest && isUrlSent) noteTest(context, url);
		await persist(api, over, async () => await registerWebhookUrl(api, url));
	} catch (error) {
		if (isTest) await undoTest(context, error, key);
		else noteFailure(nodeKey(context), error);
		throw registrationError(context.getNode(), error, { isTest, isUrlSent });
	}
	if (!isTest) noteProduction(context, key, url);
}

/** @throws NodeApiError of the previous attempt, if this publication's time is over */
function publicationLimit(context: IHookFunctions, key: string): number {
	const trigger = nodeKey(context);
	const { ms, lastFailure } = publicationTime(
		trigger,
		JSON.stringify([key, fingerprint(context)]),
		Date.now(),
	);
	if (ms > 0) return ms;
	throw registrationError(context.getNode(), lastFailure, { isTest: false, isUrlSent: true });
}

function noteProduction(context: IHookFunctions, key: string, url: string): void {
	const trigger = nodeKey(context);
	const workflow = workflowName(context.getWorkflow());
	context.getWorkflowStaticData('node').registered = fingerprint(context);
	noteSuccess(trigger);
	const replaced = noteRegistered(key, { url, trigger, workflow });
	if (replaced) context.logger.warn(`Spakinect Trigger: ${replacedText(replaced)}`);
}

const fingerprint = (context: IHookFunctions): string =>
	JSON.stringify([context.getNodeWebhookUrl('default'), readLocations(context)]);
