import type { Answer, NetworkOutcome } from './attempt';
import { saysAlreadyDone, isFromProxy, saidBy, speaksOfDate } from './documentedMessages';
import { BAD_LIST, BLOCKED, explainNetwork, explainStatus } from './failureTexts';

/** The part of an API call that its failure texts need. */
export interface ApiRequest {
	method: 'GET' | 'POST' | 'PATCH';
	path: string;
	qs?: Record<string, string>;
	body?: Record<string, unknown>;
	/** True if Spakinect contacts or registers a patient because of it. It must not be sent twice. */
	creates?: boolean;
}

/** Why a call failed, in texts that are safe to store: no key, no body, no patient data. */
export interface Failure {
	/** HTTP status, or undefined if no answer came. */
	status?: number;
	message: string;
	advice: string;
	/** True if a visit may have been created although the request failed. */
	uncertain: boolean;
	/**
	 * For decisions of operations. `date`: a 400 whose text is about a date. `unreadable`: a success by its
	 * status, but without a usable answer. `refused`: `success: false` under 2xx. `done`: a refusal because it
	 * was already done.
	 */
	reason?: 'date' | 'done' | 'refused' | 'unreadable';
}

const UNSURE =
	'Look for the visit in the portal or with GFE > Get Many before you run this item again: a second visit contacts the patient again.';

function build(
	request: ApiRequest,
	what: string,
	advice: string,
	mayHaveArrived: boolean,
): Failure {
	const uncertain = mayHaveArrived && request.creates === true;
	return {
		message: uncertain ? `${what}. The visit may have been created` : what,
		advice: uncertain ? UNSURE : advice,
		uncertain,
	};
}

/** Joins sentences with a space. Undefined ones are left out. */
const sentences = (...parts: Array<string | undefined>): string => parts.filter(Boolean).join(' ');

/**
 * The failure of an answer with a status other than 2xx. A documented message adds the node's sentence for it.
 */
export function statusFailure(request: ApiRequest, answer: Answer): Failure {
	const { status, body } = answer;
	const isBlocked = isFromProxy(status, body);
	const [what, advice] = isBlocked ? BLOCKED : explainStatus(status, request.path);
	const failure = build(request, `${what} (${status})`, advice, mayBeDone(status));
	const isDate = status === 400 && speaksOfDate(body);
	return {
		...failure,
		status,
		advice: sentences(isBlocked ? undefined : saidBy(body, status), failure.advice),
		...(isDate ? { reason: 'date' } : {}),
		...(saysAlreadyDone(request.path, answer.body) ? { reason: 'done' } : {}),
	};
}

/** Statuses that may follow completed work. 302 and 303 point to the result of a POST that was handled. */
const mayBeDone = (status: number): boolean =>
	status >= 500 || status === 408 || status === 302 || status === 303;

/** Whether an answer contains the ID of a visit. */
function namesVisit(body: unknown): boolean {
	if (typeof body !== 'object' || body === null) return false;
	const { gfe_id: gfeId, visit_id: visitId } = body as { gfe_id?: unknown; visit_id?: unknown };
	return Boolean(gfeId) || Boolean(visitId);
}

/**
 * The failure of `success: false` under a 2xx status. An answer that also names a visit contradicts itself, so
 * the result of a create is then unknown.
 */
export function refusedFailure(request: ApiRequest, answer: Answer): Failure {
	const said = saidBy(answer.body, answer.status);
	const failure = build(
		request,
		'Spakinect answered that it could not do this',
		said === undefined ? 'Try again later.' : '',
		namesVisit(answer.body),
	);
	return {
		...failure,
		status: answer.status,
		advice: sentences(said, failure.advice),
		reason: saysAlreadyDone(request.path, answer.body) ? 'done' : 'refused',
	};
}

/** The failure of a 2xx answer that is empty, HTML, cut off or lacks what the operation needs. */
export function unreadableFailure(request: ApiRequest, answer: Answer): Failure {
	const empty = answer.body === '' || answer.body === undefined || answer.body === null;
	return {
		...build(
			request,
			empty
				? 'Spakinect sent an empty answer'
				: "Spakinect's answer is not in the form that its API describes",
			'Check the Base URL of the credential, or try again later.',
			true,
		),
		status: answer.status,
		reason: 'unreadable',
	};
}

/** The failure of a list of visits that can't be used for decisions. */
export const listFailure = (problem: keyof typeof BAD_LIST): Failure => {
	const [message, advice] = BAD_LIST[problem];
	return { message, advice, uncertain: false, status: 200, reason: 'unreadable' };
};

/** The failure of a request without an answer. */
export function networkFailure(request: ApiRequest, outcome: NetworkOutcome): Failure {
	const [what, advice] = explainNetwork(outcome.network, outcome.neverSent);
	return build(request, what, advice, !outcome.neverSent);
}

/** The failure of a request that was under way when the execution was canceled. */
export const stoppedFailure = (request: ApiRequest): Failure =>
	build(request, 'The execution was stopped before the answer came', '', true);
