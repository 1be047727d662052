import { InputError } from '../../domain/inputError';
import { isSamePerson } from '../../domain/visit/openVisit';
import type { Visit } from '../../domain/visit/visit';
import { readVisit } from '../../domain/visit/visit';
import type { VisitRequest } from '../create/readRequest';
import type { Item } from '../operation';
import { requiredText } from '../parameters';
import { readBooking } from './booking';

/** A booking that is moved. */
export interface Move {
	item: Item;
	request: VisitRequest;
	gfeId: string;
	/** Of the visit before, as the API wrote it. */
	status: unknown;
}

/**
 * Whether the field itself was left empty. An expression that gives nothing is a mistake and stays one: the
 * treatments of the visit before would be requested for a booking that names others.
 */
function isLeftEmpty(item: Item): boolean {
	const raw = item.fn.getNodeParameter('treatments', item.index, '', { rawExpressions: true });
	return Array.isArray(raw) ? raw.length === 0 : raw === '';
}

/**
 * The treatments of the visit, for which the field was left empty. Another booking may use the visit too, so
 * that the treatments of one booking are not enough.
 *
 * @throws InputError if it has none
 */
function treatmentsOf(visit: Visit | null | undefined): string[] {
	const treatments = visit?.requested_treatments ?? [];
	if (treatments.length > 0) return treatments;
	throw new InputError(
		'Treatments',
		"'Treatments' is empty, and the visit has none either",
		'Enter the treatments of the booking. Nothing was changed.',
	);
}

/** @throws InputError if the visit is not one of the patient: nothing was changed then */
export async function readMove(item: Item): Promise<Move> {
	const gfeId = requiredText(item, 'gfeId', 'GFE ID');
	const booked = isLeftEmpty(item) ? undefined : await readBooking(item);
	const raw = await item.api.visit(gfeId, { fresh: true });
	const visit = readVisit({ ...raw, gfe_id: gfeId });
	const request = booked ?? (await readBooking(item, treatmentsOf(visit)));
	const { kind, person } = request.wanted;
	if (!visit || !isSamePerson(visit, person, kind)) {
		throw new InputError(
			'GFE ID',
			"The visit of this 'GFE ID' is of another patient",
			"Nothing was changed. Check that 'GFE ID', the names and 'Email' belong to the same booking.",
		);
	}
	return { item, request, gfeId, status: raw.status };
}
