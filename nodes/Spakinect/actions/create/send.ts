import type { IDataObject } from 'n8n-workflow';
import { readVisit } from '../../domain/visit/visit';
import type { Visit } from '../../domain/visit/visit';
import { failureOf } from '../../transport/errors';
import type { Wanted } from './duplicates';
import { linkOf } from './duplicates';
import type { Item } from '../operation';

/** An open visit as it is in Spakinect right after its creation. */
function asVisit(gfeId: string, { person, treatments, locationId }: Wanted): Visit | undefined {
	const raw = {
		gfe_id: gfeId,
		status: 'Processing',
		requested_treatments: treatments,
		patient_details: {
			first_name: person.firstName,
			last_name: person.lastName,
			email: person.email,
			dob: person.dateOfBirth,
		},
	};
	return readVisit(raw, { locationId });
}

/** The id of a new visit; the documentation calls it `gfe_id` in one place and `visit_id` in another. */
export const createdId = (answer: IDataObject): string | undefined =>
	[answer.gfe_id, answer.visit_id]
		.filter((id) => typeof id === 'string' || typeof id === 'number')
		.map((id) => String(id).trim())
		.find((id) => id !== '');

/** What a create gave. */
export interface Created {
	gfeId: string;
	link: string | null;
}

async function confirmed(
	item: Item,
	path: string,
	wanted: Wanted,
	send: () => Promise<IDataObject>,
): Promise<Created> {
	const answer = await send();
	const gfeId = createdId(answer);
	if (gfeId === undefined) throw item.api.incomplete(path, answer);
	const link = linkOf(answer);
	const visit = asVisit(gfeId, wanted);
	if (visit) item.created.add(wanted.locationId, visit, link);
	return { gfeId, link };
}

/**
 * Sends a create and remembers what came of it for the guard of the items that follow.
 *
 * @param send sends the request
 * @throws the error of `send`; NodeApiError if the answer names no visit
 */
export async function sendCreate(
	item: Item,
	path: string,
	wanted: Wanted,
	send: () => Promise<IDataObject>,
): Promise<Created> {
	return await confirmed(item, path, wanted, send).catch((error: unknown) => {
		const doubtful = failureOf(error)?.uncertain ? asVisit('in doubt', wanted) : undefined;
		if (doubtful) item.created.addDoubt(wanted.locationId, doubtful);
		return Promise.reject(error);
	});
}
