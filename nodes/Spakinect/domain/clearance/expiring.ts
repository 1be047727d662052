import { DateTime } from 'luxon';
import { Namesakes } from '../patient/namesakes';
import { foldEmail } from '../text';
import { DAY_MS, startOfUtcDay } from '../time/calendar';
import { treatmentKey } from '../treatment/key';
import { toTreatmentRows } from '../visit/treatmentRows';
import type { TreatmentRow } from '../visit/treatmentRows';
import type { Visit } from '../visit/visit';
import type { TreatmentClearance } from './treatmentClearance';
import { assessTreatment, covers, expiryOf } from './treatmentClearance';

/** Which approvals to look for. */
export interface ExpiringQuestion {
	/** The present moment. Days and months are counted in its zone. */
	now: DateTime;
	/** Calendar months for which an approval counts. */
	validityMonths: number;
	/** Unix milliseconds: only approvals that end at this time or later. */
	from: number;
	/** Unix milliseconds: only approvals that end at this time or earlier ({@link endsBetween}). */
	until: number;
	/** Keys of the wanted treatments ({@link treatmentKey}). All treatments if undefined. */
	treatments?: ReadonlySet<string>;
}

/**
 * The time range in which an approval must end. Computed once, because it applies to every name of a list.
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
	/** Calendar days from today: 0 = ends today, negative = ended before today. */
	days_left: number;
	/** Present only if true: Check Clearance can't tell whose visits these are. */
	ambiguous?: true;
};

interface Person {
	visits: Visit[];
	/** Visits that may be this person's ({@link Namesakes.match}). */
	possible: Visit[];
	ambiguous: boolean;
}

/**
 * The patient of a visit by the rules of Check Clearance, matched with the visit's own details. If no person can
 * be chosen, visits with exactly the same name, address and date of birth are grouped. A visit with too few
 * details for that is alone, because another person's open visit would hide its approval.
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

/** The calendar day as a number that grows by one each day. */
const dayNumber = (time: DateTime): number => startOfUtcDay(time) / DAY_MS;

/**
 * False if an approval of this visit surely ends outside the wanted time. Exact times need time zones, which
 * cost more than everything else in a long list.
 */
function mayEnd(visit: Visit, months: number, from: number, until: number): boolean {
	if (visit.status_group !== 'completed' || visit.evaluation_completed === null) return false;
	const made = new Date(visit.evaluation_completed);
	// A month has 28 to 31 days, of which the last ones overflow here.
	const ends = made.setUTCMonth(made.getUTCMonth() + months);
	return ends >= from - 5 * DAY_MS && ends <= until + 5 * DAY_MS;
}

/**
 * The approvals of one name that end in the wanted time, each once: the newest decision on a treatment of a
 * patient, unless an open visit of the patient covers the treatment. Each row agrees with Check Clearance for
 * the row's patient. If Check Clearance is an error there, the row is `ambiguous`.
 * @param group all visits whose patients have the same name, in the order of the list
 */
export function findExpiring(group: Visit[], question: ExpiringQuestion): Expiring[] {
	const { now, validityMonths, from, until, treatments } = question;
	const asked = { asOf: now, validityMonths, now: now.toMillis() };
	let namesakes: Namesakes | undefined;
	const seen = new Set<string>();
	const found: Expiring[] = [];

	for (const visit of group) {
		// Most visits end here, before any comparison: an answer can only rest on a visit that ends in time.
		if (!mayEnd(visit, validityMonths, from, until)) continue;
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
