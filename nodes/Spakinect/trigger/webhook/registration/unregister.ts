import type { IHookFunctions } from 'n8n-workflow';
import { credentialName } from '../../../transport/credential';
import {
	registerWebhookUrl,
	forgetRegistered,
	keyHash,
	namedUrl,
	registeredUrl,
} from '../../../shared/registration';
import { reachedEnvironment, unusableUrl } from '../../../shared/webhookUrl';
import { createApi } from '../../../transport/api';
import { nodeKey } from '../../parameters';
import { registersItself } from '../options';
import { restoreTexts } from '../texts';
import { persist, stopAfter } from './persist';
import { noteUndone } from './publicationTime';

/** How long the end of a test tries to restore the URL while Spakinect is unavailable. */
const RESTORE_MS = 30_000;

/**
 * For unpublishing and the end of a test. Unpublishing changes nothing at Spakinect, because a URL can't be
 * removed. The end of a test registers the production URL again. It never throws then, because n8n would keep
 * the listener and leave the rejection unhandled.
 */
export async function unregister(context: IHookFunctions): Promise<void> {
	const staticData = context.getWorkflowStaticData('node');
	const { testUrl } = staticData;
	delete staticData.testUrl;
	delete staticData.registered;
	if (typeof testUrl === 'string') await restore(context, testUrl);
	else if (registersItself(context)) await forget(context);
}

/** The end of a production registration. A test that registered nothing ends here too and changes nothing. */
async function forget(context: IHookFunctions): Promise<void> {
	const url = context.getNodeWebhookUrl('default') ?? '';
	if (url === namedUrl(nodeKey(context))) noteUndone(nodeKey(context));
	try {
		forgetRegistered(keyHash(await context.getCredentials(credentialName('emr'))), url);
	} catch {
		// Unpublishing must work without the credential. The URL then stays in the memory of this process.
		context.logger.debug(restoreTexts.noCredential);
	}
}

async function restore(context: IHookFunctions, testUrl: string): Promise<void> {
	try {
		const key = keyHash(await context.getCredentials(credentialName('emr')));
		const known = registeredUrl(key)?.url;
		const named = namedUrl(nodeKey(context));
		const url = known ?? named ?? productionUrlFrom(testUrl);
		if (url === undefined) {
			context.logger.warn(restoreTexts.impossible);
			return;
		}
		const api = await createApi(context, 'emr');
		const unusable = unusableUrl(url, reachedEnvironment(api.environment, api.baseUrl));
		if (unusable !== undefined) throw new Error(unusable);
		await persist(api, stopAfter(api, RESTORE_MS), async () => await registerWebhookUrl(api, url));
		if (known !== undefined) context.logger.info(restoreTexts.done(url));
		else if (named !== undefined) context.logger.info(restoreTexts.unpublished(url));
		else context.logger.warn(restoreTexts.derived(url));
	} catch (error) {
		context.logger.error(restoreTexts.failed((error as Error).message));
	}
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
