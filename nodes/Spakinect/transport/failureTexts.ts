import { isCertificate } from './retryPolicy';

type Text = [what: string, advice: string];

const WHAT_TO_DO: Record<number, Text> = {
	400: [
		'Spakinect did not accept the request',
		'Check the values of this operation, above all dates, phone and treatments.',
	],
	401: [
		'Spakinect does not accept the API key',
		'Open the credential, paste the key again, and check that its kind (EMR or Client) and its environment fit. If the key was renewed, renew it here too.',
	],
	403: [
		'This API key may not use this location or GFE',
		'Check the location ID. With an EMR key, the client must also choose your EMR for the location: Client Portal > Manage Account > Edit Location > EMR System.',
	],
	408: ['Spakinect gave up waiting for the request', 'Try again later.'],
	409: ['Spakinect reports a conflict', 'Look at the visit in the portal before you try again.'],
	429: [
		'Spakinect receives too many requests',
		'Try again later, or lower Max Parallel Requests in the options.',
	],
};

const OUTAGE: Text = ['Spakinect is not able to answer at the moment', 'Try again later.'];

const notFound = (path: string): Text =>
	/^\/(visits|appointments)\/./.test(path)
		? [
				'Spakinect does not know this GFE',
				'Check the GFE ID and the environment of the credential.',
			]
		: [
				'Spakinect does not know this location or address',
				'Check the location ID (Client Portal) and the environment of the credential.',
			];

/** What a refusing status means for whoever called this path, and what to do about it. */
export function explainStatus(status: number, path: string): Text {
	if (status === 404) return notFound(path);
	if (status >= 300 && status < 400) {
		return [
			'Spakinect answered with a redirect, which is not followed because the API key would go along',
			'Check the base URL of the credential.',
		];
	}
	if (status >= 500) return OUTAGE;
	return (
		WHAT_TO_DO[status] ?? ['Spakinect refused the request', 'Check the values of this operation.']
	);
}

const NETWORK: Record<string, Text> = {
	ECONNREFUSED: [
		'Spakinect could not be reached: the connection was refused',
		'Check the base URL of the credential and the network of n8n.',
	],
	ENOTFOUND: [
		'Spakinect could not be reached: the host name is unknown',
		'Check the base URL of the credential and the network of n8n.',
	],
	EAI_AGAIN: [
		'Spakinect could not be reached: its host name could not be looked up',
		'Check the network of n8n, or try again later.',
	],
	ECONNABORTED: ['Spakinect did not answer in time', 'Try again later.'],
};

const UNTRUSTED: Text = [
	'Spakinect could not be reached safely: its certificate is not trusted',
	'Check the base URL of the credential. Where a proxy inspects encrypted traffic, n8n must be told of its certificate (NODE_EXTRA_CA_CERTS).',
];

/** What the network failure of this code (Node's) means, and what to do about it. */
export function explainNetwork(code: string): Text {
	const known = NETWORK[code === 'ETIMEDOUT' ? 'ECONNABORTED' : code];
	if (known) return known;
	return isCertificate(code)
		? UNTRUSTED
		: ['The connection to Spakinect ended before the answer came', 'Try again later.'];
}
