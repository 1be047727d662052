import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { connectionProperties, credentialTest, withApiKey } from './connection';

export class SpakinectClientApi implements ICredentialType {
	name = 'spakinectClientApi';

	displayName = 'Spakinect Client API';

	icon: Icon = { light: 'file:spakinect.svg', dark: 'file:spakinect.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-spakinect/n8n-nodes-spakinect/blob/main/README.md#credentials';

	properties: INodeProperties[] = connectionProperties(
		'client',
		'Create this key in the Spakinect Client Portal: Manage Account > Generate API Key',
	);

	authenticate = withApiKey;

	test: ICredentialTestRequest = credentialTest('client');
}
