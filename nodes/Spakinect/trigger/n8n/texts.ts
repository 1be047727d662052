/** Sentences that people read, kept together so that the rule of the one URL is told the same everywhere. */

export const oneUrlRule =
	'Spakinect keeps one webhook URL per API key, for all its locations. Registering a URL replaces the one before, which cannot be read back or removed.';

export const testRefusal = {
	message: 'Test listening was not started, to keep production events where they go now',
	description: `${oneUrlRule} Listening with a production key would take the events of all its locations away from whoever receives them. Use a staging credential, or publish the workflow and look at its executions. To listen all the same, set 'Register Test URL' to 'Always'; to listen without registering, set it to 'Never'.`,
};

export const cannotRestoreText =
	'Spakinect Trigger: the production URL cannot be told from the test URL of this n8n, so Spakinect goes on sending to the test URL although the test has ended. Publish the workflow again to register its production URL.';

export const restoredText =
	'Spakinect Trigger: the test has ended and the production URL is registered.';

export const restoreFailedText =
	'Spakinect Trigger: the test has ended, but the production URL could not be registered again. Publish the workflow again, or Spakinect keeps sending to the test URL.';

export const panelHeader = 'Receive finished GFEs from Spakinect';

const listen = `To test, click 'Listen for test event', then let an exam be completed. ${oneUrlRule} This is why listening with a production key is refused unless you allow it in the options. With Registration 'Manual' or a Client key, paste the Test URL into Client Portal > Manage Account > Webhooks for the test, and the Production URL afterwards.`;

export const panelHelp = {
	inactive: `${listen} To receive for real, publish the workflow: this registers its Production URL (Registration 'Automatic'). Runs then show up under Executions.`,
	active: `This workflow is published and runs whenever Spakinect sends an event; its runs show up under Executions. ${listen}`,
};

export const activationHint =
	'Publishing registers the Production URL with Spakinect and replaces the URL that the API key had before.';

export const activationText =
	'You will see finished GFEs under Executions. With a Client key or manual registration, paste the Production URL into Client Portal > Manage Account > Webhooks.';

export const waitingText =
	'Waiting for Spakinect to send an event to the Test URL. Complete an exam for one of the locations.';
