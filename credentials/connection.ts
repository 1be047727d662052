import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { apiKeyProblem, cleanApiKey } from './apiKey';

/**
 * Production and staging addresses of the two APIs (Spakinect's documentation). Defined once, because the
 * credential test and the nodes must send a key to the same address.
 */
export const BASE_URLS = {
	emr: {
		production: 'https://us-central1-spakinect-app.cloudfunctions.net/emr',
		staging: 'https://us-central1-spakinect-staging.cloudfunctions.net/emr',
	},
	client: {
		production: 'https://us-central1-spakinect-app.cloudfunctions.net/client',
		staging: 'https://us-central1-spakinect-staging.cloudfunctions.net/client',
	},
} as const;

type Api = keyof typeof BASE_URLS;

/** A custom base URL must not send the key unencrypted over a network: https, or http on this machine. */
export const SAFE_BASE_URL = String.raw`^(https:\/\/[^\s/?#]+|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)(\/[^\s?#]*)?$`;

/** The address used in place of a refused custom base URL. It can't exist, and its name says why. */
const REFUSED = 'https://custom-base-url-must-be-https.invalid';

/** The base URL as an n8n expression over the credential's fields, for the credential test. */
const baseUrlExpression = (api: Api): string =>
	`={{ $credentials.environment !== 'custom' ? ($credentials.environment === 'staging' ? '${BASE_URLS[api].staging}' : '${BASE_URLS[api].production}')` +
	` : /${SAFE_BASE_URL}/i.test(($credentials.baseUrl || '').trim()) ? $credentials.baseUrl.trim().replace(/\\/+$/, '') : '${REFUSED}' }}`;

/** Key, environment, custom base URL and locations: the same fields for both kinds of key. */
export const connectionProperties = (api: Api, whereToFind: string): INodeProperties[] => [
	{
		displayName: 'API Key',
		name: 'apiKey',
		type: 'string',
		typeOptions: { password: true },
		required: true,
		default: '',
		hint: whereToFind,
	},
	{
		displayName: 'Environment',
		name: 'environment',
		type: 'options',
		options: [
			{ name: 'Production', value: 'production' },
			{ name: 'Staging', value: 'staging' },
			{ name: 'Custom', value: 'custom' },
		],
		default: 'production',
		description: 'Staging is the test system of Spakinect. It has its own keys.',
	},
	{
		displayName: 'Base URL',
		name: 'baseUrl',
		type: 'string',
		required: true,
		default: '',
		placeholder: `e.g. ${BASE_URLS[api].staging}`,
		displayOptions: { show: { environment: ['custom'] } },
		description: 'Must start with https:// (http:// works for localhost only)',
	},
	{
		displayName: 'Locations',
		name: 'locations',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. Downtown: jkA6SQCtwZhRNpOFj0ZN',
		hint: 'Optional. One location per line, as Name: ID. Nodes then offer them as a list.',
		description:
			'Spakinect has no list of locations, so the nodes show this one. Copy the IDs from the Client Portal.',
	},
];

/** What the user calls the two kinds of key. */
const KINDS: Record<Api, string> = { emr: 'EMR', client: 'Client' };

type TestRules = ICredentialTestRequest['rules'];

/** The credential test: the treatment catalog, and what to say in place of n8n's stock texts. */
export const credentialTest = (api: Api): ICredentialTestRequest => {
	const forStatus = (value: number, message: string) => ({
		type: 'responseCode',
		properties: { value, message },
	});
	return {
		request: { baseURL: baseUrlExpression(api), url: '/treatments', disableFollowRedirect: true },
		// n8n's type allows rules of one kind only. Its credential tester reads each rule by its own type.
		rules: [
			forStatus(
				401,
				`Spakinect does not accept this key. Check that it is complete, that it is a key for the ${KINDS[api]} API, and that it belongs to the chosen environment.`,
			),
			forStatus(
				403,
				`Spakinect knows this key but doesn't allow it to use the ${KINDS[api]} API. Ask Spakinect for access.`,
			),
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'success',
					value: false,
					message: 'Spakinect answered but could not list the treatments. Try again later.',
				},
			},
		] as TestRules,
	};
};

/**
 * Adds the key to the request. It isn't an expression, because n8n fails on every expression of a credential in
 * a workflow whose binaryMode is "combined".
 *
 * @throws UserError if the value can't be a key. The credential test shows the message
 */
export const withApiKey = async (
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> => {
	const problem = apiKeyProblem(credentials.apiKey);
	if (problem !== undefined) throw new UserError(problem);
	return {
		...request,
		headers: { ...request.headers, 'x-api-key': cleanApiKey(credentials.apiKey) },
	};
};
