import type { IDataObject } from 'n8n-workflow';
import { readVisit } from '../../domain/visit/visit';
import type { Visit } from '../../domain/visit/visit';
import { failureOf } from '../../transport/errors';
import type { Item } from '../operation';
import type { Created } from '../run/createRecord';
import type { Wanted } from './duplicates';
import { guardAgainstDuplicate, linkOf } from './duplicates';

/** What came of a request for a visit: a new one, or the open one that was there. */
export interface Requested extends Created {
	created: boolean;
	/** Of an open visit that was there, as the API wrote it. */
	status?: string;
}

/** A request for a visit: what it asks for, and how it is sent. */
export interface CreateRequest {
	path: string;
	wanted: Wanted;
	/** In its final form. */
	body: IDataObject;
	send(): Promise<IDataObject>;
}

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

/** The ID of a new visit. The documentation calls it `gfe_id` in one place and `visit_id` in another. */
export const createdId = (answer: IDataObject): string | undefined =>
	[answer.gfe_id, answer.visit_id]
		.filter((id) => typeof id === 'string' || typeof id === 'number')
		.map((id) => String(id).trim())
		.find((id) => id !== '');

/** Lets the guard of the items that follow know of a visit, which the list may not hold. */
function remember(item: Item, wanted: Wanted, { gfeId, link }: Created): void {
	const visit = asVisit(gfeId, wanted);
	if (visit) item.created.add(wanted.locationId, visit, link);
}

async function send(item: Item, request: CreateRequest): Promise<Created> {
	const answer = await request.send();
	const gfeId = createdId(answer);
	if (gfeId === undefined) throw item.api.incomplete(request.path, answer);
	return { gfeId, link: linkOf(answer) };
}

/** Sends the create and notes how it ended, for a retry and for the items that follow. */
async function create(item: Item, request: CreateRequest): Promise<Created> {
	const { wanted, body } = request;
	try {
		const created = await send(item, request);
		item.record.note(item.index, body, created);
		return created;
	} catch (error) {
		if (failureOf(error)?.uncertain) {
			item.record.note(item.index, body, 'inDoubt');
			const doubtful = asVisit('in doubt', wanted);
			if (doubtful) item.created.addDoubt(wanted.locationId, doubtful);
		}
		throw error;
	}
}

/**
 * Requests a visit once. A retry of the execution gets what its first try created, and an open visit is
 * handled as the user chose.
 *
 * @throws the error of `send`; NodeApiError if the answer names no visit; InputError of the guard
 */
export async function requestVisit(item: Item, request: CreateRequest): Promise<Requested> {
	const { wanted, body } = request;
	const earlier = item.record.earlier(item.index, body);
	if (earlier !== undefined && 'gfeId' in earlier) {
		remember(item, wanted, earlier);
		return { ...earlier, created: true };
	}
	const existing = await guardAgainstDuplicate(item, wanted, earlier?.doubt);
	if (existing) {
		const { gfe_id: gfeId, status } = existing.visit;
		return { gfeId, link: existing.link, created: false, status };
	}
	const created = await create(item, request);
	remember(item, wanted, created);
	return { ...created, created: true };
}
