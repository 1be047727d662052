import type { Expiring } from '../clearance/expiring';
import type { TreatmentClearance } from '../clearance/treatmentClearance';
import { gfeText, sentences, timeText, countText } from './summary';

/** The reason for the answer, in words. */
function because(one: TreatmentClearance, zone: string): string {
	const gfe = gfeText(one.gfe_id);
	const words: Record<TreatmentClearance['reason'], string> = {
		approved: `approved in ${gfe} until ${timeText(one.expires_at, zone)}`,
		expired: `the approval in ${gfe} ended on ${timeText(one.expires_at, zone)}`,
		conditionally_approved: `approved only with a condition in ${gfe}`,
		deferred: `deferred in ${gfe}`,
		undecided: `left undecided in ${gfe}`,
		never_evaluated: 'no decision found',
		evaluation_pending: 'the exam is not finished',
		no_evaluation_date: `${gfe} has no usable evaluation date`,
	};
	return `${one.treatment} (${words[one.reason]})`;
}

/**
 * A clearance in one line for staff. It contains treatments, GFE IDs and times, but no patient data.
 * @param asOf Unix milliseconds of the instant of the question
 * @param zone IANA name for the times
 */
export function clearanceSummary(
	{ cleared, treatments, open_gfe_id: open }: ClearanceForSummary,
	asOf: number,
	zone: string,
): string {
	const texts = (wanted: boolean) =>
		treatments.filter((one) => one.cleared === wanted).map((one) => because(one, zone));
	const missing = texts(false);
	const given = texts(true);
	const time = timeText(asOf, zone);
	return sentences(
		cleared
			? `Cleared for ${time}: ${given.join('; ')}`
			: `Not cleared for ${time}: ${missing.join('; ')}`,
		!cleared && given.length > 0 ? `Cleared: ${given.join('; ')}` : undefined,
		open === null ? undefined : `${gfeText(open)} is open`,
	);
}

/** The part of a clearance that its summary needs. */
interface ClearanceForSummary {
	cleared: boolean;
	treatments: readonly TreatmentClearance[];
	open_gfe_id: string | null;
}

function whenText({ days_left: days, result }: Expiring): string {
	if (days === 0) return 'today';
	const count = countText(Math.abs(days), 'day');
	return result === 'expired' ? `${count} ago` : `in ${count}`;
}

/**
 * An expiring approval in one line for staff. It contains the treatment, the GFE ID and the time, but no
 * patient data.
 * @param zone IANA name for the time
 */
export function expiringSummary(one: Expiring, zone: string): string {
	const verb = one.result === 'expired' ? 'ended' : 'ends';
	return sentences(
		`The approval of ${one.treatment} in ${gfeText(one.gfe_id)} ${verb} ${whenText(one)}, on ${timeText(Date.parse(one.expires_at), zone)}`,
		one.ambiguous
			? 'Visits with the same name cannot be told apart, so look them up in Spakinect first'
			: undefined,
	);
}
