import { InputError } from '../inputError';
import { collapseSpaces, foldEmail, foldName } from '../text/text';
import type { Visit } from '../visit/visit';

const FIELD = 'Patient';

/**
 * Who is asked about. At least one of `email` and `dateOfBirth` is needed: a name alone is nobody.
 */
export interface PatientQuery {
	firstName: string;
	lastName: string;
	email?: string;
	/** YYYY-MM-DD */
	dateOfBirth?: string;
}

/** Which of the given fields found visits. */
export type MatchedBy =
	'name_and_email' | 'name_and_date_of_birth' | 'name_email_and_date_of_birth';

/** The visits of one person. */
export interface PatientMatch {
	visits: Visit[];
	/** null when no visit was found */
	matchedBy: MatchedBy | null;
	/**
	 * Visits of the same name that lack what was asked for: nothing says that they are this
	 * person's, and nothing that they are not.
	 */
	possible: Visit[];
}

/**
 * True when the visit's patient has this name; case, accents and surplus spaces do not count,
 * nicknames and middle names do.
 */
export function hasName(visit: Visit, firstName: string, lastName: string): boolean {
	const { first_name: first, last_name: last, name } = visit.patient_details;
	const full = first !== null && last !== null ? `${first} ${last}` : name;
	return full !== null && foldName(full) === foldName(`${firstName} ${lastName}`);
}

const emailOf = (visit: Visit) =>
	visit.patient_details.email === null ? null : foldEmail(visit.patient_details.email);
const dobOf = (visit: Visit) => visit.patient_details.dob;

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

function ambiguous(advice: string): InputError {
	return new InputError(
		FIELD,
		`'${FIELD}' is ambiguous: visits with this name and email address have different dates of birth`,
		advice,
	);
}

/**
 * Adds visits that Spakinect's own rules say are of the same person: the same name and date of
 * birth, or the same name and an address that one person alone uses.
 */
function linked(named: Visit[], found: Visit[], dob: string | null): Visit[] {
	if (dob === null) return found;
	const visits = new Set([...found, ...named.filter((visit) => dobOf(visit) === dob)]);
	const shared = new Set(
		named.filter((visit) => dobOf(visit) !== null && dobOf(visit) !== dob).map(emailOf),
	);
	const own = new Set([...visits].map(emailOf));
	for (const visit of named) {
		const email = emailOf(visit);
		if (email !== null && dobOf(visit) === null && own.has(email) && !shared.has(email)) {
			visits.add(visit);
		}
	}
	return named.filter((visit) => visits.has(visit));
}

/**
 * The visits of one person, by name and email address and/or date of birth. Spakinect matches
 * at-home patients by name and email, in-person ones by name and date of birth, so one person can
 * be two patients there; name and date of birth together are taken for one person whatever the
 * addresses.
 * A visit without date of birth matches by email only. Order of `visits` is kept.
 * @throws InputError for `Patient` when the name stands alone, or when visits with the address
 *   contradict each other's (or the given) date of birth: nobody is picked
 */
export function matchPatient(visits: Visit[], who: PatientQuery): PatientMatch {
	const { email, dob } = readQuery(who);
	const named = visits.filter((visit) => hasName(visit, who.firstName, who.lastName));
	const byEmail = named.filter((visit) => email !== null && emailOf(visit) === email);
	const byDob = named.filter((visit) => dob !== null && dobOf(visit) === dob);

	const births = new Set(byEmail.map(dobOf).filter((birth) => birth !== null));
	if (dob === null && births.size > 1) throw ambiguous("Fill in 'Date of Birth' too.");
	if (dob !== null && [...births].some((birth) => birth !== dob)) {
		throw ambiguous(
			"Check 'Date of Birth'. If it is right, leave 'Email' empty, or look at the visits in Spakinect.",
		);
	}
	const known = dob ?? [...births][0] ?? null;
	const matched = linked(named, [...new Set([...byEmail, ...byDob])], known);
	const found = matched.length === 0 ? null : matchedBy(byEmail.length > 0, byDob.length > 0);
	const possible = named.filter(
		(visit) =>
			!matched.includes(visit) &&
			(known === null || dobOf(visit) === null) &&
			(email === null || emailOf(visit) === null),
	);
	return { visits: matched, matchedBy: found, possible };
}

function matchedBy(email: boolean, dob: boolean): MatchedBy {
	if (email && dob) return 'name_email_and_date_of_birth';
	return email ? 'name_and_email' : 'name_and_date_of_birth';
}
