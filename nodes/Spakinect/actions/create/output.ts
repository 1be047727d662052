import type { IDataObject } from 'n8n-workflow';
import { createSummary } from '../../domain/summary/request';
import { treatmentsText } from '../../domain/treatment/entries';
import type { Item } from '../operation';
import { readCollection } from '../parameters';
import type { VisitRequest } from './readRequest';
import type { Requested } from './request';

/** The user's own ID, which isn't sent to Spakinect. */
function referenceOf(item: Item): IDataObject {
	const { reference } = readCollection(item, 'options');
	return reference === undefined || reference === '' ? {} : { reference };
}

/**
 * The treatments and the appointment in a form that a table can store. n8n's Data Tables and spreadsheets take
 * neither a list nor Unix seconds. `treatments_text` can go back into the field Treatments.
 */
function rowFields({ wanted, at }: VisitRequest, treatments: string[]): IDataObject {
	return {
		treatments_text: treatmentsText(treatments),
		...(wanted.kind === 'atHome' ? { appointment_at: new Date(at).toISOString() } : {}),
	};
}

/** The request as it was sent for these treatments, its columns for a table, and the user's own ID. */
export const echoOf = (item: Item, request: VisitRequest, treatments: string[]): IDataObject => ({
	...request.body(treatments),
	...rowFields(request, treatments),
	...referenceOf(item),
});

/**
 * The columns in which a trigger's output brings the decision. They are empty here, so that a row that is used
 * again can be emptied by dragged fields: a row that keeps the decision of an earlier exam clears a patient whom
 * nobody has decided about.
 */
const UNDECIDED = { all_approved: null, evaluation_completed: null, event_id: null };

/** The result of a request, without the request, for the output of Create and Reschedule. */
export function outcomeOf(
	item: Item,
	{ wanted, at }: VisitRequest,
	requested: Requested,
): IDataObject {
	const { result, gfeId, link, status, treatments, skipped } = requested;
	const appointment = wanted.kind === 'atHome' ? at : null;
	const told = { result, gfeId, treatments, skipped, appointment };
	return {
		gfe_id: gfeId,
		created: result === 'requested',
		...(wanted.kind === 'inPerson' ? { visit_link: link } : {}),
		...(status === undefined ? {} : { status }),
		result,
		summary: createSummary(told, item.zone),
		skipped_treatments: skipped.map((one) => ({ ...one })),
		...UNDECIDED,
	};
}
