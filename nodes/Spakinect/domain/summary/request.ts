import { shownStatus } from '../visit/status';
import { gfeText, listText, sentences, timeText } from './summary';

/** A treatment that wasn't requested, because the patient is cleared for it. */
export interface SkippedTreatment {
	treatment: string;
	/** As Check Clearance names it. */
	reason: string;
	/** ISO 8601 */
	expires_at: string | null;
	gfe_id: string | null;
}

/** The result of a request for a visit. */
export type CreateResult = 'requested' | 'open_visit' | 'already_cleared' | 'no_exam_needed';

/** The input of the summary of a request. */
interface RequestForSummary {
	result: CreateResult;
	gfeId: string | null;
	/** The treatments that were requested or that the open visit covers. */
	treatments: readonly string[];
	skipped: readonly SkippedTreatment[];
	/** Unix milliseconds of the appointment, null for a visit at the spa now. */
	appointment: number | null;
}

const clearedText = ({ treatment, expires_at: end, gfe_id: gfe }: SkippedTreatment, zone: string) =>
	`${treatment} (${gfeText(gfe)}, until ${timeText(end, zone)})`;

/**
 * A request in one line for staff. It contains treatments, GFE IDs and times, but no patient data.
 *
 * @param zone IANA name for the times
 */
export function createSummary(request: RequestForSummary, zone: string): string {
	const { result, gfeId, treatments, skipped, appointment } = request;
	const when =
		appointment === null ? 'at the spa' : `for the appointment on ${timeText(appointment, zone)}`;
	const cleared = skipped.map((one) => clearedText(one, zone)).join('; ');
	const results: Record<CreateResult, string> = {
		requested: `${gfeText(gfeId)} was requested for ${listText(treatments)} ${when}`,
		open_visit: `${gfeText(gfeId)} is already open for ${listText(treatments)}, so nothing was requested`,
		already_cleared: `No exam was requested ${when}, because all treatments are cleared`,
		no_exam_needed: 'The booked services need no exam, so nothing was requested',
	};
	return sentences(results[result], cleared === '' ? undefined : `Already cleared: ${cleared}`);
}

/** The visit that a booking had before it was moved. */
interface PreviousVisit {
	gfeId: string;
	/** As the API writes it. */
	status: unknown;
}

/**
 * An open visit that was kept, in one line for staff, without patient data.
 *
 * @param appointment Unix milliseconds
 * @param zone IANA name for the time
 */
export const keptSummary = (
	{ gfeId, status }: PreviousVisit,
	appointment: number,
	zone: string,
): string =>
	sentences(
		`${gfeText(gfeId)} stays open (${shownStatus(status)}) for the appointment on ${timeText(appointment, zone)}, so nothing was requested`,
	);

/**
 * A move to the time that the booking already has.
 *
 * @param appointment Unix milliseconds
 * @param zone IANA name for the time
 */
export const sameTimeSummary = (
	{ gfeId, status }: PreviousVisit,
	appointment: number,
	zone: string,
): string =>
	sentences(
		`The appointment is on ${timeText(appointment, zone)} already, so nothing was changed for ${gfeText(gfeId)} (${shownStatus(status)})`,
	);

/**
 * A new request, in one line for staff.
 *
 * @param summary of the request
 */
export const replacedSummary = (summary: string, { gfeId, status }: PreviousVisit): string =>
	sentences(summary, `It follows ${gfeText(gfeId)} (${shownStatus(status)})`);
