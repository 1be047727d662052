import { InputError } from '../inputError';
import type { TreatmentEntries } from './entries';
import { bestReading } from './readings';
import type { Wording } from './refusals';
import { unknownNames } from './refusals';

/** The names that may be entered, and the treatments that each stands for. */
export interface Lexicon {
	/** Most pieces into which separators cut one name. */
	longest: number;
	/** For suggestions. */
	names(): readonly string[];
	/** What a name stands for, or undefined if it is none. */
	find(text: string): readonly string[] | undefined;
	/** What each name stands for that these pieces may be. */
	findJoined(texts: readonly string[], separators: readonly string[]): Array<readonly string[]>;
	/** What a text with separators stands for as one name. */
	findWhole?(text: string): readonly string[] | undefined;
}

/**
 * The treatments that entered names stand for. In a text, pieces that a separator cut out of one name are
 * joined again. Elements of an array never are. Repeats are removed afterwards.
 *
 * @param unknown `error` refuses what is no name; `send` keeps it as typed
 * @param patient names, email, phone, date of birth: an entry that has one of them is not quoted
 * @throws InputError naming the unknown ones; also for a text whose readings give different treatments
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
