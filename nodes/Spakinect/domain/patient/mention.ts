/** Parts of a name that are shorter are in too many words to be looked for inside of them. */
const MIN_INSIDE = 3;
/** The last digits of a phone number: with or without its country code it is the same. */
const PHONE_DIGITS = 7;

/** What tells a person in any text: an email address, a day, or as many digits as a phone number has. */
const PERSONAL = /\S@\S|\d{1,4}([/.-])\d{1,2}\1\d{1,4}|(\d\W{0,2}){7}/;

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** Without case and accents, since one system writes them and the other doesn't. */
const folded = (text: string): string =>
	text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}@._+-]+/u).filter(Boolean);

/** The words of a value, and the parts of the name in an email address. */
const partsOf = (value: string): string[] => {
	const words = wordsOf(value);
	const names = words.filter((word) => word.includes('@')).map((word) => word.split('@')[0] ?? '');
	return [...words, ...names, ...names.flatMap((name) => name.split(/[._+-]+/))].filter(Boolean);
};

/** Whether a word is the beginning of a name: `Zeb` for `Zebulon`. */
const isShortFor = (word: string, part: string): boolean =>
	word.length >= MIN_INSIDE && /^\p{L}/u.test(word) && part.startsWith(word);

/**
 * Whether a text has something of a patient in it: a name as a word or the beginning of it, a longer one also
 * inside of a word, the email address or its name, the phone number or the date of birth. Any email address, day
 * or phone number counts too, since nothing says whose it is.
 *
 * @param patient names, email, phone and date of birth, as far as they are known
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
