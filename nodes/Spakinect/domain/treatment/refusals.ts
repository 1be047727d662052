import { InputError } from '../inputError';
import { mentionsPatient } from '../patient/mention';

const MAX_LENGTH = 80;

/** The edit distance between two texts: insert, delete, replace, and swap of neighbors. */
export function editDistance(left: string, right: string): number {
	let before: number[] = [];
	let above = Array.from({ length: right.length + 1 }, (_, index) => index);
	for (let i = 1; i <= left.length; i++) {
		const row = [i];
		for (let j = 1; j <= right.length; j++) {
			const same = left[i - 1] === right[j - 1];
			let cost = Math.min(
				(above[j] ?? 0) + 1,
				(row[j - 1] ?? 0) + 1,
				(above[j - 1] ?? 0) + (same ? 0 : 1),
			);
			if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
				cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
			}
			row.push(cost);
		}
		before = above;
		above = row;
	}
	return above[right.length] ?? 0;
}

/**
 * The names that a mistyped text may mean, closest first. Only for suggestions: no caller may act on them. A
 * name that the text contains (`Botox - 20 units`), or that contains the text, comes before a name with a
 * similar spelling.
 */
export function closestNames(text: string, names: readonly string[], count = 3): string[] {
	const typed = text.toLowerCase().slice(0, MAX_LENGTH);
	return names
		.map((name) => {
			const known = name.toLowerCase();
			const distance = editDistance(typed, known);
			const contained = typed.length > 2 && (typed.includes(known) || known.includes(typed));
			const near = distance <= Math.max(2, Math.floor(Math.max(typed.length, known.length) / 2));
			return { name, rank: contained ? 0 : 1, distance, shown: contained || near };
		})
		.filter(({ shown }) => shown)
		.sort((a, b) => a.rank - b.rank || a.distance - b.distance || (a.name < b.name ? -1 : 1))
		.slice(0, count)
		.map(({ name }) => name);
}

const CATALOG_ADVICE =
	'Use the names of the catalog (operation Treatment: Get Many). Put a name that contains a comma into a JSON array.';

/** The error texts about entered names, for each place where names are entered. */
export interface Wording {
	/** The label of the field in the panel. */
	field: string;
	/** The text before the unknown names. */
	unknown: string;
	unknownAdvice: string;
	ambiguous: string;
	ambiguousAdvice: string;
}

/** Names in the field Treatments. */
export const IN_TREATMENTS: Wording = {
	field: 'Treatments',
	unknown: "'Treatments' contains names that aren't in the Spakinect catalog",
	unknownAdvice: CATALOG_ADVICE,
	ambiguous:
		"'Treatments' can be read in more than one way, because a treatment name contains a comma",
	ambiguousAdvice:
		'Choose the treatments from the list, or give them as an array with one name for each element.',
};

/** Names in the field Treatments that may be services of the booking system. */
export const IN_BOOKING: Wording = {
	field: 'Treatments',
	unknown:
		"'Treatments' contains names that are neither in 'Service Menu' nor in the Spakinect catalog",
	unknownAdvice:
		"Add the service to 'Service Menu', or use a name of the catalog (operation Treatment: Get Many).",
	ambiguous: "'Treatments' can be read in more than one way, because a name contains a comma",
	ambiguousAdvice:
		"Give the services as an array with one name for each element, or rename the service in 'Service Menu' and in your booking system.",
};

/** Names in a row of the menu. @param row the name of its service, safe to show */
export const inMenuRow = (row: string): Wording => ({
	field: 'Service Menu',
	unknown: `'Service Menu' has names that aren't in the Spakinect catalog, in the row ${row}`,
	unknownAdvice: `Correct the row in 'Service Menu'. ${CATALOG_ADVICE}`,
	ambiguous: `'Service Menu' has treatments that can be read in more than one way, in the row ${row}`,
	ambiguousAdvice:
		'Choose the treatments of the row from the list, or give them as an array with one name for each element.',
});

/** Makes a text safe for a message: no control characters, no markup, at most 60 characters. */
const shortened = (text: string) => {
	const plain = text.replace(/[\p{C}<>]/gu, '');
	return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain;
};
const quoted = (text: string) => `"${shortened(text)}"`;

/** Replaces an entry such as "Botox for Jane Doe", because error texts are copied to logs and messages. */
const NOT_SHOWN = "(not shown: it contains the patient's data)";

/**
 * A name for an error message.
 *
 * @param patient names, email, phone, date of birth. A name that contains one of them isn't shown
 */
export const shownName = (name: string, patient: readonly unknown[]): string =>
	mentionsPatient(name, patient) ? NOT_SHOWN : quoted(name);

/** @param names the names to suggest */
export function unknownNames(
	unknown: readonly string[],
	names: readonly string[],
	patient: readonly unknown[],
	wording: Wording,
): InputError {
	const shown = unknown.slice(0, 5).map((text) => {
		if (mentionsPatient(text, patient)) return NOT_SHOWN;
		const closest = closestNames(text, names)
			.filter((name) => !mentionsPatient(name, patient))
			.map(quoted)
			.join(' or ');
		return closest === '' ? quoted(text) : `${quoted(text)} (did you mean ${closest}?)`;
	});
	const more = unknown.length > shown.length ? ` and ${unknown.length - shown.length} more` : '';
	const message = `${wording.unknown}: ${shown.join(', ')}${more}`;
	return new InputError(wording.field, message, wording.unknownAdvice);
}
