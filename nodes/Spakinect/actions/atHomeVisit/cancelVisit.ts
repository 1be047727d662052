import { InputError } from '../../domain/inputError';
import { shownStatus, statusGroup } from '../../domain/visit/status';
import { failureOf } from '../../transport/errors';
import { pathPart } from '../../transport/calls';
import type { Item } from '../operation';

/** The documentation names 400. Other APIs use 409 and 422 for the same refusal. */
const REFUSALS = new Set([400, 409, 422]);

/** The result of a cancel. */
export interface CancelOutcome {
	isCanceled: boolean;
	/** True if Spakinect refused it: the visit was canceled before, or can't be. */
	isRefusal: boolean;
	/** The visit's status now, as the API writes it. */
	status: unknown;
}

/** How an answer fails to confirm a cancel. */
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
 * @returns the confirmed status, or why it isn't confirmed. A status that contradicts the cancel (open or done)
 *   isn't a confirmation: the patient would still be expected while the workflow goes on.
 */
async function send(item: Item, gfeId: string): Promise<{ status: unknown } | Unconfirmed> {
	const answer = await item.api
		.write('PATCH', `/appointments/${pathPart(gfeId)}/cancel`)
		.catch((error: unknown) => unconfirmedBy(error) ?? Promise.reject(error));
	if (typeof answer === 'string') return answer;
	const contradicts = ['open', 'completed', 'rejected'].includes(statusGroup(answer.status));
	return contradicts ? 'unclear' : { status: answer.status };
}

/**
 * Cancels an at-home visit. If the answer doesn't confirm it, the visit is read. A visit that was already
 * canceled is a success, even if the first of two attempts of this call canceled it.
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

/** The error for a cancel that Spakinect accepted while the visit isn't canceled. */
export const unclearCancel = (status: unknown): InputError =>
	new InputError(
		'GFE ID',
		`Spakinect accepted the cancel, but the visit of this 'GFE ID' is not canceled: its status is ${shownStatus(status)}`,
		'Look at the visit in the portal.',
	);
