import type { PatientQuery } from '../patient/match';
import { hasName } from '../patient/match';
import { foldEmail } from '../text';
import { treatmentKey } from '../treatment/key';
import type { Visit } from './visit';

/**
 * Whether a visit is this person's by Spakinect's own rule: name and email at home, name and date of birth in
 * person.
 */
export function isSamePerson(
	visit: Visit,
	who: PatientQuery,
	kind: 'atHome' | 'inPerson',
): boolean {
	const { email, dob } = visit.patient_details;
	const identified =
		kind === 'atHome'
			? email !== null && foldEmail(email) === foldEmail(who.email ?? '')
			: dob !== null && dob === who.dateOfBirth;
	return identified && hasName(visit, who.firstName, who.lastName);
}

/** A visit with an unknown status may be open, and creating another would contact the patient again. */
const mayBeOpen = ({ status_group: group }: Visit) => group === 'open' || group === 'unknown';

/**
 * The open visit that makes a new one unnecessary: it is the same person's ({@link isSamePerson}), and its
 * requested treatments include all of the given ones. If there are several, the last in the list is used. A
 * Client key lists only Completed visits, so it never finds one.
 */
export function findOpenVisit(
	visits: Visit[],
	who: PatientQuery,
	treatments: string[],
	kind: 'atHome' | 'inPerson',
): Visit | undefined {
	const wanted = treatments.map(treatmentKey);
	if (wanted.length === 0) return undefined;
	const open = visits.filter((visit) => {
		if (!mayBeOpen(visit) || !isSamePerson(visit, who, kind)) return false;
		const requested = new Set(visit.requested_treatments.map(treatmentKey));
		return wanted.every((key) => requested.has(key));
	});
	return open.at(-1);
}
