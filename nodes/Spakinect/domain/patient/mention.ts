/** Shorter parts of a name occur inside too many words to search for them there. */
const MIN_INSIDE = 3;
/** How many last digits identify a phone number, with or without its country code. */
const PHONE_DIGITS = 7;

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** Without case and accents, because not every system writes them. */
const folded = (text: string): string =>
	text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}@._+-]+/u).filter(Boolean);

/**
 * Whether a text contains patient data: a name as a word (a longer name also inside a word), the email address,
 * the phone number or the date of birth.
 *
 * @param patient names, email, phone and date of birth, if known
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
