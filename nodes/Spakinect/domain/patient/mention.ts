/** Parts of a name that are shorter are in too many words to be looked for inside of them. */
const MIN_INSIDE = 3;
/** The last digits of a phone number: with or without its country code it is the same. */
const PHONE_DIGITS = 7;

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** Without case and accents, since one system writes them and the other doesn't. */
const folded = (text: string): string =>
	text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}@._+-]+/u).filter(Boolean);

/**
 * Whether a text has something of a patient in it: a name as a word, a longer one also inside of a word, the
 * email address, the phone number or the date of birth.
 *
 * @param patient names, email, phone and date of birth, as far as they are known
 */
export function mentionsPatient(text: string, patient: readonly unknown[]): boolean {
	const plain = folded(text);
	const words = new Set(wordsOf(plain).flatMap((word) => [word, ...word.split(/[._+-]+/)]));
	return patient.some((value) => {
		if (typeof value !== 'string') return false;
		const digits = digitsOf(value);
		const end = digits.slice(-PHONE_DIGITS);
		if (end.length === PHONE_DIGITS && digitsOf(text).includes(end)) return true;
		return wordsOf(folded(value)).some(
			(part) => words.has(part) || (part.length >= MIN_INSIDE && plain.includes(part)),
		);
	});
}
