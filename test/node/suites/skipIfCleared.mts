import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { bookingParameters, PATIENT } from '../support/patient.mts';
import { succeeded, useSimulator } from '../support/world.mts';
import { sized } from '../../unit/support/size.mts';

/** Whatever the list holds: Create with Skip If Cleared and Check Clearance agree on every treatment. */
const world = useSimulator();
const SEED = Number(process.env.SPAKINECT_TEST_SEED ?? 1);
const TREATMENTS = ['Botox', 'Dermal Filler', 'IV Therapy'];
const APPOINTMENT = '2027-03-09T14:30:00';
/** Patients of one run. Each has a name of their own, so a list of their own as far as the rules go. */
const PATIENTS = 50;
const RUNS = sized(20);

/** `usual` more often than the others: without that, hardly anybody is cleared. */
const mostly = <T,>(usual: T, ...others: T[]) =>
	fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, fc.constantFrom(...others));

const decision = mostly('approved', 'conditionally_approved', 'deferred', 'undecided');
const person = mostly<{ email: string | null; dob: string | null }>(
	{ email: PATIENT.email, dob: PATIENT.dateOfBirth },
	{ email: PATIENT.email, dob: null },
	{ email: PATIENT.email, dob: '2001-01-01' },
	{ email: 'other@mail.example', dob: PATIENT.dateOfBirth },
	{ email: null, dob: PATIENT.dateOfBirth },
);
const exam = fc.record({
	status: mostly('Completed', 'Processing', 'Rejected', 'Odd'),
	decisions: fc.dictionary(fc.constantFrom(...TREATMENTS), decision, { minKeys: 1 }),
	months: fc.integer({ min: -2, max: 16 }),
	who: person,
});
const patient = fc.record({
	exams: fc.array(exam, { maxLength: 5 }),
	validityMonths: fc.integer({ min: 1, max: 14 }),
	treatments: fc.subarray(TREATMENTS, { minLength: 1 }),
});
const completedBefore = (months: number) =>
	new Date(Date.UTC(2027, 2 - months, 9, 19, 30)).toISOString();

/** Of a number, as letters: Spakinect takes no digits in a name. */
const lastNameOf = (index: number) =>
	`Vanter${String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26))}`;

const question: INodeParameters = {
	locationId: 'loc_downtown',
	firstName: PATIENT.firstName,
	lastName: '={{ $json.lastName }}',
	email: PATIENT.email,
	treatments: '={{ $json.treatments }}',
	appointmentTime: APPOINTMENT,
};
const booking: INodeParameters = { ...bookingParameters, ...question, phone: PATIENT.phone };

/** What Check Clearance and Create say of each patient: an error, or the treatments that need an exam. */
async function askBoth(items: IDataObject[]) {
	const rest = { items, node: { onError: 'continueRegularOutput' as const } };
	const validityMonths = '={{ $json.validityMonths }}';
	const asked = succeeded(
		await world.run(
			...(['emr', 'gfe', 'checkClearance'] as const),
			{ ...question, options: { validityMonths } },
			rest,
		),
	);
	const options = { skipIfCleared: true, validityMonths };
	const parameters = { ...booking, options };
	const booked = succeeded(await world.run('emr', 'atHomeVisit', 'create', parameters, rest));
	return { asked, booked };
}

const neededBy = ({ treatments }: IDataObject): string[] =>
	(treatments as Array<{ treatment: string; cleared: boolean }>)
		.filter(({ cleared }) => !cleared)
		.map(({ treatment }) => treatment);

it(`never leaves out what is not cleared, and never sends what is, on ${PATIENTS * RUNS} lists`, async () => {
	const seen = { ambiguous: 0, cleared: 0, partly: 0, needed: 0 };
	await fc.assert(
		fc.asyncProperty(
			fc.array(patient, { minLength: PATIENTS, maxLength: PATIENTS }),
			async (patients) => {
				await world.control.reset();
				const visits = patients.flatMap(({ exams }, index) =>
					exams.map(({ status, decisions, months, who }, position) => ({
						gfe_id: `v${index}-${position}`,
						status,
						requested_treatments: Object.keys(decisions),
						decisions,
						evaluation_completed: completedBefore(months),
						patient_details: {
							first_name: PATIENT.firstName,
							last_name: lastNameOf(index),
							...who,
						},
					})),
				);
				await world.control.add(...(visits as never[]));
				const items = patients.map(({ validityMonths, treatments }, index) => ({
					...{ validityMonths, treatments },
					lastName: lastNameOf(index),
				}));
				const { asked, booked } = await askBoth(items);
				expect([asked.length, booked.length]).toEqual([PATIENTS, PATIENTS]);
				const expected: Array<[lastName: string, treatments: string[]]> = [];
				for (const [index, answer] of asked.entries()) {
					const result = booked[index]!;
					if (answer.error !== undefined) {
						seen.ambiguous += 1;
						expect(answer.error).toContain("'Patient' is ambiguous");
						expect(result.error).toContain("is ambiguous for 'Skip If Cleared'");
						const reason = (text: unknown) => String(text).split(': ')[1];
						expect(reason(result.error)).toBe(reason(answer.error));
						continue;
					}
					const needed = neededBy(answer);
					const isCleared = needed.length === 0;
					seen[isCleared ? 'cleared' : 'needed'] += 1;
					if (!isCleared && needed.length < items[index]!.treatments.length) seen.partly += 1;
					expect(result.requested_treatments).toEqual(needed);
					expect(result.result).toBe(isCleared ? 'already_cleared' : 'requested');
					if (!isCleared) expected.push([lastNameOf(index), needed]);
				}
				const sent = (await world.control.requests())
					.filter(({ method }) => method === 'POST')
					.map(({ body }) => {
						const { patient_details: who, requested_treatments: names } = body as IDataObject;
						return [(who as IDataObject).last_name, names];
					});
				expect(sent).toEqual(expected);
			},
		),
		{ numRuns: RUNS, seed: SEED, endOnFailure: true },
	);
	expect(seen.ambiguous + seen.cleared + seen.needed).toBeGreaterThanOrEqual(PATIENTS * RUNS);
	// A property that compares nothing but errors would hold for any node.
	expect(Math.min(...Object.values(seen))).toBeGreaterThanOrEqual(sized(10));
});
