/** Who a visit is for, as the duplicate guard compares people: email at home, date of birth in person. */
export interface Person {
	firstName: string;
	lastName: string;
	email?: string;
	/** YYYY-MM-DD */
	dateOfBirth?: string;
}

/** What identifies the visit that a create asks for. */
export interface Wanted {
	kind: 'atHome' | 'inPerson';
	locationId: string;
	person: Person;
	treatments: string[];
}
