import { readMillis } from '../visit/apiVisit';
import { shownStatus } from '../visit/status';
import type { Visit } from '../visit/visit';
import { listText, timeText } from './summary';

const DECISIONS: ReadonlyArray<
	[
		label: string,
		list:
			| 'approved_treatments'
			| 'conditionally_approved_treatments'
			| 'deferred_treatments'
			| 'undecided_treatments',
	]
> = [
	['Approved', 'approved_treatments'],
	['Conditionally approved', 'conditionally_approved_treatments'],
	['Deferred', 'deferred_treatments'],
	['Undecided', 'undecided_treatments'],
];

/**
 * What a visit says, as statements: `Status Completed, evaluated March 9, 2026, 2:30 PM PDT` and
 * `Approved: Botox`. Of a visit that is not completed only the status and what was requested.
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
	const decided = DECISIONS.filter(([, list]) => visit[list].length > 0).map(
		([label, list]) => `${label}: ${listText(visit[list])}`,
	);
	return [`${status}${evaluated}`, ...decided];
}
