import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { apiKeyProblem } from '../../../credentials/apiKey';
import { BASE_URLS, SAFE_BASE_URL } from '../../../credentials/connection';

/** The two kinds of Spakinect API key. Each works with its own API. */
export type KeyKind = 'emr' | 'client';

const CREDENTIAL_NAMES: Record<KeyKind, string> = {
	emr: 'spakinectApi',
	client: 'spakinectClientApi',
};

/** The n8n credential type that holds a key of this kind. */
export const credentialName = (kind: KeyKind): string => CREDENTIAL_NAMES[kind];

export type Environment = 'production' | 'staging' | 'custom';

export interface Endpoint {
	environment: Environment;
	/** Without a slash at the end. */
	baseUrl: string;
}

/**
 * The address to which the key of this credential may be sent.
 *
 * @throws NodeOperationError if the custom base URL is neither https nor http on this machine, because the key
 *   and patient data would be sent unencrypted
 */
export function readEndpoint(
	node: INode,
	kind: KeyKind,
	credential: ICredentialDataDecryptedObject,
): Endpoint {
	const { environment } = credential;
	if (environment !== 'custom') {
		const known = environment === 'staging' ? 'staging' : 'production';
		return { environment: known, baseUrl: BASE_URLS[kind][known] };
	}
	const url = typeof credential.baseUrl === 'string' ? credential.baseUrl.trim() : '';
	if (!new RegExp(SAFE_BASE_URL, 'i').test(url)) {
		throw new NodeOperationError(node, "The 'Base URL' of the credential cannot be used", {
			description: 'It must start with https:// (http:// is accepted for localhost only).',
		});
	}
	return { environment: 'custom', baseUrl: url.replace(/\/+$/, '') };
}

/** @throws NodeOperationError before anything is sent, if the credential's value can't be an API key */
export function requireUsableKey(node: INode, credential: ICredentialDataDecryptedObject): void {
	const problem = apiKeyProblem(credential.apiKey);
	if (problem !== undefined) throw new NodeOperationError(node, problem);
}
