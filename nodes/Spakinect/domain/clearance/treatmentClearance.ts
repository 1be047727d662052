import { DateTime } from 'luxon';

import { CLOCK_SKEW_MS } from '../time/calendar';
import type { Decision } from '../visit/decisions';
import { decisionFor, MOST_CAUTIOUS_FIRST } from '../visit/decisions';
import { sameTreatment } from '../treatment/key';
import type { Visit } from '../visit/visit';

/** Why a treatment is cleared (`approved`) or not (all others). */
type ClearanceReason =
	| 'approved'
	| 'expired'
	| 'conditionally_approved'
	| 'deferred'
	| 'undecided'
	| 'never_evaluated'
	| 'evaluation_pending'
	| 'no_evaluation_date';

/** The answer for one treatment. */
export type TreatmentClearance = {
	treatment: string;
	cleared: boolean;
	/** The decision that the answer rests on, or null. */
	decision: Decision | null;
	gfe_id: string | null;
	/** ISO 8601 in UTC */
	evaluation_completed: string | null;
	/**
	 * ISO 8601 in UTC: the first instant at which the approval no longer counts. Null without a dated approval.
	 */
	expires_at: string | null;
	reason: ClearanceReason;
};

/** The question. */
export interface Question {
	/** The instant of the question. Months are counted in its zone. */
	asOf: DateTime;
	/** Calendar months for which an approval counts. */
	validityMonths: number;
	/** The present moment in Unix milliseconds. An approval with a later date can't be right. */
	now: number;
}

type Decided = { visit: Visit; decision: Decision; millis: number | null };

/**
 * A visit's decision on a treatment. Cancelled and rejected visits decide nothing. An approval counts only in a
 * Completed visit. A deferral or condition also counts under an unknown status, so a new status can only make
 * the answer more cautious. A decision with a future date was made, but its date is wrong, so it is kept
 * without the date. Dropping a deferral would let an older approval stand.
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
 * True for a dated decision that counts at the instant of the question. A decision other than approval counts
 * whenever it was made. An approval counts from the time it was made. An approval dated at most the clock skew
 * ahead of now counts as made now.
 */
function counts({ decision, millis }: Decided, { asOf, now }: Question): boolean {
	if (millis === null) return false;
	return decision !== 'approved' || Math.min(millis, now) <= asOf.toMillis();
}

const caution = ({ decision }: Decided) => MOST_CAUTIOUS_FIRST.indexOf(decision);
/** Newest first. Of two at the same instant, the more cautious one comes first. */
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
 * The first instant at which an approval of this visit no longer counts, in Unix milliseconds. Null without a
 * date.
 */
export function expiryOf(
	{ evaluation_completed: date }: Visit,
	{ asOf, validityMonths: months }: Question,
): number | null {
	const millis = date === null ? NaN : Date.parse(date);
	if (Number.isNaN(millis)) return null;
	return DateTime.fromMillis(millis, { zone: asOf.zone }).plus({ months }).toMillis();
}

/**
 * The answer for one treatment of one patient. Of the decisions that count, the newest dated one gives the
 * answer. A treatment left undecided in a completed visit takes an older approval away, because the later
 * evaluation did not approve it.
 * @param endOf {@link expiryOf}, for a caller that has already computed it
 */
export function assessTreatment(
	visits: Visit[],
	treatment: string,
	question: Question,
	endOf = (visit: Visit) => expiryOf(visit, question),
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

	const expires = endOf(newest.visit) ?? 0;
	const valid = asOf.toMillis() < expires;
	// An undated decision may be newer than the dated approval. It can't change the answer only if both are
	// approvals and the dated one is valid.
	if (undated && !(valid && undated.decision === 'approved')) {
		return answer(treatment, undated, 'no_evaluation_date');
	}
	const result = answer(treatment, newest, valid ? 'approved' : 'expired');
	return { ...result, expires_at: new Date(expires).toISOString() };
}
