import type { INodeTypeDescription } from 'n8n-workflow';
import { ONE_URL_RULE } from '../../shared/registration';
import { COMPLETED_EVENT_HINT, eventNodes } from '../panel';

/** Texts for users. */

export const testRefusal = {
	// n8n shows only this when listening doesn't start, so it says what to do.
	message:
		"Test listening was not started, because it would take the production events of this key. To test with this key, set Options > 'Register Test URL' to 'Always'. Better: use a staging credential, or publish the workflow and look at its executions",
	description: `${ONE_URL_RULE} A test with a production key redirects the events of all its locations. To listen without registering, set 'Register Test URL' to 'Never'.`,
};

/** What n8n does after a failed publication, and how to recover. */
export const offlineText =
	'n8n now answers 404 to all deliveries of this trigger, also those that worked before. Fix this, then unpublish the workflow and publish it';

export const tooSlowText = 'The URL was not registered, because Spakinect took too long';

export const refusedText =
	"Spakinect Trigger: a delivery was refused with 401, because its signature or secret doesn't match the credential. It may be forged, or the API key was renewed at Spakinect and not in n8n. (Logged at most once an hour.)";

export const noCredentialText =
	"Spakinect Trigger: a delivery was answered with 503, because the node can't open its credential. Open the node, choose a credential and publish the workflow. (Logged at most once an hour.)";

const republish = 'Unpublish the workflow that should receive the events, then publish it.';

/** The log lines for the end of a test listener. */
export const restoreTexts = {
	done: (url: string) =>
		`Spakinect Trigger: the test has ended and the production URL is registered again: ${url}`,
	unpublished: (url: string) =>
		`Spakinect Trigger: the test has ended and the production URL of this workflow is registered: ${url}. If the workflow isn't published, n8n answers 404 to deliveries. ${republish}`,
	derived: (url: string) =>
		`Spakinect Trigger: the test has ended. This n8n does not know the production URL of the key, so a URL derived from the test URL is registered: ${url}. It may not exist. ${republish}`,
	impossible: `Spakinect Trigger: the test has ended, but Spakinect still sends to the test URL. The production URL can't be derived from the test URL of this n8n. ${republish}`,
	failed: (reason: string) =>
		`Spakinect Trigger: the test has ended, but the production URL could not be registered again, so Spakinect still sends to the test URL. ${republish} ${reason}`,
	noCredential: "Spakinect Trigger: unpublished without its credential, which can't be opened.",
};

export const panelHeader = 'Receive finished GFEs from Spakinect';

// n8n renders the markup of these texts.
const listen = `<b>To test</b>, click 'Execute step', then complete an exam. With a Client key, first paste the Test URL into Client Portal > Manage Account > Webhooks, and the Production URL again after the test: until then, the published workflow gets nothing. ${ONE_URL_RULE} This is why a test with a production EMR key is refused unless you allow it: Options > Register Test URL.`;

export const panelHelp = {
	inactive: `${listen}<br /><br /><b>To receive for real</b>, publish the workflow. With Registration 'Automatic' this registers its Production URL. With a Client key, paste it into Client Portal > Manage Account > Webhooks. Runs appear under Executions.`,
	active: `<b>This workflow is published</b> and runs whenever Spakinect sends an event to its Production URL. Runs appear under Executions.<br /><br />${listen}`,
};

export const activationHint = {
	inactive:
		"Once the workflow is ready, publish it. With Registration 'Automatic', this replaces the webhook URL that the API key had before.",
	active: 'This workflow is published. Its runs appear under Executions, not here.',
};

/**
 * n8n shows this when it starts to publish, before it knows whether that works, and with either kind of key. So
 * it promises nothing and doesn't name a step of only one kind.
 */
export const activationText =
	'n8n is now setting up the Spakinect Trigger, which takes up to a minute. If the node then shows an error, it does not receive events: open it to see why.';

export const waitingText =
	'Waiting for Spakinect to send an event to the Test URL. Complete an exam for one of the locations.';

/** What n8n's AI builder reads about this node, because n8n gives it neither the notices nor the panel's help. */
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
