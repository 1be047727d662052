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
	/** The visit's status before the move, as the API writes it. */
	status: unknown;
}

/**
 * Whether the user left the field empty. An expression that returns nothing is an error instead, because the
 * booking may name other treatments than the old visit.
 */
function isLeftEmpty(item: Item): boolean {
	const raw = item.fn.getNodeParameter('treatments', item.index, '', { rawExpressions: true });
	return Array.isArray(raw) ? raw.length === 0 : raw === '';
}

/**
 * The treatments of the visit, used if the field is empty. Another booking may use the same visit, so the
 * treatments of one booking aren't enough.
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

/**
 * Reads the booking and the visit to move. Nothing is changed.
 * @throws InputError naming the field, also if the visit is another patient's
 */
export async function readMove(item: Item): Promise<Move> {
	const gfeId = requiredText(item, 'gfeId');
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
