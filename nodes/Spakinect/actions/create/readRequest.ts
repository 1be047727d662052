import type { IDataObject } from 'n8n-workflow';
import type { PatientQuery } from '../../domain/patient/match';
import type { Item } from '../operation';
import { asReference, readCollection, requiredName, requiredText } from '../parameters';
import { readBookedTreatments, readIntakeAnswers } from './input';
import type { Wanted } from './wanted';

/** A request for a visit: what it asks for, and how it is sent. */
export interface VisitRequest {
	/** With all treatments, including those that turn out to be cleared. */
	wanted: Wanted;
	/** Unix milliseconds at which clearance counts: the appointment, or now for a visit at the spa. */
	at: number;
	/** What to send for these treatments, in its final form. */
	body(treatments: string[]): IDataObject;
	path: string;
	send(body: IDataObject): Promise<IDataObject>;
}

/** What only one kind of visit has. */
export interface OwnFields extends Pick<VisitRequest, 'path' | 'at' | 'send'> {
	kind: Wanted['kind'];
	/** How the search for an open visit tells patients of the same name apart. */
	person: Omit<PatientQuery, 'firstName' | 'lastName'>;
	/** `patient_details` without the names. */
	details: IDataObject;
	/** Fields of the request that the other kind does not have. */
	fields?: IDataObject;
}

/**
 * Reads and checks the request of an item, in the order of the panel. Nothing is sent.
 *
 * @param known treatments to use in place of the item's
 * @throws InputError naming the first field that can't be used
 */
export async function readRequest(
	item: Item,
	readOwn: (item: Item) => OwnFields,
	known?: string[],
): Promise<VisitRequest> {
	const locationId = requiredText(item, 'locationId');
	const firstName = requiredName(item, 'firstName');
	const lastName = requiredName(item, 'lastName');
	const { kind, path, at, send, ...own } = readOwn(item);
	const intakeAnswers = readIntakeAnswers(item);
	// Checked before the request, because a result with an unusable reference can't be stored.
	asReference(readCollection(item, 'options').reference);
	const person = { firstName, lastName, ...own.person };
	const patient = [...Object.values(person), ...Object.values(own.details)];
	const treatments = known ?? (await readBookedTreatments(item, patient));
	return {
		path,
		wanted: { kind, locationId, person, treatments },
		at,
		body: (requested) => ({
			patient_details: { first_name: firstName, last_name: lastName, ...own.details },
			location_id: locationId,
			...own.fields,
			requested_treatments: requested,
			...intakeAnswers,
		}),
		send,
	};
}
