/** Shorter parts of a name occur inside too many words to search for them there. */
const MIN_INSIDE = 3;
/** How many last digits identify a phone number, with or without its country code. */
const PHONE_DIGITS = 7;

/** Personal data in any text: an email address, a date, or as many digits as a phone number has. */
const PERSONAL = /\S@\S|\d{1,4}([/.-])\d{1,2}\1\d{1,4}|(\d\W{0,2}){7}/;

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** Without case and accents, because not every system writes them. */
const folded = (text: string): string =>
	text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}@._+-]+/u).filter(Boolean);

/** The words of a value, and the parts of the name in an email address. */
const partsOf = (value: string): string[] => {
	const words = wordsOf(value);
	const names = words.filter((word) => word.includes('@')).map((word) => word.split('@')[0] ?? '');
	return [...words, ...names, ...names.flatMap((name) => name.split(/[._+-]+/))].filter(Boolean);
};

/** Whether a word is the start of a name: `Zeb` for `Zebulon`. */
const isShortFor = (word: string, part: string): boolean =>
	word.length >= MIN_INSIDE && /^\p{L}/u.test(word) && part.startsWith(word);

/**
 * Whether a text contains patient data: a name or the start of a name as a word (a longer name also inside a
 * word), the email address or the name in it, the phone number or the date of birth. Any email address, date or
 * phone number counts too, because it may be the patient's.
 *
 * @param patient names, email, phone and date of birth, if known
 */
export function mentionsPatient(text: string, patient: readonly unknown[]): boolean {
	if (PERSONAL.test(text)) return true;
	const plain = folded(text);
	const words = new Set(wordsOf(plain).flatMap((word) => [word, ...word.split(/[._+-]+/)]));
	return patient.some((value) => {
		if (typeof value !== 'string') return false;
		const digits = digitsOf(value);
		const end = digits.slice(-PHONE_DIGITS);
		if (end.length === PHONE_DIGITS && digitsOf(text).includes(end)) return true;
		return partsOf(folded(value)).some(
			(part) =>
				words.has(part) ||
				(part.length >= MIN_INSIDE && plain.includes(part)) ||
				[...words].some((word) => isShortFor(word, part)),
		);
	});
}
