import { DateTime } from 'luxon';
import { hasDecisions } from '../visit/furthest';
import { readMillis } from '../visit/apiVisit';
import type { StatusGroup } from '../visit/status';
import { shownStatus } from '../visit/status';
import { quickZone } from '../time/zone';
import { treatmentsText } from '../treatment/entries';
import { toTreatmentRows } from '../visit/treatmentRows';
import type { Visit } from '../visit/visit';
import { gfeText, sentences, visitStatements } from './summary';

/**
 * The `summary` output: flat, without patient data, for a chat message or a spreadsheet. Keys and their order
 * are part of the contract.
 */
type VisitForm = {
	gfe_id: string;
	location_id?: string;
	status: string;
	status_group: StatusGroup;
	/** `Botox, Laser`: the requested ones, then those decided without a request. */
	treatments_text: string;
	/** `Botox: approved; Laser: undecided`. Decisions count only in a completed visit. */
	decisions: string;
	all_approved: boolean;
	/** ISO 8601 with the offset of the zone */
	evaluation_completed: string | null;
	pdf_available: boolean;
	/** False only if nobody has to act: everything is approved, or the exam is open. */
	needs_attention: boolean;
	/** For staff, with GFE ID, treatments and times. */
	message: string;
};

type State =
	| 'approved'
	| 'notApproved'
	| 'undecided'
	| 'open'
	| 'openDecided'
	| 'cancelled'
	| 'rejected'
	| 'unknown';

const FINE: readonly State[] = ['approved', 'open'];

/**
 * The state of a visit for staff. A visit that contradicts itself is never fine: an open visit with decisions,
 * or a deferred treatment next to a fully approved request.
 */
function stateOf(visit: Visit, isIncomplete: boolean): State {
	if (isIncomplete) return 'undecided';
	const { status_group: group } = visit;
	if (group === 'open') return hasDecisions(visit) ? 'openDecided' : 'open';
	if (group !== 'completed') return group;
	if (!hasDecisions(visit)) return 'undecided';
	const others = [visit.conditionally_approved_treatments, visit.deferred_treatments];
	return visit.all_approved && others.every((list) => list.length === 0)
		? 'approved'
		: 'notApproved';
}

const LEADS: Record<State, (gfe: string) => string> = {
	approved: (gfe) => `${gfe}: all requested treatments are approved`,
	notApproved: (gfe) => `${gfe}: not everything is approved`,
	undecided: (gfe) => `${gfe}: the decisions are unknown, so look it up in Spakinect`,
	open: (gfe) => `${gfe} is open`,
	openDecided: (gfe) => `${gfe} has decisions, but it is not completed, so they do not count`,
	cancelled: (gfe) => `${gfe} was canceled`,
	rejected: (gfe) => `${gfe} was rejected`,
	unknown: (gfe) => `${gfe} has an unknown status, so look it up in Spakinect`,
};

const withoutDecisions = (visit: Visit): Visit => ({
	...visit,
	approved_treatments: [],
	conditionally_approved_treatments: [],
	deferred_treatments: [],
	undecided_treatments: visit.requested_treatments,
	all_approved: false,
});

function treatmentTexts(visit: Visit) {
	const counts = visit.status_group === 'completed';
	const names: string[] = [];
	const decisions: string[] = [];
	for (const { treatment, decision } of toTreatmentRows(visit)) {
		if (treatment === null) continue;
		names.push(treatment);
		decisions.push(`${treatment}: ${counts ? decision.replace('_', ' ') : 'undecided'}`);
	}
	return { treatments_text: treatmentsText(names), decisions: decisions.join('; ') };
}

/**
 * A visit in the form `summary`.
 *
 * @param zone IANA name for the times
 * @param isIncomplete true if the event's decisions are unknown, whatever the visit says
 */
export function toVisitForm(read: Visit, zone: string, isIncomplete = false): VisitForm {
	const visit = isIncomplete ? withoutDecisions(read) : read;
	const state = stateOf(visit, isIncomplete);
	const millis = readMillis(visit.evaluation_completed);
	return {
		gfe_id: visit.gfe_id,
		...(visit.location_id === undefined ? {} : { location_id: visit.location_id }),
		status: shownStatus(visit.status),
		status_group: visit.status_group,
		...treatmentTexts(visit),
		all_approved: visit.all_approved,
		evaluation_completed:
			millis === null ? null : DateTime.fromMillis(millis, { zone: quickZone(zone) }).toISO(),
		pdf_available: visit.pdf_available,
		needs_attention: !FINE.includes(state),
		message: sentences(LEADS[state](gfeText(visit.gfe_id)), ...visitStatements(visit, zone)),
	};
}

/** Names of events as Spakinect writes them. Any other text may be data that must not be in a message. */
const EVENT_NAME = /^[a-z][a-z_.-]{0,59}$/i;

/** `message` of an event that isn't about a visit, or whose visit can't be read. */
export function eventMessage(event: string, gfeId?: string): string {
	const name = EVENT_NAME.test(event) ? `the event ${event}` : 'an event';
	const about = gfeId === undefined ? '' : ` for ${gfeText(gfeId)}`;
	return sentences(`Spakinect sent ${name}${about}, so look it up in Spakinect`);
}
