import { InputError } from '../inputError';
import { readList } from '../text/list';
import { collapseSpaces, isBlank } from '../text/text';

/** One element of `intake_answers`. The API takes strings only; a boolean is refused. */
export type IntakeAnswer = {
	question: string;
	answer: string | { selected: 'yes' | 'no'; items: string[] };
};

const PREGNANT = 'Pregnant, Breastfeeding or IVF';
const LIST_ADVICE =
	'Separate several with commas, write none when there are none, or leave the field empty to leave the question to the patient.';

function pregnantAnswer(value: unknown): string {
	if (typeof value === 'boolean') return value ? 'Yes' : 'No';
	const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
	const answer = ['Yes', 'No', 'N/A'].find((known) => known.toLowerCase() === text);
	if (answer === undefined) {
		throw new InputError(
			PREGNANT,
			`'${PREGNANT}' is not one of its answers`,
			'Use Yes, No or N/A.',
		);
	}
	return answer;
}

const saysNone = (item: string) => ['none', 'no'].includes(item.toLowerCase());
const saysNothing = (item: string) => ['yes', 'n/a', 'true', 'false'].includes(item.toLowerCase());

/**
 * undefined = question left out, which is what blank elements mean: "no allergies" is a clinical
 * statement that somebody has to make.
 */
function listAnswer(field: string, value: unknown): IntakeAnswer['answer'] | undefined {
	const elements = readList(value);
	if (!elements || elements.some((element) => typeof element !== 'string')) {
		throw new InputError(field, `'${field}' is not a list of texts`, LIST_ADVICE);
	}
	if (elements.length === 0 && isArrayForm(value)) {
		return { selected: 'no', items: [] };
	}
	const byKey = new Map<string, string>();
	for (const element of elements as string[]) {
		const item = collapseSpaces(element);
		if (item !== '' && !byKey.has(item.toLowerCase())) byKey.set(item.toLowerCase(), item);
	}
	const items = [...byKey.values()];
	if (items.length === 0) return undefined;
	if (items.every(saysNone)) return { selected: 'no', items: [] };
	if (items.some(saysNone) || items.some(saysNothing)) {
		throw new InputError(
			field,
			`'${field}' mixes or leaves open what the answer is: name each one, or say that there are none`,
			LIST_ADVICE,
		);
	}
	return { selected: 'yes', items };
}

/** True for an array, also as a JSON text; a text of nothing but commas is none. */
function isArrayForm(value: unknown): boolean {
	return Array.isArray(value) || (typeof value === 'string' && value.trim().startsWith('['));
}

/**
 * `intake_answers` for the EMR API; the patient sees them pre-filled and can change them. An unset
 * or blank field leaves its question out. The list questions take a comma-separated text, an array
 * or a JSON array; `none` or an empty array means "no".
 * @throws InputError for the field whose answer cannot be told
 */
export function buildIntakeAnswers(input: {
	pregnantBreastfeedingIvf?: unknown;
	allergies?: unknown;
	medicalConditions?: unknown;
	medications?: unknown;
}): IntakeAnswer[] {
	const answers: IntakeAnswer[] = [];
	if (!isBlank(input.pregnantBreastfeedingIvf)) {
		const answer = pregnantAnswer(input.pregnantBreastfeedingIvf);
		answers.push({ question: 'pregnant-breastfeeding-ivf', answer });
	}
	const lists = [
		['allergies', 'Allergies', input.allergies],
		['medical-conditions', 'Medical Conditions', input.medicalConditions],
		['medications', 'Medications', input.medications],
	] as const;
	for (const [question, field, value] of lists) {
		const answer = isBlank(value) ? undefined : listAnswer(field, value);
		if (answer !== undefined) answers.push({ question, answer });
	}
	return answers;
}
