import type { IDataObject } from 'n8n-workflow';
import type { ParameterContext } from '../parameters';
import { readKind } from '../parameters';

/** Whether a test may register its URL. */
export type TestUrlPolicy = 'stagingOnly' | 'always' | 'never';

/** The options of the webhook trigger. An option that was never added has its documented default. */
export interface WebhookOptions {
	requireSignature: boolean;
	onlySelectedLocations: boolean;
	registerTestUrl: TestUrlPolicy;
	restoreProductionUrl: boolean;
	skipRepeats: boolean;
	refetchIncomplete: boolean;
	alwaysFetch: boolean;
}

/**
 * Switches default to on, and only an explicit `false` turns one off. An expression that returns nothing must
 * not accept unsigned deliveries or turn off another protection.
 */
export function readWebhookOptions(context: ParameterContext): WebhookOptions {
	const options = (context.getNodeParameter('options', {}) ?? {}) as IDataObject;
	const { registerTestUrl } = options;
	return {
		requireSignature: options.requireSignature !== false,
		onlySelectedLocations: options.onlySelectedLocations !== false,
		registerTestUrl:
			registerTestUrl === 'always' || registerTestUrl === 'never' ? registerTestUrl : 'stagingOnly',
		restoreProductionUrl: options.restoreProductionUrl !== false,
		skipRepeats: options.skipRepeats !== false,
		refetchIncomplete: options.refetchIncomplete !== false,
		alwaysFetch: options.alwaysFetch === true,
	};
}

/** Only an EMR key can register. With a Client key the URL is pasted into the portal. */
export const registersItself = (context: ParameterContext): boolean =>
	readKind(context) === 'emr' && context.getNodeParameter('registration', 'automatic') !== 'manual';
