import type { IDataObject } from 'n8n-workflow';
import { failureOf } from '../../transport/errors';
import { mentionsPatient } from '../../domain/patient/mention';
import type { SkippedTreatment } from '../../domain/summary/request';
import { sameTreatment } from '../../domain/treatment/key';
import type { Item } from '../operation';
import type { Created, KeptTreatment } from '../run/createRecord';
import { linkOf } from './duplicates';
import type { VisitRequest } from './readRequest';

/** The treatments that are requested, and those that aren't because the patient is cleared. */
export interface Split {
	treatments: string[];
	skipped: SkippedTreatment[];
}

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

/** The split for the record of the execution. A typed name may contain patient data, so it isn't kept. */
function toRecord({ wanted, body }: VisitRequest, { treatments, skipped }: Split) {
	const patient = Object.values(body([]).patient_details as IDataObject);
	const keep = (name: string): KeptTreatment =>
		mentionsPatient(name, patient)
			? wanted.treatments.findIndex((one) => sameTreatment(one, name))
			: name;
	return {
		treatments: treatments.map(keep),
		skipped: skipped.map((one) => ({ ...one, treatment: keep(one.treatment) })),
	};
}

/** The split of a record. A record of an earlier version of the node has none. */
export function fromRecord({ wanted }: VisitRequest, { treatments, skipped = [] }: Created): Split {
	const nameOf = (kept: KeptTreatment): string[] =>
		typeof kept === 'string' ? [kept] : wanted.treatments.slice(kept, kept + 1);
	return {
		treatments: treatments?.flatMap(nameOf) ?? wanted.treatments,
		skipped: skipped.flatMap((one) =>
			nameOf(one.treatment).map((treatment) => ({ ...one, treatment })),
		),
	};
}

/**
 * Sends the create and notes how it ended, for a retry and for the items that follow.
 *
 * @throws the error of the request; NodeApiError if the answer names no visit
 */
export async function sendCreate(
	item: Item,
	request: VisitRequest,
	split: Split,
): Promise<Created> {
	const { treatments } = split;
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
	item.record.note(item.index, identity, { ...created, ...toRecord(request, split) });
	item.created.addOpen(wanted, created.gfeId, created.link);
	return created;
}
