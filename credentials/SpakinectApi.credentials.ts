import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { baseUrlExpression, connectionProperties, testRules, withApiKey } from './connection';

export class SpakinectApi implements ICredentialType {
	name = 'spakinectApi';

	displayName = 'Spakinect EMR API';

	icon: Icon = { light: 'file:spakinect.svg', dark: 'file:spakinect.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-spakinect/n8n-nodes-spakinect/blob/main/README.md#credentials';

	properties: INodeProperties[] = [
		...connectionProperties(
			'emr',
			'From Spakinect, for EMR vendors and groups. A key from the Client Portal is a Client API Key.',
		),
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only if Spakinect gave you one: the webhook trigger then also demands it in the X-Webhook-Secret header. Leave empty otherwise.',
		},
	];

	authenticate = withApiKey;

	test: ICredentialTestRequest = {
		request: { baseURL: baseUrlExpression('emr'), url: '/treatments', disableFollowRedirect: true },
		rules: testRules('EMR'),
	};
}
