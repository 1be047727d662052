import type { IDataObject } from 'n8n-workflow';
import { replacedSummary } from '../../domain/summary/create';
import { toTaskError } from '../../transport/errors';
import { readVisitTreatments } from '../create/input';
import { echoOf, outcomeOf } from '../create/output';
import type { Decided } from '../create/request';
import { decideRequest, lookAgain, sendRequest } from '../create/request';
import type { Result } from '../operation';
import { warnOfOdd } from './booking';
import type { Move } from './move';

function output({ item, request, gfeId, status }: Move, outcome: IDataObject, sent: string[]) {
	const previous = { previous_gfe_id: gfeId, previous_status: (status ?? null) as string | null };
	const json = { ...outcome, ...previous, ...echoOf(item, request, sent) };
	return [{ json }];
}

/** The result if nothing was requested and the visit stays as it is. */
export const unchanged = (
	move: Move,
	result: string,
	summary: string,
	more: IDataObject = {},
): Result[] =>
	output(
		move,
		{ gfe_id: move.gfeId, created: false, result, summary, skipped_treatments: [], ...more },
		move.request.wanted.treatments,
	);

/**
 * Decides what to request again, before anything is canceled. Spakinect refuses or silently drops a treatment
 * that has left the catalog, so each name is checked.
 */
export async function decideAgain({ item, request }: Move, except?: string): Promise<Decided> {
	const decided = await decideRequest(item, request, except);
	if (decided.done) return decided;
	return { ...decided, treatments: await readVisitTreatments(item, decided.treatments) };
}

/**
 * Requests the exam of a move.
 *
 * @param isCanceled true if the visit was canceled for it, which an error must say
 */
export async function requestAgain(
	move: Move,
	decided: Decided,
	isCanceled: boolean,
	more: IDataObject = {},
): Promise<Result[]> {
	const { item, request, gfeId } = move;
	const sending = decided.done ?? sendRequest(item, request, decided);
	const requested = await Promise.resolve(sending).catch((error: unknown) => {
		const what = `GFE ${gfeId} was canceled, but its replacement was not confirmed`;
		return Promise.reject(isCanceled ? toTaskError(item.fn.getNode(), what, error) : error);
	});
	const outcome = outcomeOf(item, request, requested);
	if (requested.result === 'requested') {
		warnOfOdd(item, request);
		outcome.result = 'requested_again';
		outcome.summary = replacedSummary(String(outcome.summary), move);
	}
	return output(move, { ...outcome, ...more }, requested.treatments);
}

/** So long another run may take from its cancel to its create, in milliseconds. */
const OTHER_RUN_MS = 3_000;

/**
 * The visit was canceled by somebody else. Booking systems send one move twice at the same moment, and the other
 * run is requesting the exam now: two new exams would contact the patient twice.
 */
export async function afterOthers(move: Move, decided: Decided): Promise<Decided> {
	if (decided.done) return decided;
	await move.item.api.wait(OTHER_RUN_MS);
	return await lookAgain(move.item, move.request, decided, move.gfeId);
}
