import { InputError } from '../inputError';
import type { PatientQuery } from '../patient/match';
import { matchPatient } from '../patient/match';
import { AmbiguousPatientError } from '../patient/namesakes';
import type { MatchedBy } from '../patient/namesakes';
import { uniqueTreatments } from '../treatment/key';
import type { Visit } from '../visit/visit';
import type { EvaluationDates } from './evaluationDates';
import { withEvaluationDates } from './evaluationDates';
import type { Question, TreatmentClearance } from './treatmentClearance';
import { assessTreatment, covers } from './treatmentClearance';

/** The answer for a patient. */
export type Clearance = {
	cleared: boolean;
	treatments: TreatmentClearance[];
	/** An open visit that covers at least one of the treatments. */
	open_gfe_id: string | null;
};

const MAX_MONTHS = 1200;

/**
 * Calendar months for which an approval counts.
 * @throws InputError for `Validity (Months)`: not a whole number from 1 to 1200
 */
export function checkValidityMonths(months: number): number {
	if (Number.isInteger(months) && months >= 1 && months <= MAX_MONTHS) return months;
	throw new InputError(
		'Validity (Months)',
		`'Validity (Months)' must be a whole number from 1 to ${MAX_MONTHS}`,
	);
}

function openVisit(visits: Visit[], treatments: string[]): string | null {
	const score = (visit: Visit) => treatments.filter((name) => covers(visit, name)).length;
	let best: { id: string; score: number } | undefined;
	for (const visit of visits) {
		const covered = score(visit);
		if (covered > 0 && covered >= (best?.score ?? 0)) best = { id: visit.gfe_id, score: covered };
	}
	return best?.id ?? null;
}

/**
 * Whether this patient may be treated with these treatments at that instant. The rules are the table
 * of patient cases in docs/operations.md: an approval counts from the instant at which it was made,
 * and a newer decision that is not an approval takes it away, also if it was made after the instant
 * that is asked about.
 * An approval is valid through the instant before the same day and time `validityMonths` later (31
 * January plus one month is the last of February).
 * @param visits the visits of one patient ({@link matchPatient})
 * @param possible visits that may or may not be the patient's ({@link matchPatient}). If one of them would take
 *   the clearance away, the patient is ambiguous
 * @returns `cleared` is true only when there is at least one treatment and each is cleared.
 *   `open_gfe_id` names the open visit that covers most of them. Visits carry no creation date, so
 *   of equals the last in the list is taken.
 * @throws InputError for `Appointment Time` or `Patient`
 */
export function assessClearance(
	visits: Visit[],
	treatments: string[],
	question: Question,
	possible: Visit[] = [],
): Clearance {
	if (!question.asOf.isValid) {
		throw new InputError('Appointment Time', "'Appointment Time' is not a valid date and time");
	}
	const names = uniqueTreatments(treatments);
	const answers = names.map((name) => assessTreatment(visits, name, question));
	const doubtful = answers.some(
		({ treatment, cleared }) =>
			cleared && !assessTreatment([...visits, ...possible], treatment, question).cleared,
	);
	if (doubtful) {
		throw new AmbiguousPatientError(
			'a visit with the same name that cannot be told apart would change the answer',
			"Give both 'Email' and 'Date of Birth', or look the visits up in Spakinect.",
		);
	}
	return {
		cleared: answers.length > 0 && answers.every(({ cleared }) => cleared),
		treatments: answers,
		open_gfe_id: openVisit(visits, names),
	};
}

/** The question about a patient. */
export interface PatientQuestion extends Question {
	/** Evaluation dates of the user's own records, if any were given. */
	dates?: EvaluationDates;
}

/** Where the date of a decision comes from. */
type DateSource = 'own_records' | 'spakinect';

/** The answer for a patient. */
export type PatientClearance = Omit<Clearance, 'treatments'> & {
	/** With the source of each date, if the user gave any dates. */
	treatments: Array<TreatmentClearance & { evaluation_date_source?: DateSource | null }>;
	matched_by: MatchedBy | null;
};

const sourceOf = (one: TreatmentClearance, own: ReadonlySet<string>): DateSource | null => {
	if (one.evaluation_completed === null) return null;
	return own.has(one.gfe_id ?? '') ? 'own_records' : 'spakinect';
};

/**
 * Whether a patient is cleared, from the visits of everyone with the patient's name.
 *
 * @param named in the order of the list, at least all visits with the patient's name
 * @throws InputError for `Patient` if visits can't be told apart ({@link matchPatient}), and as {@link
 *   assessClearance}
 */
export function clearanceOfPatient(
	named: Visit[],
	who: PatientQuery,
	treatments: string[],
	question: PatientQuestion,
): PatientClearance {
	const { dates } = question;
	const known = withEvaluationDates(named, dates ?? new Map());
	const { visits, possible, matchedBy } = matchPatient(known.visits, who);
	const clearance = assessClearance(visits, treatments, question, possible);
	const shown = clearance.treatments.map((one) =>
		dates ? { ...one, evaluation_date_source: sourceOf(one, known.own) } : one,
	);
	return { ...clearance, treatments: shown, matched_by: matchedBy };
}
