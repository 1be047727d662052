import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { RESOURCES } from '../../../nodes/Spakinect/actions/registry';
import { describedApi } from '../support/description.mts';
import { PARAMETERS } from '../support/operations.mts';
import {
	bookingParameters,
	inPersonParameters,
	PATIENT,
	patientItem,
} from '../support/patient.mts';
import { KEYS, useSimulator } from '../support/world.mts';

const world = useSimulator();
const patient_details = {
	first_name: PATIENT.firstName,
	last_name: PATIENT.lastName,
	email: PATIENT.email,
};
/** Another one each time: SPAKINECT_TEST_SEED=5 */
const SEED = Number(process.env.SPAKINECT_TEST_SEED ?? 1);

let description: Awaited<ReturnType<typeof describedApi>>;
beforeAll(async () => {
	description = await describedApi();
});
afterAll(() => description.close());

describe.each(
	RESOURCES.flatMap((resource) =>
		resource.operations.map((operation) => ({ resource, operation })),
	),
)('$resource.value: $operation.value', ({ resource, operation }) => {
	it.each([...operation.keys])('sends only what the description knows (%s)', async (key) => {
		const variants = PARAMETERS[`${resource.value} ${operation.value}`] ?? [];
		expect(variants).not.toEqual([]);
		for (const parameters of variants) {
			await world.control.add({ gfe_id: 'v1', status: 'Completed', patient_details });
			const isOpen = ['cancel', 'reschedule'].includes(operation.value);
			await world.control.edit('v1', isOpen ? { status: 'Processing' } : {});
			const items = [patientItem()];
			const result = await world.run(key, resource.value, operation.value, parameters, { items });
			expect(result.error).toBeUndefined();
			const requests = await world.control.requests();
			expect(requests.length).toBeGreaterThan(0);
			expect(await description.check(requests)).toEqual([]);
		}
	});
});

describe('whatever goes in: a valid request, or an error that names a field', () => {
	const text = fc.oneof(
		fc.string({ maxLength: 20 }),
		fc.string({ unit: 'grapheme', maxLength: 120 }),
		fc.constantFrom('', ' ', '0', 'null'),
	);
	const anyDate = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
	/** Mostly something good, so that whole requests come about too. */
	const mostly = (good: unknown[], ...other: Array<fc.Arbitrary<unknown>>) =>
		fc.oneof(
			{ arbitrary: fc.constantFrom(...good), weight: 5 },
			...[text, ...other].map((arbitrary) => ({ arbitrary, weight: 1 })),
		);
	const patient = fc.record({
		firstName: mostly(['Ada']),
		lastName: mostly(['Lovelace']),
		email: mostly(
			['ada@example.com'],
			fc.emailAddress(),
			text.map((part) => `${part}@example.com`),
		),
		phone: mostly(['(202) 555-0123', '+49 30 901820', 12025550123], fc.integer()),
		dateOfBirth: mostly(['1990-04-25', '04/25/1990', '2/29/2000'], anyDate),
		when: mostly(['2027-03-09T14:30:00', 1_800_000_000, 1_800_000_000_000], anyDate, fc.double()),
		treatments: mostly(
			['botox', '["Botox"]', 'trt_botox, IV Therapy'],
			fc.array(fc.oneof(fc.constant('Botox'), text), { maxLength: 4 }),
		),
		allergies: mostly(['latex', ''], fc.array(text, { maxLength: 3 })),
	});
	const from = (field: string) => `={{ $json.theInput.${field} }}`;
	const hostile: Record<string, INodeParameters> = {
		atHomeVisit: { ...bookingParameters, appointmentTime: from('when') },
		inPersonVisit: inPersonParameters,
	};

	it.each(Object.keys(hostile))('%s: create', async (resource) => {
		for (const unknownTreatments of ['error', 'send']) {
			const items = fc
				.sample(patient, { numRuns: 150, seed: SEED })
				.map((one) => patientItem(one as IDataObject));
			const parameters = {
				...hostile[resource],
				treatments: from('treatments'),
				intakeAnswers: { allergies: from('allergies') },
				options: { unknownTreatments },
			};
			const node = { onError: 'continueRegularOutput' as const };
			const result = await world.run('emr', resource, 'create', parameters, { items, node });
			expect(result.json).toHaveLength(items.length);
			const requests = await world.control.requests();
			expect(await description.check(requests)).toEqual([]);
			expect(requests.filter(({ method }) => method === 'POST').length).toBeGreaterThan(3);
			for (const { error } of result.json) {
				if (error === undefined) continue;
				expect(error).toMatch(
					/^'(First Name|Last Name|Email|Phone|Date of Birth|Appointment Time|Treatments|Allergies)'|did not accept the request \(400\)/,
				);
			}
		}
	});
});

it.each([
	[
		'emr',
		'/appointments',
		{
			patient_details: {
				first_name: 'A',
				last_name: 'B',
				email: 'a@example.com',
				phone: '12025550123',
			},
			location_id: 'loc_downtown',
			appointment_time: 1_800_000_000,
			requested_treatments: ['Botox'],
		},
	],
	[
		'emr',
		'/in-person',
		{
			patient_details: { first_name: 'A', last_name: 'B', dob: '04/25/1990' },
			location_id: 'loc_downtown',
			requested_treatments: ['Botox'],
		},
	],
	['emr', '/subscriptions', { location_id: 'loc_downtown' }],
	['emr', '/webhooks', { url: 'https://n8n.example.com/x' }],
	[
		'client',
		'/appointments',
		{
			patient_details: {
				first_name: 'A',
				last_name: 'B',
				email: 'a@example.com',
				phone: '12025550123',
			},
			location_id: 'loc_downtown',
			appointment_time: 1_800_000_000,
			requested_treatments: ['Botox'],
		},
	],
] as const)(
	'the simulator refuses a field that the %s API does not know at %s',
	async (api, path, body) => {
		const post = async (sent: object) => {
			const headers = { 'x-api-key': KEYS[api], 'content-type': 'application/json' };
			const url = `${world.sim.apiUrl}/${api}${path}`;
			return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(sent) })).status;
		};
		expect(await post(body)).toBeLessThan(300);
		expect(await post({ ...body, reference: 'x' })).toBe(400);
		if ('patient_details' in body) {
			const patient_details = { ...body.patient_details, middle_name: 'x' };
			expect(await post({ ...body, patient_details })).toBe(400);
		}
		if (api === 'client') expect(await post({ ...body, intake_answers: [] })).toBe(400);
		expect((await description.check(await world.control.requests())).length).toBeGreaterThan(0);
	},
);
