import type { IDataObject } from 'n8n-workflow';
import { failureOf } from '../../transport/errors';
import type { Item } from '../operation';
import type { Created } from '../run/createRecord';
import { linkOf } from './duplicates';
import type { VisitRequest } from './readRequest';

/** The ID of a new visit. The documentation calls it `gfe_id` in one place and `visit_id` in another. */
export const createdId = (answer: IDataObject): string | undefined =>
	[answer.gfe_id, answer.visit_id]
		.filter((id) => typeof id === 'string' || typeof id === 'number')
		.map((id) => String(id).trim())
		.find((id) => id !== '');

async function send(item: Item, request: VisitRequest, body: IDataObject): Promise<Created> {
	const answer = await request.send(body);
	const gfeId = createdId(answer);
	if (gfeId === undefined) throw item.api.incomplete(request.path, answer);
	return { gfeId, link: linkOf(answer) };
}

/**
 * Sends the create and notes how it ended, for a retry and for the items that follow.
 *
 * @param treatments those of the wanted treatments that are requested
 * @throws the error of the request; NodeApiError if the answer names no visit
 */
export async function sendCreate(
	item: Item,
	request: VisitRequest,
	treatments: string[],
): Promise<Created> {
	const wanted = { ...request.wanted, treatments };
	// A retry may find other treatments cleared, so the whole request identifies the booking.
	const identity = request.body(request.wanted.treatments);
	const created = await send(item, request, request.body(treatments)).catch((error: unknown) => {
		if (failureOf(error)?.uncertain) {
			item.record.note(item.index, identity, 'inDoubt');
			item.created.addDoubt(wanted);
		}
		return Promise.reject(error);
	});
	item.record.note(item.index, identity, created);
	item.created.addOpen(wanted, created.gfeId, created.link);
	return created;
}
