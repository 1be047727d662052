import { InputError } from '../inputError';
import type { ListQuestion } from './intakeWords';
import { saysNone, saysNothing } from './intakeWords';
import { readList } from '../json';
import { collapseSpaces, isBlank } from '../text';

/** One element of `intake_answers`. The API takes only strings and refuses a boolean. */
type IntakeAnswer = {
	question: string;
	answer: string | { selected: 'yes' | 'no'; items: string[] };
};

const PREGNANT = 'Pregnant, Breastfeeding or IVF';
const LIST_ADVICE =
	'Separate several with commas. Write none if the patient said there are none. Leave the field empty to let the patient answer.';

function pregnantAnswer(value: unknown): string {
	if (typeof value === 'boolean') return value ? 'Yes' : 'No';
	const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
	const answer = ['Yes', 'No', 'N/A'].find((known) => known.toLowerCase() === text);
	if (answer === undefined) {
		throw new InputError(
			PREGNANT,
			`'${PREGNANT}' must be Yes, No or N/A`,
			'Leave the field empty to let the patient answer.',
		);
	}
	return answer;
}

/**
 * Undefined leaves the question out, also for blank elements: "no allergies" is a clinical statement that a
 * person must make.
 */
function listAnswer(
	question: ListQuestion,
	field: string,
	value: unknown,
): IntakeAnswer['answer'] | undefined {
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
	const isNone = (item: string) => saysNone(question, item);
	if (items.every(isNone)) return { selected: 'no', items: [] };
	if (items.some(isNone) || items.some((item) => saysNothing(question, item))) {
		throw new InputError(
			field,
			`'${field}' does not say clearly what the patient has`,
			LIST_ADVICE,
		);
	}
	return { selected: 'yes', items };
}

/** True for an array, also as JSON text. A text of only commas isn't one. */
function isArrayForm(value: unknown): boolean {
	return Array.isArray(value) || (typeof value === 'string' && value.trim().startsWith('['));
}

/**
 * `intake_answers` for the EMR API. The patient sees them filled in and can change them. An unset or blank
 * field leaves its question out. The list questions take a text with commas, an array or a JSON array. An empty
 * array, or words for none (`none`, `No known allergies`, `NKDA`), mean "no".
 * @throws InputError for the field whose answer is unclear
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
		const answer = isBlank(value) ? undefined : listAnswer(question, field, value);
		if (answer !== undefined) answers.push({ question, answer });
	}
	return answers;
}
