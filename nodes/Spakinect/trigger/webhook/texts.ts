import type { INodeTypeDescription } from 'n8n-workflow';
import { COMPLETED_EVENT_HINT, eventNodes } from '../builderHint';

/** Sentences that people read, kept together so that the rule of the one URL is told the same everywhere. */

export const oneUrlRule =
	'Spakinect keeps one webhook URL per API key, for all its locations. Registering a URL replaces the one that was there, and Spakinect can neither show nor remove it.';

export const testRefusal = {
	// n8n shows only this when listening does not start, so it says what to do instead.
	message:
		'Test listening was not started, to keep production events where they go now. Use a staging credential, or publish the workflow and look at its executions',
	description: `${oneUrlRule} Listening with a production key would take the events of all its locations away from whoever receives them. Use a staging credential, or publish the workflow and look at its executions. To listen all the same, set 'Register Test URL' to 'Always'; to listen without registering, set it to 'Never'.`,
};

export const tooSlow = {
	message: 'The URL was not registered: Spakinect took too long to subscribe the locations',
	description:
		'The URL that Spakinect knew before is still in place. Locations that were subscribed stay so, which does no harm. Publish again.',
};

export const refusedText =
	'Spakinect Trigger: a delivery was refused with 401, because its signature or secret does not fit the credential. Was it forged, or was the API key renewed at Spakinect and not here? (Said once an hour at most.)';

export const cannotRestoreText =
	'Spakinect Trigger: the production URL cannot be told from the test URL of this n8n, so Spakinect goes on sending to the test URL although the test has ended. Publish the workflow again to register its production URL.';

export const restoredText =
	'Spakinect Trigger: the test has ended and the production URL is registered.';

export const restoreFailedText =
	'Spakinect Trigger: the test has ended, but the production URL could not be registered again. Publish the workflow again, or Spakinect keeps sending to the test URL.';

export const panelHeader = 'Receive finished GFEs from Spakinect';

// n8n shows these with their markup, as it does with its own.
const listen = `<b>To test</b>, click 'Execute step', then let an exam be completed. With a Client key, first paste the Test URL into Client Portal > Manage Account > Webhooks, and the Production URL again when you are done: meanwhile the published workflow gets nothing. ${oneUrlRule} This is why a test with a production EMR key is refused unless you allow it: Options > Register Test URL.`;

export const panelHelp = {
	inactive: `${listen}<br /><br /><b>To receive for real</b>, publish the workflow. With Registration 'Automatic' this registers its Production URL; with a Client key, paste it into Client Portal > Manage Account > Webhooks. Runs show up under Executions.`,
	active: `<b>This workflow is published</b> and runs whenever Spakinect sends an event to its Production URL. Runs show up under Executions.<br /><br />${listen}`,
};

export const activationHint = {
	inactive:
		"Once the workflow is built, publish it. With Registration 'Automatic', this replaces the webhook URL that the API key had before.",
	active: 'This workflow is published: its runs show up under Executions, not here.',
};

export const activationText =
	'You will see finished GFEs under Executions. With a Client key, paste the Production URL into Client Portal > Manage Account > Webhooks.';

export const waitingText =
	'Waiting for Spakinect to send an event to the Test URL. Complete an exam for one of the locations.';

/** What n8n's AI builder reads of this node: n8n gives it neither the notices nor the panel's help. */
export const builderHint: INodeTypeDescription['builderHint'] = {
	searchHint: `Starts the workflow when a provider has evaluated an exam. ${COMPLETED_EVENT_HINT} Publishing the workflow registers the URL of this node, and Spakinect keeps one webhook URL per API key: use one Spakinect Trigger per key. Let it hand the events to other workflows with Execute Workflow, or give those the Spakinect Polling Trigger.`,
	relatedNodes: [
		...eventNodes,
		{
			nodeType: 'n8n-nodes-base.executeWorkflow',
			relationHint: 'Hands events to other workflows, since a key has one webhook URL',
		},
		{
			nodeType: 'n8n-nodes-spakinect.spakinectPollingTrigger',
			relationHint: 'For n8n without a public address, or for more workflows on the same API key',
		},
	],
};
