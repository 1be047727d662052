import type { N8nClient } from '../n8n/client.mts';
import type { NewCredential } from './shared/tokens.mts';

/** A credential as a workflow's node names it, e.g. `{ slackApi: { id, name } }`. */
export type NodeCredentials = Record<string, { id: string; name: string }>;

/**
 * Creates a stand-in's credential in n8n and, where the vendor wants OAuth, connects it as a person does who agrees
 * on the vendor's page: n8n gets the code and trades it for tokens.
 * @param name as the list of credentials shows it; default: its type
 * @returns for a node's `credentials`
 * @throws StepError with n8n's words
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
