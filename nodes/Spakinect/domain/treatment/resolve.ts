import { InputError } from '../inputError';
import type { TreatmentEntries } from './entries';
import { bestReading } from './readings';
import type { Wording } from './refusals';
import { unknownNames } from './refusals';

/** The names that may be entered, and the treatments of each. */
export interface Lexicon {
	/** The most pieces into which separators split one name. */
	longest: number;
	/** The names for suggestions. */
	names(): readonly string[];
	/** The treatments of a name, or undefined if it is unknown. */
	find(text: string): readonly string[] | undefined;
	/** The treatments of each name that these pieces may form. */
	findJoined(texts: readonly string[], separators: readonly string[]): Array<readonly string[]>;
	/** The treatments of a text with separators, read as one name. */
	findWhole?(text: string): readonly string[] | undefined;
}

/**
 * The treatments of the entered names. In a text, the pieces of a name that contains a separator are joined
 * again. Elements of an array never are. Duplicates are removed.
 *
 * @param unknown `error` refuses unknown names, `send` keeps them as typed
 * @param patient names, email, phone, date of birth. An entry that contains one of them isn't quoted
 * @throws InputError naming the unknown ones, and for a text whose readings have different treatments
 */
export function resolveNames(
	{ texts, separators, text }: TreatmentEntries,
	lexicon: Lexicon,
	unknown: 'error' | 'send',
	wording: Wording,
	patient: readonly unknown[],
): string[] {
	const optional = (found: readonly string[] | undefined) => (found ? [found] : []);
	const find = (start: number, end: number) =>
		end === start + 1
			? optional(lexicon.find(texts[start] ?? ''))
			: lexicon.findJoined(texts.slice(start, end), separators?.slice(start, end - 1) ?? []);
	const whole = text === undefined ? [] : optional(lexicon.findWhole?.(text));
	const longest = separators ? lexicon.longest : 1;
	const best = bestReading(texts, find, longest, whole);
	if (best.unknown.length > 0 && unknown === 'error') {
		throw unknownNames(best.unknown, lexicon.names(), patient, wording);
	}
	if (!best.isOnlyOne) {
		throw new InputError(wording.field, wording.ambiguous, wording.ambiguousAdvice);
	}
	return best.treatments;
}
