import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { SpakinectApi } from '../../../credentials/SpakinectApi.credentials';
import { SpakinectClientApi } from '../../../credentials/SpakinectClientApi.credentials';

const TYPES: Record<string, ICredentialType> = {
	spakinectApi: new SpakinectApi(),
	spakinectClientApi: new SpakinectClientApi(),
};

/** Does what n8n's own credentials helper does for credentials that add the key with a function. */
export function credentialsHelper(stored: Record<string, ICredentialDataDecryptedObject>) {
	return {
		getParentTypes: (): string[] => [],
		isCredentialUsableByNode: () => true,
		getCredentialsProperties: (type: string): INodeProperties[] => TYPES[type]?.properties ?? [],
		getDecrypted: async (_data: unknown, _node: unknown, type: string) => {
			// n8n throws this for a deleted credential.
			if (stored[type] === undefined)
				throw new Error(`Credential does not exist for type "${type}".`);
			return { ...stored[type] };
		},
		preAuthentication: async () => undefined,
		authenticate: async (
			credentials: ICredentialDataDecryptedObject,
			type: string,
			options: IHttpRequestOptions,
		) => {
			const authenticate = TYPES[type]?.authenticate;
			return typeof authenticate === 'function'
				? await authenticate(credentials, options)
				: options;
		},
	};
}
