import type { IHookFunctions } from 'n8n-workflow';
import { createApi } from '../../../transport/api';
import { knownProductionUrl } from './productionUrls';
import { productionUrlFrom, reachedEnvironment, unusableUrl } from './rules';
import { nodeKey } from '../parameters';
import { cannotRestoreText, restoredText, restoreFailedText } from '../texts';

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

async function restore(context: IHookFunctions, testUrl: string): Promise<void> {
	const url = knownProductionUrl(nodeKey(context)) ?? productionUrlFrom(testUrl);
	if (url === undefined) {
		context.logger.warn(cannotRestoreText);
		return;
	}
	try {
		const api = await createApi(context, 'emr');
		const unusable = unusableUrl(url, reachedEnvironment(api.environment, api.baseUrl));
		if (unusable !== undefined) throw new Error(unusable);
		await api.write('POST', '/webhooks', { url });
		context.logger.info(restoredText);
	} catch (error) {
		context.logger.error(`${restoreFailedText} ${(error as Error).message}`);
	}
}
