import { DateTime } from 'luxon';

import { Namesakes } from '../patient/namesakes';
import { foldEmail } from '../text/text';
import { treatmentKey } from '../treatment/treatments';
import { toTreatmentRows } from '../visit/treatmentRows';
import type { TreatmentRow } from '../visit/treatmentRows';
import type { Visit } from '../visit/visit';
import type { TreatmentClearance } from './treatmentClearance';
import { assessTreatment, covers, expiryOf } from './treatmentClearance';

/** Which approvals are looked for. */
export interface ExpiringQuestion {
	/** The present moment; days and months are counted in its zone. */
	now: DateTime;
	/** Calendar months for which an approval counts. */
	validityMonths: number;
	/** Approvals that end from here, in Unix milliseconds, */
	from: number;
	/** until here, with both ends ({@link endsBetween}). */
	until: number;
	/** Keys of the treatments asked for ({@link treatmentKey}); all if it is not there. */
	treatments?: ReadonlySet<string>;
}

/**
 * The time in which an approval ends. Worked out once, since every name of a list is asked about it.
 *
 * @param endedWithinDays days before now, at the same time of day
 * @param withinDays days from now
 */
export const endsBetween = (now: DateTime, endedWithinDays: number, withinDays: number) => ({
	from: now.minus({ days: endedWithinDays }).toMillis(),
	until: now.plus({ days: withinDays }).toMillis(),
});

/** An approval that ends, as one flat row. */
export type Expiring = TreatmentRow & {
	treatment: string;
	result: 'expiring' | 'expired';
	/** ISO 8601 in UTC: the first instant at which the approval no longer counts. */
	expires_at: string;
	/** Days of the calendar from today: 0 = ends today, negative = ended before today. */
	days_left: number;
	/** Only when true: Check Clearance cannot tell whose visits these are. */
	ambiguous?: true;
};

interface Person {
	visits: Visit[];
	/** Visits that may be this person's ({@link Namesakes.match}). */
	possible: Visit[];
	ambiguous: boolean;
}

/**
 * The patient of a visit by the rules of Check Clearance, asked with what the visit says. Where these pick
 * nobody, what has exactly the same name, address and date of birth is taken together. A visit that says too
 * little for that is alone: an open visit of somebody else would hide its approval.
 */
function personOf(visit: Visit, group: Visit[], namesakes: Namesakes): Person {
	const { email: address, dob, name } = visit.patient_details;
	const email = address === null ? null : foldEmail(address);
	const isNobody = name === null || (email === null && dob === null);
	if (isNobody) return { visits: [visit], possible: [], ambiguous: true };
	const match = namesakes.matchOrNull(email, dob);
	if (match) return { ...match, ambiguous: false };
	const visits = group.filter(({ patient_details: other }) => {
		const same = other.email === null ? null : foldEmail(other.email);
		return same === email && other.dob === dob;
	});
	return { visits, possible: [], ambiguous: true };
}

const DAY = 86_400_000;

/** The day of the calendar as a number, one more for each day. */
const dayNumber = ({ year, month, day }: DateTime): number => Date.UTC(year, month - 1, day) / DAY;

/**
 * False if an approval of this visit surely ends outside of the asked time. Exact times are a matter of
 * zones, which cost more than everything else in a long list.
 */
function mayEnd(visit: Visit, months: number, from: number, until: number): boolean {
	if (visit.status_group !== 'completed' || visit.evaluation_completed === null) return false;
	const made = new Date(visit.evaluation_completed);
	// A month has 28 to 31 days, of which the last ones overflow here.
	const ends = made.setUTCMonth(made.getUTCMonth() + months);
	return ends >= from - 5 * DAY && ends <= until + 5 * DAY;
}

/**
 * The approvals of one name that end in the asked time, each once: the newest decision on a treatment of
 * a patient, unless an open visit of the patient covers the treatment. What is found is what Check
 * Clearance says with the row's own patient; where that is an error, the row is `ambiguous`.
 * @param group all visits whose patients have the same name, in the order of the list
 */
export function findExpiring(group: Visit[], question: ExpiringQuestion): Expiring[] {
	const { now, validityMonths: months, from, until, treatments } = question;
	const asked = { asOf: now, months, now: now.toMillis() };
	let namesakes: Namesakes | undefined;
	const seen = new Set<string>();
	const found: Expiring[] = [];

	for (const visit of group) {
		// Most visits end here, before anything is compared: the answer can only rest on a visit that
		// itself ends in time.
		if (!mayEnd(visit, months, from, until)) continue;
		const ends = expiryOf(visit, asked);
		if (ends === null || ends < from || ends > until) continue;
		namesakes ??= new Namesakes(group);
		const person = personOf(visit, group, namesakes);
		const endOf = (one: Visit) => (one === visit ? ends : expiryOf(one, asked));
		const daysLeft = dayNumber(DateTime.fromMillis(ends, { zone: now.zone })) - dayNumber(now);
		for (const row of toTreatmentRows(visit)) {
			const { treatment } = row;
			if (treatment === null || row.decision !== 'approved') continue;
			const key = treatmentKey(treatment);
			const id = `${visit.gfe_id}\n${key}`;
			if ((treatments && !treatments.has(key)) || seen.has(id)) continue;
			const answer = assessTreatment(person.visits, treatment, asked, endOf);
			if (!restsOn(answer, visit) || person.visits.some((one) => covers(one, treatment))) continue;
			seen.add(id);
			const all = [...person.visits, ...person.possible];
			const isDoubtful =
				person.possible.length > 0 &&
				answer.cleared &&
				!assessTreatment(all, treatment, asked).cleared;
			found.push({
				...row,
				treatment,
				result: answer.cleared ? 'expiring' : 'expired',
				expires_at: new Date(ends).toISOString(),
				days_left: daysLeft,
				...(person.ambiguous || isDoubtful ? { ambiguous: true } : {}),
			});
		}
	}
	return found;
}

const restsOn = ({ gfe_id: id, reason }: TreatmentClearance, visit: Visit): boolean =>
	id === visit.gfe_id && (reason === 'approved' || reason === 'expired');
