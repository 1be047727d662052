import { safeWords } from './apiWords';
import type { Answer } from './attempt';

/** One call to the API, as far as its failure texts need to know it. */
export interface ApiRequest {
	method: 'GET' | 'POST' | 'PATCH';
	path: string;
	qs?: Record<string, string>;
	body?: Record<string, unknown>;
	/** True if Spakinect contacts or registers a patient because of it: doing it twice does harm. */
	creates?: boolean;
}

/** Why a call did not work, in words that are safe to store: no key, no body, no patient data. */
export interface Failure {
	/** HTTP status, or undefined if no answer came. */
	status?: number;
	message: string;
	advice: string;
	/** True if the write may have been carried out although it failed. */
	uncertain: boolean;
}

const WHAT_TO_DO: Record<number, [what: string, advice: string]> = {
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

const OUTAGE: [string, string] = [
	'Spakinect is not able to answer at the moment',
	'Try again later.',
];

const notFound = (path: string): [string, string] =>
	/^\/(visits|appointments)\/./.test(path)
		? [
				'Spakinect does not know this GFE',
				'Check the GFE ID and the environment of the credential.',
			]
		: [
				'Spakinect does not know this location or address',
				'Check the location ID (Client Portal) and the environment of the credential.',
			];

function explain(status: number, path: string): [string, string] {
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

const UNSURE =
	'Spakinect may have carried it out all the same: look for the visit in the portal or with GFE > Get Many before you run this item again, since a second visit contacts the patient again.';

function build(
	request: ApiRequest,
	what: string,
	advice: string,
	mayHaveArrived: boolean,
): Failure {
	const uncertain = mayHaveArrived && request.creates === true;
	return {
		message: uncertain ? `${what}. It is not known whether the visit was created` : what,
		advice: uncertain ? UNSURE : advice,
		uncertain,
	};
}

/**
 * The failure behind an answer with a refusing status. The API's own words are added as far as they are
 * known words of its vocabulary, since it might quote the patient.
 */
export function statusFailure(request: ApiRequest, answer: Answer): Failure {
	const [what, advice] = explain(answer.status, request.path);
	const words = safeWords(answer.body);
	const said = words ? `Spakinect says: "${words}". ` : '';
	const mayHaveArrived = answer.status >= 500 || answer.status === 408;
	const failure = build(request, `${what} (${answer.status})`, advice, mayHaveArrived);
	return { ...failure, status: answer.status, advice: said + failure.advice };
}

/** `success: false` under a status of 2xx: the API says itself that it did not work. */
export function refusedFailure(request: ApiRequest, answer: Answer): Failure {
	const words = safeWords(answer.body);
	return {
		...build(request, 'Spakinect answered, but reports that it could not do this', '', false),
		status: answer.status,
		advice: words ? `Spakinect says: "${words}".` : 'Try again later.',
	};
}

/** An answer of 2xx that is empty, HTML, cut off or without what the operation needs. */
export function unreadableFailure(request: ApiRequest, answer: Answer): Failure {
	const empty = answer.body === '' || answer.body === undefined || answer.body === null;
	return {
		...build(
			request,
			empty
				? 'Spakinect sent an empty answer'
				: 'Spakinect sent an answer that is not what its API describes',
			'Check the base URL of the credential, or try again later.',
			true,
		),
		status: answer.status,
	};
}

const NETWORK: Record<string, [string, string]> = {
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

/** No answer at all; `code` is Node's code of the network failure. */
export function networkFailure(
	request: ApiRequest,
	code: string,
	mayHaveArrived: boolean,
): Failure {
	const [what, advice] = NETWORK[code === 'ETIMEDOUT' ? 'ECONNABORTED' : code] ?? [
		'The connection to Spakinect ended before the answer came',
		'Try again later.',
	];
	return build(request, what, advice, mayHaveArrived);
}
