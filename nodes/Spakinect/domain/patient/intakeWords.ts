import { showsMissingValue } from '../text';

const KNOWN = '(?:known|current|reported|prior|other|relevant|significant|active|past)';
/** What a negative answer may be about. "NKDA" doesn't say that there are no medications. */
const SUBJECTS = {
	// The only single kind is drugs: "no latex allergy" says nothing about other allergies.
	allergies:
		'(?:(?:drug|medication)(?: (?:and|or) (?:food|environmental))? |food (?:and|or) (?:drug|medication) )?allerg(?:y|ies)',
	'medical-conditions':
		'(?:(?:medical|health|chronic) )?(?:conditions?|history|problems?|issues?|illness(?:es)?|diseases?)',
	medications:
		'(?:(?:daily|regular|prescription|otc|and|or) )*(?:medications?|meds?|medicines?|drugs?|supplements?)',
} as const;
const ABBREVIATIONS = {
	allergies: ['nka', 'nkda', 'nkfa'],
	'medical-conditions': ['nkmc', 'npmh'],
	medications: ['not taking any'],
} as const;
/** The intake questions that are answered with a list. */
export type ListQuestion = keyof typeof SUBJECTS;

const ANY_NEGATIVE = new RegExp(
	`^(?:none?|no|nil|nothing|zero|negative|denie[sd])(?: ${KNOWN}| to report| at (?:this|the) (?:time|moment)| at present| currently)*$`,
);
/** "No known allergies", "denies any medical history", "none known allergies". */
const ABOUT = Object.fromEntries(
	Object.entries(SUBJECTS).map(([question, subject]) => [
		question,
		new RegExp(
			`^(?:no|none|nil|denie[sd])(?: any)?(?: ${KNOWN})* (?:${subject})(?: ${KNOWN}| at this time| currently)*$`,
		),
	]),
) as Record<ListQuestion, RegExp>;

/** Words in exports and forms that nobody answered. "yes" doesn't say what the patient has. */
const PLACEHOLDERS = new Set(
	'yes|y|true|false|n/a|n.a|na|n.a.|not applicable|null|undefined|nan|unknown|not known|unk|unsure|not sure|not answered|not provided|not specified|not given|not asked|not available|no answer|no response|no data|no info|no information|declined|declined to answer|blank|empty|missing|tbd|tba|pending|test|[object object]'.split(
		'|',
	),
);

/** In lower case, without the punctuation around an answer. */
const plain = (item: string) =>
	item
		.toLowerCase()
		.replace(/[.!]+$/, '')
		.replace(/^["'([]+|["')\]]+$/g, '')
		.trim();

/** True for an answer that says the patient has none. */
export function saysNone(question: ListQuestion, item: string): boolean {
	const text = plain(item).replace(/-/g, ' ');
	const letters = text.replace(/\./g, '');
	return (
		ANY_NEGATIVE.test(text) ||
		ABOUT[question].test(text.replace(/\s*\/\s*/g, ' or ')) ||
		(ABBREVIATIONS[question] as readonly string[]).includes(letters)
	);
}

/** True for a text that doesn't answer the question: a placeholder, or a negative answer to another question. */
export function saysNothing(question: ListQuestion, item: string): boolean {
	const text = plain(item);
	// Only dashes, digits or question marks, without a letter of any script: a cell of 0 isn't an allergy.
	if (!/\p{L}/u.test(text) || PLACEHOLDERS.has(text) || PLACEHOLDERS.has(item.toLowerCase())) {
		return true;
	}
	const others = (Object.keys(SUBJECTS) as ListQuestion[]).filter((other) => other !== question);
	return showsMissingValue(item) || others.some((other) => saysNone(other, item));
}
