import type { IDataObject } from 'n8n-workflow';
import { createSummary } from '../../domain/summary/create';
import type { Item } from '../operation';
import { readCollection } from '../parameters';
import type { Requested, VisitRequest } from './request';

/** The caller's own ID, which Spakinect does not get. */
export function referenceOf(item: Item): IDataObject {
	const { reference } = readCollection(item, 'options');
	return reference === undefined || reference === '' ? {} : { reference };
}

/** What a request gave, without what was sent: for the output of Create and of Reschedule. */
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
	};
}
