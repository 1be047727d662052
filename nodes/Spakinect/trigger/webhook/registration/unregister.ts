import type { IHookFunctions } from 'n8n-workflow';
import { credentialName } from '../../../transport/credential';
import { registerWebhookUrl } from '../../../shared/registration';
import { reachedEnvironment, unusableUrl } from '../../../shared/webhookUrl';
import { createApi } from '../../../transport/api';
import { nodeKey } from '../../parameters';
import { registersItself } from '../parameters';
import { restoreTexts } from '../texts';
import { persist } from './persist';
import { noteUndone } from './publicationTime';
import { forgetRegistered, keyHash, namedUrl, registeredUrl } from '../../../shared/registeredUrls';
import { productionUrlFrom } from './rules';

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
		const over = AbortSignal.timeout(RESTORE_MS);
		over.addEventListener('abort', () => api.stop(), { once: true });
		await persist(api, over, async () => void (await registerWebhookUrl(api, url)));
		if (known !== undefined) context.logger.info(restoreTexts.done(url));
		else if (named !== undefined) context.logger.info(restoreTexts.unpublished(url));
		else context.logger.warn(restoreTexts.derived(url));
	} catch (error) {
		context.logger.error(restoreTexts.failed((error as Error).message));
	}
}
