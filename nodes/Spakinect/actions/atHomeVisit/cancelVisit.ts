import { InputError } from '../../domain/inputError';
import { shownStatus, statusGroup } from '../../domain/visit/status';
import { failureOf } from '../../transport/errors';
import type { Item } from '../operation';

/** 400 is documented. A conflict and an unprocessable request say the same elsewhere. */
const REFUSALS = new Set([400, 409, 422]);

/** What came of a cancel. */
export interface CancelOutcome {
	isCanceled: boolean;
	/** True if Spakinect refused it: the visit was canceled before, or can't be. */
	isRefusal: boolean;
	/** Of the visit now, as the API wrote it. */
	status: unknown;
}

/** The answer to a cancel that was not plainly confirmed. */
type Unconfirmed = 'refused' | 'unclear';

function unconfirmedBy(error: unknown): Unconfirmed | undefined {
	const failure = failureOf(error);
	if (failure?.reason === 'unreadable') return 'unclear';
	const isRefusal = REFUSALS.has(failure?.status ?? 0) || failure?.reason === 'refused';
	return isRefusal ? 'refused' : undefined;
}

/**
 * Sends the cancel.
 *
 * @returns the confirmed status, or how the answer left it open. A status that contradicts (the visit is
 *   open, or done) is no confirmation: the patient would still be expected while the workflow goes on.
 */
async function send(item: Item, gfeId: string): Promise<{ status: unknown } | Unconfirmed> {
	const answer = await item.api
		.write('PATCH', `/appointments/${encodeURIComponent(gfeId)}/cancel`)
		.catch((error: unknown) => unconfirmedBy(error) ?? Promise.reject(error));
	if (typeof answer === 'string') return answer;
	const contradicts = ['open', 'completed', 'rejected'].includes(statusGroup(answer.status));
	return contradicts ? 'unclear' : { status: answer.status };
}

/**
 * Cancels an at-home visit. If the answer doesn't say what the visit's status is, the visit is read. A visit
 * that was canceled before is what the user wanted, also if the first of two tries of this call did it.
 */
export async function cancelVisit(item: Item, gfeId: string): Promise<CancelOutcome> {
	const answer = await send(item, gfeId);
	if (typeof answer !== 'string') {
		return { isCanceled: true, isRefusal: false, status: answer.status };
	}
	const { status } = await item.api.visit(gfeId, { fresh: true });
	const isCanceled = statusGroup(status) === 'cancelled';
	return { isCanceled, isRefusal: answer === 'refused', status };
}

/** The error for a cancel that Spakinect accepted although the visit is not canceled. */
export const unclearCancel = (status: unknown): InputError =>
	new InputError(
		'GFE ID',
		`Spakinect accepted the cancel, but the visit of this 'GFE ID' is not canceled: its status is ${shownStatus(status)}`,
		'Look at the visit in the portal.',
	);
