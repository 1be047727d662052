import { isCertificate, isHandshake } from './attempt';

type Text = [what: string, advice: string];

const WHAT_TO_DO: Record<number, Text> = {
	400: [
		'Spakinect did not accept the request',
		'Check the values of this operation, first of all dates, phone and treatments.',
	],
	401: [
		'Spakinect does not accept the API key',
		'Open the credential and paste the key again. Check that its kind (EMR or Client) and its environment are right. If the key was renewed at Spakinect, renew it here too.',
	],
	403: [
		'This API key has no access to this location or GFE',
		'Check the Location ID. With an EMR key, the client must also choose your EMR for the location: Client Portal > Manage Account > Edit Location > EMR System.',
	],
	408: ['Spakinect timed out while waiting for the request', 'Try again later.'],
	409: ['Spakinect reports a conflict', 'Look at the visit in the portal before you try again.'],
	429: [
		'Spakinect receives too many requests',
		'Try again later, or lower Max Parallel Requests in the options.',
	],
};

const OUTAGE: Text = ['Spakinect is not available', 'Try again later.'];

/** For a refusal that isn't Spakinect's own. */
export const BLOCKED: Text = [
	'A proxy or firewall refused the request, so it did not reach Spakinect',
	'Ask whoever runs the network of n8n to allow the host of the Base URL, and check the proxy settings of n8n (HTTPS_PROXY).',
];

const ASK = 'Nothing was decided from it. Try again later. If it stays, ask Spakinect.';

/** An answer to a list of visits that is not the whole list of the location. */
export const BAD_LIST = {
	incomplete: ["Spakinect's list of visits has fewer visits than it says", ASK],
	otherLocation: ["Spakinect's list of visits is of another location", ASK],
	noGfeId: ["Spakinect's list of visits has an entry without a GFE ID", ASK],
} satisfies Record<string, Text>;

const notFound = (path: string): Text =>
	/^\/(visits|appointments)\/./.test(path)
		? ['GFE not found', 'Check the GFE ID and the environment of the credential.']
		: [
				'Location not found',
				'Check the Location ID (it is in the Client Portal), and the environment or Base URL of the credential.',
			];

/** The meaning of a status other than 2xx for this path, and what to do about it. */
export function explainStatus(status: number, path: string): Text {
	if (status === 404) return notFound(path);
	if (status >= 300 && status < 400) {
		return [
			'Spakinect answered with a redirect, which is not followed because it would get the API key',
			'Check the Base URL of the credential.',
		];
	}
	if (status >= 500) return OUTAGE;
	return (
		WHAT_TO_DO[status] ?? ['Spakinect refused the request', 'Check the values of this operation.']
	);
}

const CHECK_NETWORK = 'Check the Base URL of the credential and the network of n8n.';
const UNREACHED: Record<string, Text> = {
	ECONNREFUSED: ['Spakinect could not be reached: the connection was refused', CHECK_NETWORK],
	ENOTFOUND: ['Spakinect could not be reached: the host name is unknown', CHECK_NETWORK],
	EAI_AGAIN: [
		'Spakinect could not be reached: its host name could not be looked up',
		'Check the network of n8n, or try again later.',
	],
	EHOSTUNREACH: ['Spakinect could not be reached: there is no route to its host', CHECK_NETWORK],
	ENETUNREACH: ['Spakinect could not be reached: there is no route to its network', CHECK_NETWORK],
};

const UNTRUSTED: Text = [
	'Spakinect could not be reached safely: its certificate is not trusted',
	'Check the Base URL of the credential. If a proxy inspects encrypted traffic, give n8n its certificate (NODE_EXTRA_CA_CERTS).',
];
const NO_ENCRYPTION: Text = [
	'Spakinect could not be reached safely: the encrypted connection was not established',
	'Check the Base URL of the credential, and a proxy between n8n and Spakinect.',
];

/**
 * The meaning of a network failure, and what to do about it.
 *
 * @param code Node's code
 * @param neverSent true if the connection failed before the request was sent
 */
export function explainNetwork(code: string, neverSent: boolean): Text {
	if (isCertificate(code)) return UNTRUSTED;
	if (isHandshake(code)) return NO_ENCRYPTION;
	if (code === 'ECONNABORTED' || code === 'ETIMEDOUT') {
		return ['Spakinect did not answer in time', 'Try again later.'];
	}
	if (!neverSent) {
		return ['The connection to Spakinect ended before the answer came', 'Try again later.'];
	}
	return (
		UNREACHED[code] ?? ['Spakinect could not be reached: the connection was closed', CHECK_NETWORK]
	);
}
