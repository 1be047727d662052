import { InputError } from '../inputError';
import { foldEmail } from '../text';
import type { Visit } from '../visit/visit';

/**
 * Visits that belong to several people, or may: nobody is picked. The advice is that of Check Clearance.
 * An operation without its fields gives its own.
 */
export class AmbiguousPatientError extends InputError {
	/** Why the patient is ambiguous, as a part of a sentence. */
	readonly reason: string;

	constructor(reason: string, advice: string) {
		super('Patient', `'Patient' is ambiguous: ${reason}`, advice);
		this.reason = reason;
	}
}

/** Which of the given fields found visits. */
export type MatchedBy =
	'name_and_email' | 'name_and_date_of_birth' | 'name_email_and_date_of_birth';

/** The visits of one person. */
export interface PatientMatch {
	visits: Visit[];
	/** Null if no visit was found. */
	matchedBy: MatchedBy | null;
	/** Visits of the same name that lack the given fields. They may or may not be this person's. */
	possible: Visit[];
}

/** A visit with the fields that tell people of one name apart, in the form in which they are compared. */
interface Entry {
	position: number;
	visit: Visit;
	email: string | null;
	dob: string | null;
}

function matchedBy(email: boolean, dob: boolean): MatchedBy | null {
	if (email && dob) return 'name_email_and_date_of_birth';
	if (email) return 'name_and_email';
	return dob ? 'name_and_date_of_birth' : null;
}

function groupBy(entries: Entry[], part: 'email' | 'dob'): Map<string, Entry[]> {
	const groups = new Map<string, Entry[]>();
	for (const entry of entries) {
		const key = entry[part];
		if (key === null) continue;
		const group = groups.get(key);
		if (group) group.push(entry);
		else groups.set(key, [entry]);
	}
	return groups;
}

/** The visits of everyone with one name, grouped once so that each person is found without a scan. */
export class Namesakes {
	private readonly entries: Entry[];

	private readonly byEmail: Map<string, Entry[]>;

	private readonly byDob: Map<string, Entry[]>;

	/** @param visits all of the same name, in the order of the list */
	constructor(visits: readonly Visit[]) {
		this.entries = visits.map((visit, position) => {
			const { email, dob } = visit.patient_details;
			return { position, visit, email: email === null ? null : foldEmail(email), dob };
		});
		this.byEmail = groupBy(this.entries, 'email');
		this.byDob = groupBy(this.entries, 'dob');
	}

	/**
	 * The visits of one person. The same name and date of birth are one person, whatever the addresses. A visit
	 * without a date of birth is found by its email.
	 * @param email folded, or null if it isn't known
	 * @param dob YYYY-MM-DD, or null if it isn't known
	 * @throws AmbiguousPatientError if visits with the address have different dates of birth, or another than
	 *   the given one. No person is chosen then
	 */
	match(email: string | null, dob: string | null): PatientMatch {
		const found = this.matchOrNull(email, dob);
		if (found) return found;
		throw new AmbiguousPatientError(
			'visits with this name and email address have different dates of birth',
			dob === null
				? "Fill in 'Date of Birth' too."
				: "Check 'Date of Birth'. If it is right, leave 'Email' empty, or look at the visits in Spakinect.",
		);
	}

	/** The same as {@link match}, but null if no person can be chosen. */
	matchOrNull(email: string | null, dob: string | null): PatientMatch | null {
		const withEmail = email === null ? [] : (this.byEmail.get(email) ?? []);
		const withDob = dob === null ? [] : (this.byDob.get(dob) ?? []);
		const births = new Set(withEmail.map((entry) => entry.dob).filter((birth) => birth !== null));
		if (dob !== null) births.add(dob);
		if (births.size > 1) return null;
		const known = [...births][0] ?? null;
		const found = new Set([...withEmail, ...withDob, ...this.linkedTo(known, withEmail)]);
		const possible = this.entries.filter(
			(entry) =>
				(known === null || entry.dob === null) &&
				(email === null || entry.email === null) &&
				!found.has(entry),
		);
		return {
			visits: [...found].sort((a, b) => a.position - b.position).map(({ visit }) => visit),
			matchedBy: matchedBy(withEmail.length > 0, withDob.length > 0),
			possible: possible.map(({ visit }) => visit),
		};
	}

	/**
	 * Visits of the same person by Spakinect's own rules: the same name and date of birth, or the same name and
	 * an address that only one person uses.
	 */
	private linkedTo(dob: string | null, withEmail: Entry[]): Entry[] {
		if (dob === null) return [];
		const own = this.byDob.get(dob) ?? [];
		const emails = new Set([...own, ...withEmail].map((entry) => entry.email));
		const linked = [...own];
		for (const email of emails) {
			const sharing = email === null ? [] : (this.byEmail.get(email) ?? []);
			const isShared = sharing.some((entry) => entry.dob !== null && entry.dob !== dob);
			if (!isShared) linked.push(...sharing.filter((entry) => entry.dob === null));
		}
		return linked;
	}
}
