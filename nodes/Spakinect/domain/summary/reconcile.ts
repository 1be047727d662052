import type { Visit } from '../visit/visit';
import { gfeText, sentences, visitStatements } from './summary';

/** The result of comparing a record with the list of visits. */
export type ReconcileResult =
	'same' | 'changed' | 'not_found' | 'not_completed' | 'no_gfe_id' | 'unrecorded';

/** The ID comes from the user's records, where a mapping mistake could put a name or an address. */
const ID = /^[\w-]{1,64}$/;

const idText = (gfeId: string): string => (ID.test(gfeId) ? gfeText(gfeId) : 'This GFE ID');

/**
 * `summary` of a record that has its visit, or of a visit that has no record.
 *
 * @param hasEventId false if the record has nothing to compare with
 */
export function visitSummary(
	result: 'same' | 'changed' | 'unrecorded',
	visit: Visit,
	zone: string,
	hasEventId = true,
): string {
	const gfe = gfeText(visit.gfe_id);
	const what = {
		same: hasEventId ? `${gfe} has not changed` : `${gfe} has no decision to record`,
		changed: `${gfe} has changed since it was recorded`,
		unrecorded: `${gfe} has no record`,
	}[result];
	return sentences(what, ...visitStatements(visit, zone));
}

/**
 * `summary` of a record without a visit in the list.
 *
 * @param isListMissing true if the list of another location could not be read
 */
export function missingSummary(
	result: 'not_found' | 'not_completed' | 'no_gfe_id',
	gfeId: string,
	isListMissing: boolean,
): string {
	if (result === 'no_gfe_id') return sentences('This record has no GFE ID');
	if (result === 'not_completed') {
		return sentences(
			`${idText(gfeId)} is not in the list of completed visits`,
			'If it should be, check the GFE ID',
		);
	}
	return sentences(
		`${idText(gfeId)} is not in the list of this location`,
		'Check the GFE ID and the location',
		isListMissing ? 'The list of another location could not be read' : undefined,
	);
}
