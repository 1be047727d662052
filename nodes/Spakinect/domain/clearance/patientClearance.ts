import type { PatientQuery } from '../patient/match';
import { matchPatient } from '../patient/match';
import type { MatchedBy } from '../patient/namesakes';
import type { Visit } from '../visit/visit';
import type { Clearance } from './clearance';
import { assessClearance } from './clearance';
import type { EvaluationDates } from './evaluationDates';
import { withEvaluationDates } from './evaluationDates';
import type { Question, TreatmentClearance } from './treatmentClearance';

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
