import type { N8nClient } from '../n8n/client.mts';
import type { NewCredential } from './shared/tokens.mts';

/** A credential as a workflow's node names it, e.g. `{ slackApi: { id, name } }`. */
export type NodeCredentials = Record<string, { id: string; name: string }>;

/**
 * Creates a stand-in's credential in n8n. If the vendor uses OAuth, it is connected as if the user had agreed
 * on the vendor's page: n8n gets the code and exchanges it for tokens.
 * @param name the name in the list of credentials. Default: its type
 * @returns the value for a node's `credentials`
 * @throws StepError with n8n's text
 */
export const connectCredential = async (
	client: N8nClient,
	credential: NewCredential,
	name = credential.type,
): Promise<NodeCredentials> => {
	const { type, data, code } = credential;
	const id = await client.createCredential(name, type, data);
	if (code !== undefined) await client.finishOAuth(id, code);
	return { [type]: { id, name } };
};
