import { cancel } from './atHomeVisit/cancel.operation';
import { create as createAtHome } from './atHomeVisit/create.operation';
import { reschedule } from './atHomeVisit/reschedule.operation';
import { checkClearance } from './gfe/checkClearance.operation';
import { downloadPdf } from './gfe/downloadPdf.operation';
import { getExpiring } from './gfe/getExpiring.operation';
import { getAll as getManyGfes } from './gfe/getAll.operation';
import { reconcile } from './gfe/reconcile.operation';
import { create as createInPerson } from './inPersonVisit/create.operation';
import { subscribe } from './location/subscribe.operation';
import { getVisit } from './getVisit';
import type { AnyOperation, Resource } from './operation';
import { BOTH_KEYS, EMR_ONLY } from './operation';
import { getAll as getManyTreatments } from './treatment/getAll.operation';
import { register } from './webhook/register.operation';

/** Everything the action node can do, by use. The panel and the dispatch both come from this list. */
export const RESOURCES: readonly Resource[] = [
	{
		value: 'atHomeVisit',
		name: 'At-Home Visit',
		description:
			'A GFE that the patient does before the appointment, from a link by email and text',
		operations: [createAtHome, getVisit('an at-home visit', BOTH_KEYS), reschedule, cancel],
	},
	{
		value: 'gfe',
		name: 'GFE',
		description: 'Exams of both kinds: lists, PDFs, and whether a patient is cleared',
		operations: [checkClearance, downloadPdf, getExpiring, getManyGfes, reconcile],
	},
	{
		value: 'inPersonVisit',
		name: 'In-Person Visit',
		description: 'A GFE that the patient does at the spa, on a tablet or by QR code',
		operations: [createInPerson, getVisit('an in-person visit', EMR_ONLY)],
	},
	{
		value: 'location',
		name: 'Location',
		description: 'A site of the spa',
		operations: [subscribe],
	},
	{
		value: 'treatment',
		name: 'Treatment',
		description: 'What can be requested in a GFE',
		operations: [getManyTreatments],
	},
	{
		value: 'webhook',
		name: 'Webhook',
		description: 'Where Spakinect sends its events',
		operations: [register],
	},
];

/** The operation with these two parameter values, or undefined if there is none. */
export const findOperation = (resource: string, operation: string): AnyOperation | undefined =>
	RESOURCES.find(({ value }) => value === resource)?.operations.find(
		({ value }) => value === operation,
	);
