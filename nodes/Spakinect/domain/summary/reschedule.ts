import { shownStatus } from '../visit/status';
import { gfeText, sentences, timeText } from './summary';

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
