import type { IDataObject, IDisplayOptions } from 'n8n-workflow';
import { optionsField } from '../../shared/fields';
import type { ParameterContext } from '../parameters';
import { readKind } from '../parameters';

/** Only a trigger that registers something needs these. */
const whereRegistered: IDisplayOptions = {
	show: { '/authentication': ['emr'], '/registration': ['automatic'] },
};

/** The options of the webhook trigger. `readWebhookOptions` holds the same defaults. */
export const webhookOptions = optionsField([
	{
		displayName: 'Always Fetch the Current Visit',
		name: 'alwaysFetch',
		type: 'boolean',
		default: false,
		description:
			"Whether to fetch the visit for every delivery, so that the item holds the current data. If that doesn't work within five seconds, the item is marked with incomplete = true and holds no decision. Old and overtaken deliveries are always fetched.",
	},
	{
		displayName: 'Only Selected Locations',
		name: 'onlySelectedLocations',
		type: 'boolean',
		default: true,
		description:
			"Whether to ignore events of locations that aren't in 'Location IDs'. If 'Location IDs' is empty, events of all locations are received.",
	},
	{
		displayName: 'Re-Fetch Incomplete',
		name: 'refetchIncomplete',
		type: 'boolean',
		default: true,
		description:
			"Whether to fetch the visit when Spakinect says that it could not gather its data. If that doesn't work within five seconds, the item is marked with incomplete = true and holds no decision.",
	},
	{
		displayName: 'Register Test URL',
		name: 'registerTestUrl',
		type: 'options',
		options: [
			{
				name: 'Always',
				value: 'always',
				description:
					'During the test, production events of all locations of the key go to the test URL',
			},
			{
				name: 'Never',
				value: 'never',
				description: 'Only listen. Send the test delivery yourself.',
			},
			{
				name: 'Staging Only',
				value: 'stagingOnly',
				description:
					'Refuse to listen with a production credential, or with a custom Base URL that may lead to production',
			},
		],
		default: 'stagingOnly',
		description: 'Whether a test in the editor may replace the one URL of the key',
		displayOptions: whereRegistered,
	},
	{
		displayName: 'Require Signature',
		name: 'requireSignature',
		type: 'boolean',
		default: true,
		description:
			'Whether to refuse deliveries without a signature. A wrong signature is always refused. If this is off, anybody who knows the URL can make up a decision.',
	},
	{
		displayName: 'Restore Production URL',
		name: 'restoreProductionUrl',
		type: 'boolean',
		default: true,
		description:
			'Whether to register the production URL again when a test ends. This is the URL that this n8n registered last for the key, also if it belongs to another workflow.',
		displayOptions: whereRegistered,
	},
	{
		displayName: 'Skip Duplicates',
		name: 'skipRepeats',
		type: 'boolean',
		default: true,
		description:
			'Whether to ignore a delivery that this n8n process accepted before. Changed decisions always pass. To ignore duplicates after a restart too, add a Remove Duplicates node on event_id.',
	},
]);

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
