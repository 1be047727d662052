import fc from 'fast-check';
import { bookingParameters, PATIENT, patientItem } from '../support/patient.mts';
import { succeeded, useSimulator } from '../support/world.mts';
import { sized } from '../../unit/support/size.mts';

/** Whatever the list holds: Create with Skip If Cleared and Check Clearance agree on every treatment. */
const world = useSimulator();
const SEED = Number(process.env.SPAKINECT_TEST_SEED ?? 1);
const TREATMENTS = ['Botox', 'Dermal Filler', 'IV Therapy'];
const APPOINTMENT = '2027-03-09T14:30:00';

const decision = fc.constantFrom('approved', 'conditionally_approved', 'deferred', 'undecided');
const person = fc.constantFrom(
	{ email: PATIENT.email, dob: PATIENT.dateOfBirth },
	{ email: PATIENT.email, dob: null },
	{ email: PATIENT.email, dob: '2001-01-01' },
	{ email: 'other@mail.example', dob: PATIENT.dateOfBirth },
	{ email: null, dob: PATIENT.dateOfBirth },
);
const exam = fc.record({
	status: fc.constantFrom('Completed', 'Completed', 'Completed', 'Processing', 'Rejected', 'Odd'),
	decisions: fc.dictionary(fc.constantFrom(...TREATMENTS), decision, { minKeys: 1 }),
	months: fc.integer({ min: -2, max: 16 }),
	who: person,
});
const completedBefore = (months: number) =>
	new Date(Date.UTC(2027, 2 - months, 9, 19, 30)).toISOString();

it('never leaves out what is not cleared, and never sends what is', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(exam, { maxLength: 5 }),
			fc.integer({ min: 1, max: 14 }),
			async (exams, validityMonths) => {
				await world.control.reset();
				const visits = exams.map(({ status, decisions, months, who }, index) => ({
					...{
						gfe_id: `v${index}`,
						status,
						requested_treatments: Object.keys(decisions),
						decisions,
					},
					evaluation_completed: completedBefore(months),
					patient_details: { first_name: PATIENT.firstName, last_name: PATIENT.lastName, ...who },
				}));
				if (visits.length > 0) await world.control.add(...(visits as never[]));
				const { locationId, firstName, lastName, email } = bookingParameters;
				const asked = await world.run(
					...(['emr', 'gfe', 'checkClearance'] as const),
					{
						...{ locationId, firstName, lastName, email, treatments: TREATMENTS },
						...{ appointmentTime: APPOINTMENT, options: { validityMonths } },
					},
					{ items: [patientItem()] },
				);
				const options = { skipIfCleared: true, validityMonths };
				const parameters = { ...bookingParameters, treatments: TREATMENTS, options };
				const booked = await world.run('emr', 'atHomeVisit', 'create', parameters, {
					items: [patientItem()],
				});
				const sent = (await world.control.requests()).filter(({ method }) => method === 'POST');
				if (asked.error) {
					expect(booked.error?.message).toBe(asked.error.message);
					expect(sent).toEqual([]);
					return;
				}
				const answer = succeeded(asked)[0]!.treatments as Array<{
					treatment: string;
					cleared: boolean;
				}>;
				const needed = answer.filter(({ cleared }) => !cleared).map(({ treatment }) => treatment);
				const [json] = succeeded(booked);
				expect(json?.requested_treatments).toEqual(needed);
				expect(json?.result).toBe(needed.length > 0 ? 'requested' : 'already_cleared');
				const bodies = sent.map(
					({ body }) => (body as { requested_treatments: string[] }).requested_treatments,
				);
				expect(bodies).toEqual(needed.length > 0 ? [needed] : []);
			},
		),
		{ numRuns: sized(60), seed: SEED },
	);
});
