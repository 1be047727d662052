import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** Where the trigger registers nothing, what it may register is no question. */
const whereRegistered: IDisplayOptions = {
	show: { '/authentication': ['emr'], '/registration': ['automatic'] },
};

/** The options of the webhook trigger; `WebhookOptions` in setup.ts holds the same defaults. */
export const webhookOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Only Selected Locations',
			name: 'onlySelectedLocations',
			type: 'boolean',
			default: true,
			description:
				"Whether to ignore events of locations that are not in 'Location IDs'. Without any location there, all are received.",
		},
		{
			displayName: 'Re-Fetch Incomplete',
			name: 'refetchIncomplete',
			type: 'boolean',
			default: true,
			description:
				'Whether to fetch the visit when Spakinect says that it could not gather its data. If that does not work within five seconds, the item is marked with incomplete = true and holds no decision.',
		},
		{
			displayName: 'Register Test URL',
			name: 'registerTestUrl',
			type: 'options',
			options: [
				{
					name: 'Always',
					value: 'always',
					description: 'Production events of all locations of the key go to the test URL meanwhile',
				},
				{
					name: 'Never',
					value: 'never',
					description: 'Only listen; send the test delivery yourself',
				},
				{
					name: 'Staging Only',
					value: 'stagingOnly',
					description:
						'Refuse to listen with a production credential, or with a custom base URL that may lead to production',
				},
			],
			default: 'stagingOnly',
			description: 'Whether a test in the editor may take over the one URL of the key',
			displayOptions: whereRegistered,
		},
		{
			displayName: 'Require Signature',
			name: 'requireSignature',
			type: 'boolean',
			default: true,
			description:
				'Whether to refuse deliveries without a signature. A wrong signature is always refused. Without this, anybody who knows the URL can make up a decision.',
		},
		{
			displayName: 'Restore Production URL',
			name: 'restoreProductionUrl',
			type: 'boolean',
			default: true,
			description:
				'Whether to register the production URL of this workflow when a registered test ends',
			displayOptions: whereRegistered,
		},
		{
			displayName: 'Skip Repeats',
			name: 'skipRepeats',
			type: 'boolean',
			default: true,
			description:
				'Whether to ignore a delivery that this n8n process accepted before. Changed decisions always pass. For a lasting guard, add a Remove Duplicates node on event_id.',
		},
	],
};
