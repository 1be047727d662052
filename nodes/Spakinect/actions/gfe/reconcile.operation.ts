import type { IDataObject } from 'n8n-workflow';
import { missingSummary, visitSummary } from '../../domain/summary/reconcile';
import type { ReconcileResult } from '../../domain/summary/reconcile';
import type { RawVisit } from '../../domain/visit/apiVisit';
import { shapeVisit } from '../../domain/visit/shape';
import { readVisit } from '../../domain/visit/visit';
import { reconcileFields } from '../reconcile/fields';
import {
	compareVisit,
	keyNow,
	wasCompletedBefore,
	readGfeId,
	readRecord,
} from '../reconcile/records';
import { readLists } from '../reconcile/lists';
import { readReconcileOptions } from '../reconcile/options';
import type { ReconcileOptions } from '../reconcile/options';
import type { StoredRecord } from '../reconcile/records';
import { BOTH_KEYS } from '../operation';
import type { AllItemsOperation, Item, Outcome, Result } from '../operation';

/** The fields that come before the visit in each result. */
interface Meta {
	result: ReconcileResult;
	reference: string | number | null;
	gfeId: string;
	locationId: string | undefined;
	/** Whether the record has an event ID to compare with. */
	hasEventId?: boolean;
}

/**
 * The results for a visit in the chosen form. `result` and the other added fields replace fields of the same
 * name in a raw visit.
 */
function withVisit(item: Item, meta: Meta, raw: RawVisit, { output }: ReconcileOptions): Result[] {
	const { result, reference, gfeId, locationId } = meta;
	const visit = readVisit(raw, { locationId });
	const summary =
		visit && (result === 'same' || result === 'changed' || result === 'unrecorded')
			? visitSummary(result, visit, item.zone, meta.hasEventId)
			: '';
	const head = { result, reference, event_id: keyNow(gfeId, raw), summary };
	const shaped = shapeVisit(raw, output, { locationId, zone: item.zone }) as IDataObject[];
	const message = output === 'summary' ? { message: summary } : {};
	return shaped.map((json) => ({ json: { ...head, ...json, ...head, ...message } }));
}

function withoutVisit(
	record: StoredRecord,
	result: 'not_found' | 'not_completed' | 'no_gfe_id',
	{ output }: ReconcileOptions,
	isListMissing: boolean,
): Result[] {
	const { gfeId, locationId, reference } = record;
	const summary = missingSummary(result, gfeId, isListMissing);
	const json: IDataObject = {
		result,
		reference,
		event_id: null,
		summary,
		gfe_id: gfeId === '' ? null : gfeId,
	};
	if (locationId !== undefined) json.location_id = locationId;
	if (output === 'summary') Object.assign(json, { needs_attention: true, message: summary });
	return [{ json }];
}

/** Compares the user's records, one per input item, with the lists of their locations. */
async function runAll(items: Item[]): Promise<Outcome[]> {
	const [first] = items;
	if (!first) return [];
	const options = readReconcileOptions(first);
	const { show } = options;
	const { pace } = first;
	const records: Array<StoredRecord | { index: number; error: unknown }> = [];
	const named = new Set<string>();
	for (const item of items) {
		await pace.breathe();
		try {
			const record = readRecord(item);
			records.push(record);
			named.add(record.gfeId);
		} catch (error) {
			records.push({ index: item.index, error });
			// The visit has a record, even though the record can't be used.
			named.add(readGfeId(item));
		}
	}
	const lists = await readLists(first.api, records, pace);

	const outcomes: Outcome[] = [];
	const missing = first.api.kind === 'client' ? 'not_completed' : 'not_found';
	for (const record of records) {
		const of = record.index;
		const error = 'error' in record ? record.error : lists.errorOf(record);
		if (error !== undefined || 'error' in record) {
			outcomes.push({ of, error });
			continue;
		}
		const { gfeId, reference } = record;
		const found = gfeId === '' ? undefined : lists.find(gfeId);
		if (found) {
			await pace.breathe();
			const result = compareVisit(record.eventId, gfeId, found.visit);
			const hasEventId = record.eventId !== '';
			const meta = { result, reference, gfeId, locationId: found.locationId, hasEventId };
			if (show.has(result)) {
				outcomes.push({ of, results: withVisit(first, meta, found.visit, options) });
			}
			continue;
		}
		const result = gfeId === '' ? 'no_gfe_id' : missing;
		if (show.has(result)) {
			const results = withoutVisit(record, result, options, lists.hasErrors());
			outcomes.push({ of, results });
		}
	}
	if (!show.has('unrecorded')) return outcomes;
	for (const { gfeId, visit, locationId } of lists.visits()) {
		if (named.has(gfeId) || wasCompletedBefore(visit, options.completedAfter)) continue;
		await pace.breathe();
		const meta = { result: 'unrecorded' as const, reference: null, gfeId, locationId };
		outcomes.push({ of: 'all', results: withVisit(first, meta, visit, options) });
	}
	return outcomes;
}

/** Reads the list of each named location once and compares it with the user's records. */
export const reconcile: AllItemsOperation = {
	value: 'reconcile',
	name: 'Reconcile',
	action: 'Reconcile GFEs with your records',
	description:
		'Compare your records, one per input item, with the visits at Spakinect: what changed, what is missing, and which visits have no record',
	keys: BOTH_KEYS,
	writes: false,
	hint: "Runs once over all input items: don't put it in a loop. Each item is one stored record, with its gfe_id and the event_id that was stored with it. Route on result. Store the new event_id with the record. A visit without a record comes out as an extra item with result unrecorded. Changed doesn't mean approved: look at the decisions.",
	fields: reconcileFields,
	runAll,
};
