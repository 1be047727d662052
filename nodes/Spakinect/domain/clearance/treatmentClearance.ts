import { DateTime } from 'luxon';

import { CLOCK_SKEW_MS } from '../time/calendar';
import type { Decision } from '../visit/decisions';
import { decisionFor, MOST_CAUTIOUS_FIRST } from '../visit/decisions';
import { sameTreatment } from '../treatment/treatments';
import type { Visit } from '../visit/visit';

/** Why a treatment is cleared (`approved`) or not (all others). */
export type ClearanceReason =
	| 'approved'
	| 'expired'
	| 'conditionally_approved'
	| 'deferred'
	| 'undecided'
	| 'never_evaluated'
	| 'evaluation_pending'
	| 'no_evaluation_date';

/** Answer for one treatment. */
export type TreatmentClearance = {
	treatment: string;
	cleared: boolean;
	/** The decision that the answer rests on; null when there is none. */
	decision: Decision | null;
	gfe_id: string | null;
	/** ISO 8601 in UTC */
	evaluation_completed: string | null;
	/**
	 * ISO 8601 in UTC: the first instant at which the approval no longer counts; null unless there
	 * is a dated approval.
	 */
	expires_at: string | null;
	reason: ClearanceReason;
};

/** What is asked about. */
export interface Question {
	/** The instant; months are counted in its zone. */
	asOf: DateTime;
	/** Calendar months for which an approval counts. */
	months: number;
	/** The present moment in Unix milliseconds. */
	now: number;
}

type Decided = { visit: Visit; decision: Decision; millis: number | null };

/**
 * What a visit says about a treatment. Cancelled and rejected visits decide nothing. An approval
 * counts in a Completed visit only. A deferral or condition counts also under a status that is not
 * known here, so that a new status can only make the answer more cautious.
 * A decision that is dated in the future has been made all the same, but its date cannot be right. It
 * is kept without the date: left out, a deferral would let an older approval stand.
 */
function readDecision(visit: Visit, treatment: string, now: number): Decided | undefined {
	const decision = decisionFor(visit, treatment);
	const { status_group: group, evaluation_completed: date } = visit;
	if (decision === null || group === 'cancelled' || group === 'rejected') return undefined;
	if (group !== 'completed' && (decision === 'approved' || decision === 'undecided')) {
		return undefined;
	}
	const millis = date === null ? NaN : Date.parse(date);
	return { visit, decision, millis: millis <= now + CLOCK_SKEW_MS ? millis : null };
}

/**
 * True for a dated decision that counts at the instant asked about. What is not an approval counts as
 * soon as it is known, whenever it was made. An approval counts from when it was made, and one that is
 * dated within the clock skew ahead of now was made now.
 */
function counts({ decision, millis }: Decided, { asOf, now }: Question): boolean {
	if (millis === null) return false;
	return decision !== 'approved' || Math.min(millis, now) <= asOf.toMillis();
}

const caution = ({ decision }: Decided) => MOST_CAUTIOUS_FIRST.indexOf(decision);
/** Newest first; of two at the same instant the more cautious one. */
const byWeight = (a: Decided, b: Decided) =>
	(b.millis ?? 0) - (a.millis ?? 0) || caution(a) - caution(b);

/** True when the visit is open and asks for the treatment. */
export function covers(visit: Visit, treatment: string): boolean {
	return (
		visit.status_group === 'open' &&
		visit.requested_treatments.some((requested) => sameTreatment(requested, treatment))
	);
}

function answer(
	treatment: string,
	from: Decided | undefined,
	reason: ClearanceReason,
): TreatmentClearance {
	return {
		treatment,
		cleared: reason === 'approved',
		decision: from?.decision ?? null,
		gfe_id: from?.visit.gfe_id ?? null,
		evaluation_completed: from?.visit.evaluation_completed ?? null,
		expires_at: null,
		reason,
	};
}

/**
 * When an approval given in this visit ends: the first instant at which it no longer counts, in Unix
 * milliseconds.
 * @returns null without a date
 */
export function expiryOf(
	{ evaluation_completed: date }: Visit,
	{ asOf, months }: Pick<Question, 'asOf' | 'months'>,
): number | null {
	const millis = date === null ? NaN : Date.parse(date);
	if (Number.isNaN(millis)) return null;
	return DateTime.fromMillis(millis, { zone: asOf.zone }).plus({ months }).toMillis();
}

/**
 * Answer for one treatment of one patient. Of the decisions that count, the newest dated one gives the
 * answer. One that the provider left undecided in a completed visit takes an older approval away: that
 * evaluation came later and did not approve.
 */
export function assessTreatment(
	visits: Visit[],
	treatment: string,
	question: Question,
): TreatmentClearance {
	const { asOf, now } = question;
	const decided = visits.flatMap((visit) => readDecision(visit, treatment, now) ?? []);
	const newest = decided.filter((one) => counts(one, question)).sort(byWeight)[0];
	const undated = decided.filter(({ millis }) => millis === null).sort(byWeight)[0];
	if (!newest && !undated) {
		const pending = visits.some((visit) => covers(visit, treatment));
		return answer(treatment, undefined, pending ? 'evaluation_pending' : 'never_evaluated');
	}
	if (newest && newest.decision !== 'approved') return answer(treatment, newest, newest.decision);
	if (!newest) return answer(treatment, undated, 'no_evaluation_date');

	const expires = expiryOf(newest.visit, question) ?? 0;
	const valid = asOf.toMillis() < expires;
	// An undated decision may be newer than the dated approval. Only an approval beside a valid one
	// cannot change the answer.
	if (undated && !(valid && undated.decision === 'approved')) {
		return answer(treatment, undated, 'no_evaluation_date');
	}
	const result = answer(treatment, newest, valid ? 'approved' : 'expired');
	return { ...result, expires_at: new Date(expires).toISOString() };
}
