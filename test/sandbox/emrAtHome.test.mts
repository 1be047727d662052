import { atHome, startBench, type Bench } from './support.mts';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.control('POST', '/reset'));

const create = async (body: object = atHome) =>
	(await bench.emr('POST', '/appointments', body)).data.gfe_id as string;

describe('creating at home', () => {
	test('makes a Processing visit and sends an email and a text, each time', async () => {
		const first = await bench.emr('POST', '/appointments', atHome);
		expect(first.status).toBe(201);
		expect(first.data).toEqual({ success: true, gfe_id: expect.stringMatching(/^\w{20}$/) });
		const second = await create();
		expect(second).not.toBe(first.data.gfe_id);
		const { data: contacts } = await bench.control('GET', '/contacts');
		expect(
			contacts.map(({ channel, to }: { channel: string; to: string }) => [channel, to]),
		).toEqual([
			['email', 'ada@example.com'],
			['text', '+15551234567'],
			['email', 'ada@example.com'],
			['text', '+15551234567'],
		]);
	});

	test('keeps what was sent, in the state', async () => {
		const intake_answers = [
			{ question: 'pregnant-breastfeeding-ivf', answer: 'N/A' },
			{ question: 'allergies', answer: { selected: 'yes', items: ['Latex'] } },
			{ question: 'medications', answer: { selected: 'no', items: [] } },
		];
		await create({ ...atHome, intake_answers });
		const { data } = await bench.control('GET', '/state');
		expect(data.visits).toEqual([
			expect.objectContaining({
				kind: 'at_home',
				location_id: 'loc_downtown',
				created_by: 'emr-test-key',
				status: 'Processing',
				appointment_time: 1_800_000_000,
				phone: '+15551234567',
				requested_treatments: ['Botox', 'Dermal Filler'],
				intake_answers,
			}),
		]);
	});

	test('accepts milliseconds, as the documented schema does', async () => {
		const body = { ...atHome, appointment_time: 1_800_000_000_000 };
		expect((await bench.emr('POST', '/appointments', body)).status).toBe(201);
	});

	const patient = atHome.patient_details;
	const withPatient = (change: object) => ({
		...atHome,
		patient_details: { ...patient, ...change },
	});
	const list = (answer: unknown) => ({
		...atHome,
		intake_answers: [{ question: 'allergies', answer }],
	});
	test.each<[string, unknown]>([
		['an unknown field', { ...atHome, external_id: 'x' }],
		['an unknown patient field', withPatient({ dob: '10/27/1990' })],
		[
			'an unknown intake field',
			{
				...atHome,
				intake_answers: [
					{ question: 'allergies', answer: { selected: 'no', items: [] }, note: 'x' },
				],
			},
		],
		['a phone with separators', withPatient({ phone: '(555) 123-4567' })],
		['a phone starting with 0', withPatient({ phone: '0555123' })],
		['an empty name', withPatient({ first_name: '' })],
		['a name of 101 characters', withPatient({ last_name: 'x'.repeat(101) })],
		['no email address', withPatient({ email: 'ada' })],
		['a missing patient field', withPatient({ phone: undefined })],
		['time 0', { ...atHome, appointment_time: 0 }],
		['a fraction of a second', { ...atHome, appointment_time: 1.5 }],
		['a time as text', { ...atHome, appointment_time: '1800000000' }],
		['no treatments', { ...atHome, requested_treatments: [] }],
		['treatments as text', { ...atHome, requested_treatments: 'Botox' }],
		[
			'a boolean answer',
			{ ...atHome, intake_answers: [{ question: 'pregnant-breastfeeding-ivf', answer: true }] },
		],
		[
			'a lower-case answer',
			{ ...atHome, intake_answers: [{ question: 'pregnant-breastfeeding-ivf', answer: 'yes' }] },
		],
		['items under "no"', list({ selected: 'no', items: ['Latex'] })],
		['no items', list({ selected: 'yes' })],
		['a boolean selected', list({ selected: true, items: [] })],
		[
			'an unknown question',
			{ ...atHome, intake_answers: [{ question: 'shoe-size', answer: 'No' }] },
		],
		['no JSON', '{bad'],
		['an empty body', undefined],
	])('%s is refused', async (_name, body) => {
		const { status, data } = await bench.emr('POST', '/appointments', body);
		expect([status, data.success, data.error]).toEqual([400, false, 'Bad Request']);
		expect((await bench.control('GET', '/contacts')).data).toEqual([]);
	});

	test('a refusal names the field and never repeats a value', async () => {
		const { data } = await bench.emr('POST', '/appointments', withPatient({ phone: '(555) 123' }));
		expect(data.message).toContain('body/patient_details/phone');
		expect(data.message).not.toContain('555');
	});

	test('treatments go by name: ids and unknown names are not valid', async () => {
		for (const name of ['trt_botox', 'botox', 'Nope']) {
			const body = { ...atHome, requested_treatments: [name] };
			const { status, data } = await bench.emr('POST', '/appointments', body);
			expect(status).toBe(400);
			expect(data.message).toBe('No valid treatments found for the requested treatment names');
		}
	});

	test('an unknown treatment among known ones is dropped silently, or refused if set so', async () => {
		const body = { ...atHome, requested_treatments: ['Nope', 'Botox'] };
		const id = await create(body);
		const { data } = await bench.emr('GET', `/visits/${id}`);
		expect(data.data.requested_treatments).toEqual(['Botox']);
		await bench.control('PUT', '/settings', { unknownTreatments: 'refuse' });
		expect((await bench.emr('POST', '/appointments', body)).status).toBe(400);
	});

	test('a location of another EMR is a 403, one that does not exist a 404', async () => {
		const other = await bench.emr('POST', '/appointments', {
			...atHome,
			location_id: 'loc_other_emr',
		});
		expect([other.status, other.data]).toEqual([
			403,
			{ success: false, error: 'EMR is not authorized for this location' },
		]);
		const none = await bench.emr('POST', '/appointments', { ...atHome, location_id: 'loc_none' });
		expect([none.status, none.data.message]).toEqual([404, 'Location not found']);
	});
});
