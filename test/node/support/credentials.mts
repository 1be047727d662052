import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeProperties,
	Workflow,
} from 'n8n-workflow';
import { SpakinectApi } from '../../../credentials/SpakinectApi.credentials';
import { SpakinectClientApi } from '../../../credentials/SpakinectClientApi.credentials';

const TYPES: Record<string, ICredentialType> = {
	spakinectApi: new SpakinectApi(),
	spakinectClientApi: new SpakinectClientApi(),
};

/**
 * What n8n's own credentials helper does for generic authentication: the header's expression is
 * evaluated by the workflow's expression engine over the decrypted fields.
 */
export function credentialsHelper(stored: Record<string, ICredentialDataDecryptedObject>) {
	return {
		getParentTypes: (): string[] => [],
		isCredentialUsableByNode: () => true,
		getCredentialsProperties: (type: string): INodeProperties[] => TYPES[type]?.properties ?? [],
		getDecrypted: async (_data: unknown, _node: unknown, type: string) => ({ ...stored[type] }),
		preAuthentication: async () => undefined,
		authenticate: async (
			credentials: ICredentialDataDecryptedObject,
			type: string,
			options: IHttpRequestOptions,
			workflow: Workflow,
			node: INode,
		) => {
			const generic = TYPES[type]?.authenticate as { properties: { headers: IDataObject } };
			const headers: IDataObject = { ...options.headers };
			for (const [name, expression] of Object.entries(generic.properties.headers)) {
				headers[name] = workflow.expression.getSimpleParameterValue(
					node,
					expression as string,
					'internal',
					{ $credentials: credentials } as never,
				) as string;
			}
			return { ...options, headers };
		},
	};
}
