import { InputError } from '../inputError';
import { collapseSpaces, foldEmail, foldName } from '../text';
import type { Visit } from '../visit/visit';
import type { PatientMatch } from './namesakes';
import { Namesakes } from './namesakes';

export type { MatchedBy, PatientMatch } from './namesakes';

const FIELD = 'Patient';

/**
 * The patient to look for. At least one of `email` and `dateOfBirth` is required, because a name alone
 * identifies nobody.
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

function readQuery(who: PatientQuery) {
	const email = foldEmail(who.email ?? '') || null;
	const dob = (who.dateOfBirth ?? '').trim() || null;
	if (collapseSpaces(who.firstName) === '' || collapseSpaces(who.lastName) === '') {
		throw new InputError(FIELD, `'${FIELD}' needs 'First Name' and 'Last Name'`);
	}
	if (email === null && dob === null) {
		throw new InputError(
			FIELD,
			`'${FIELD}' needs 'Email' or 'Date of Birth' besides the name, because people share names`,
		);
	}
	return { email, dob };
}

/**
 * The visits of one person, by name and email address and/or date of birth. Spakinect matches at-home patients
 * by name and email, in-person ones by name and date of birth, so one person can be two patients there ({@link
 * Namesakes.match}). The order of `visits` is kept.
 * @throws InputError for `Patient` if there is only a name, or if visits can't be told apart
 */
export function matchPatient(visits: Visit[], who: PatientQuery): PatientMatch {
	const { email, dob } = readQuery(who);
	const wanted = personKey(who);
	return new Namesakes(visits.filter((visit) => personKey(visit) === wanted)).match(email, dob);
}
