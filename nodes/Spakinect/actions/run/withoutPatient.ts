import { InputError } from '../../domain/inputError';

/** Shorter parts of a name are in too many words. */
const MIN_PART = 3;
const HIDDEN = "(not shown: it contains the patient's data)";

const digitsOf = (text: string) => text.replace(/\D/g, '');

function containsAny(quoted: string, values: readonly unknown[]): boolean {
	const text = quoted.toLowerCase();
	return values.some((value) => {
		if (typeof value !== 'string') return false;
		const digits = digitsOf(value).slice(-7);
		if (digits.length === 7 && digitsOf(quoted).includes(digits)) return true;
		const parts = value.toLowerCase().split(/\s+/);
		return parts.some((part) => part.length >= MIN_PART && text.includes(part));
	});
}

function withoutQuotes(error: unknown, patient: readonly unknown[]): unknown {
	if (!(error instanceof InputError)) return error;
	const message = error.message.replace(/"[^"]*"/g, (quoted) =>
		containsAny(quoted, patient) ? HIDDEN : quoted,
	);
	return new InputError(error.field, message, error.advice);
}

/**
 * Reads something whose errors quote what was entered, such as an unknown treatment. A title like
 * "Botox for Jane Doe" would otherwise bring the patient into an error text, and from there to staff.
 *
 * @param patient names, email, phone and date of birth of the item's patient
 * @throws what `readEntries` throws; in an InputError, a quoted entry with the patient's data isn't shown
 */
export const withoutPatient = async <T>(
	patient: readonly unknown[],
	readEntries: () => Promise<T>,
): Promise<T> =>
	await readEntries().catch((error: unknown) => Promise.reject(withoutQuotes(error, patient)));
