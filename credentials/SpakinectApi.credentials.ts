import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { connectionProperties, credentialTest, withApiKey } from './connection';

export class SpakinectApi implements ICredentialType {
	name = 'spakinectApi';

	displayName = 'Spakinect EMR API';

	icon: Icon = { light: 'file:spakinect.svg', dark: 'file:spakinect.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-spakinect/n8n-nodes-spakinect/blob/main/README.md#credentials';

	properties: INodeProperties[] = [
		...connectionProperties(
			'emr',
			'Ask Spakinect for this key. If your key is from the Client Portal, use the Spakinect Client API credential.',
		),
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			hint: 'Leave empty unless Spakinect gave you one',
			description:
				'If set, the webhook trigger refuses events that do not have it in the X-Webhook-Secret header',
		},
	];

	authenticate = withApiKey;

	test: ICredentialTestRequest = credentialTest('emr');
}
