import { readMillis } from '../visit/apiVisit';
import type { Decision } from '../visit/decisions';
import { shownStatus } from '../visit/status';
import { toTreatmentRows } from '../visit/treatmentRows';
import type { Visit } from '../visit/visit';
import { listText, timeText } from './summary';

const LABELS: ReadonlyArray<[decision: Decision, label: string]> = [
	['approved', 'Approved'],
	['conditionally_approved', 'Conditionally approved'],
	['deferred', 'Deferred'],
	['undecided', 'Undecided'],
];

/**
 * Each treatment once, with the decision that counts. If it is in two lists, the more cautious decision counts.
 */
function decisionStatements(visit: Visit): string[] {
	const rows = toTreatmentRows(visit);
	return LABELS.flatMap(([decision, label]) => {
		const names = rows.flatMap((row) => (row.decision === decision ? (row.treatment ?? []) : []));
		return names.length === 0 ? [] : [`${label}: ${listText(names)}`];
	});
}

/**
 * The statements about a visit, such as `Status Completed, evaluated March 9, 2026, 2:30 PM PDT` and `Approved:
 * Botox`. A visit that isn't completed has only its status and the requested treatments.
 *
 * @param zone IANA name for the time
 */
export function visitStatements(visit: Visit, zone: string): string[] {
	const status = `Status ${shownStatus(visit.status)}`;
	if (visit.status_group !== 'completed') {
		return [status, `Requested: ${listText(visit.requested_treatments)}`];
	}
	const millis = readMillis(visit.evaluation_completed);
	const evaluated = millis === null ? '' : `, evaluated ${timeText(millis, zone)}`;
	return [`${status}${evaluated}`, ...decisionStatements(visit)];
}
