import { foldEmail, foldName } from '../text';
import type { Visit } from '../visit/visit';
import type { PatientMatch } from './namesakes';
import { Namesakes } from './namesakes';

/**
 * The patient to look for. The operations require `email` or `dateOfBirth`: a name alone identifies nobody, and
 * finds no visit.
 */
export interface PatientQuery {
	firstName: string;
	lastName: string;
	email?: string;
	/** YYYY-MM-DD */
	dateOfBirth?: string;
}

/**
 * The form in which names of people are compared. Case, accents and surplus spaces don't matter. Nicknames and
 * middle names do.
 * @returns null for a visit that names nobody
 */
export function personKey(who: Visit | { firstName: string; lastName: string }): string | null {
	if ('firstName' in who) return foldName(`${who.firstName} ${who.lastName}`);
	const { first_name: first, last_name: last, name } = who.patient_details;
	const full = first !== null && last !== null ? `${first} ${last}` : name;
	return full === null ? null : foldName(full);
}

/** True when the visit's patient has this name ({@link personKey}). */
export function hasName(visit: Visit, firstName: string, lastName: string): boolean {
	return personKey(visit) === personKey({ firstName, lastName });
}

/**
 * The visits of one person, by name and email address and/or date of birth. Spakinect matches at-home patients
 * by name and email, in-person ones by name and date of birth, so one person can be two patients there ({@link
 * Namesakes.match}). The order of `visits` is kept.
 * @throws InputError for `Patient` if visits can't be told apart
 */
export function matchPatient(visits: Visit[], who: PatientQuery): PatientMatch {
	const email = foldEmail(who.email ?? '') || null;
	const dob = who.dateOfBirth ?? null;
	const wanted = personKey(who);
	return new Namesakes(visits.filter((visit) => personKey(visit) === wanted)).match(email, dob);
}
