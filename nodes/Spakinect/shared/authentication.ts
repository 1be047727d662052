import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

/** The two kinds of API key that Spakinect hands out; they reach different APIs. */
export type KeyKind = 'emr' | 'client';

const CREDENTIAL_NAMES: Record<KeyKind, string> = {
	emr: 'spakinectApi',
	client: 'spakinectClientApi',
};

/** The n8n credential type that holds a key of this kind. */
export const credentialName = (kind: KeyKind): string => CREDENTIAL_NAMES[kind];

/** Reads the value of the `authentication` parameter; anything but `client` is an EMR key. */
export const toKeyKind = (value: unknown): KeyKind => (value === 'client' ? 'client' : 'emr');

/** The choice of key, first parameter of all three nodes. */
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
		name: CREDENTIAL_NAMES.emr,
		required: true,
		displayOptions: { show: { authentication: ['emr'] } },
	},
	{
		name: CREDENTIAL_NAMES.client,
		required: true,
		displayOptions: { show: { authentication: ['client'] } },
	},
];
