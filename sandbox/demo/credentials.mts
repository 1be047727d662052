import type { N8nClient } from '../n8n/client.mts';
import type { NodeCredentials } from '../services/connect.mts';
import type { NewCredential, Services } from '../services/index.mts';
import type { Simulator } from '../simulator/index.mts';

/** The simulator's seeded keys. */
export const KEYS = { emr: 'emr-test-key', client: 'client-test-key' };

const account = (apiKey: string, baseUrl: string) => ({ apiKey, baseUrl, environment: 'custom' });
const LOCATIONS = 'Downtown: loc_downtown\nUptown: loc_uptown';

/** By the name in n8n's list of credentials. */
const wanted = (simulator: Simulator, services: Services): Record<string, NewCredential> => ({
	'Spakinect EMR (sandbox)': {
		type: 'spakinectApi',
		data: { ...account(KEYS.emr, simulator.emrUrl), webhookSecret: '', locations: LOCATIONS },
	},
	'Spakinect Client (sandbox)': {
		type: 'spakinectClientApi',
		data: { ...account(KEYS.client, simulator.clientUrl), locations: LOCATIONS },
	},
	'Google Sheets (stand-in)': services.google.signedIn('googleSheetsOAuth2Api'),
	'Google Drive (stand-in)': services.google.signedIn('googleDriveOAuth2Api'),
	'HubSpot (stand-in)': services.hubspot.credential(),
	'Slack (stand-in)': services.slack.credential(),
});

/**
 * Saves the credentials that the workflows use. Those of an earlier start are updated, because addresses and
 * tokens are new at each start.
 * @returns the content of a node's `credentials`, by type
 * @throws StepError with n8n's text
 */
export const saveCredentials = async (
	client: N8nClient,
	simulator: Simulator,
	services: Services,
): Promise<NodeCredentials> => {
	const known = await client.listCredentials();
	const saved: NodeCredentials = {};
	for (const [name, { type, data, code }] of Object.entries(wanted(simulator, services))) {
		const old = known.find((one) => one.name === name);
		if (old) await client.updateCredential(old.id, name, type, data);
		const id = old?.id ?? (await client.createCredential(name, type, data));
		if (code !== undefined) await client.finishOAuth(id, code);
		saved[type] = { id, name };
	}
	return saved;
};
