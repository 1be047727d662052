import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';
import type { KeyKind } from '../transport/credential';
import { credentialName } from '../transport/credential';

/** Reads the value of the `authentication` parameter; anything but `client` is an EMR key. */
export const toKeyKind = (value: unknown): KeyKind => (value === 'client' ? 'client' : 'emr');

/** The choice of key. It is the first parameter of all three nodes. */
export const authenticationProperty: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'EMR API Key',
			value: 'emr',
			description: 'The key that Spakinect gives to an EMR vendor or a group',
		},
		{
			name: 'Client API Key',
			value: 'client',
			description: 'The key of one med spa: Client Portal > Manage Account > Generate API Key',
		},
	],
	default: 'emr',
};

/** For `description.credentials`: the credential that fits the chosen kind of key. */
export const credentialsByAuthentication: INodeCredentialDescription[] = [
	{
		name: credentialName('emr'),
		required: true,
		displayOptions: { show: { authentication: ['emr'] } },
	},
	{
		name: credentialName('client'),
		required: true,
		displayOptions: { show: { authentication: ['client'] } },
	},
];
