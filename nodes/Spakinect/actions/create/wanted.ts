import type { PatientQuery } from '../../domain/patient/match';

/** What identifies the visit that a create asks for. */
export interface Wanted {
	kind: 'atHome' | 'inPerson';
	locationId: string;
	/** The duplicate guard compares email at home, date of birth in person. */
	person: PatientQuery;
	treatments: string[];
}
