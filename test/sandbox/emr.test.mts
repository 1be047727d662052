import { atHome, inPerson, startBench, type Bench } from './support.mts';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.control('POST', '/reset'));

const create = async (body: object = atHome) =>
	(await bench.emr('POST', '/appointments', body)).data.gfe_id as string;

describe('keys', () => {
	test.each([
		[null, 'Unauthorized: API key is missing.'],
		['wrong', 'Forbidden: Invalid API key.'],
		['client-test-key', 'Forbidden: Invalid API key.'],
	])('%s is refused', async (key, error) => {
		const { status, data } = await bench.emr('GET', '/treatments', undefined, key);
		expect([status, data]).toEqual([401, { success: false, error }]);
	});

	test('an unknown endpoint is a 404, also with another method', async () => {
		const expected = { success: false, error: 'Not Found', message: 'Endpoint not found' };
		for (const [method, path] of [
			['GET', '/nope'],
			['DELETE', '/treatments'],
			['GET', '/webhooks'],
		] as const) {
			const { status, data } = await bench.emr(method, path);
			expect([status, data]).toEqual([404, expected]);
		}
	});
});

describe('creating at home', () => {
	test('makes a Processing visit and sends an e-mail and a text, each time', async () => {
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
		['no e-mail address', withPatient({ email: 'ada' })],
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

describe('creating in person', () => {
	test('answers with an id and a link, contacts nobody', async () => {
		const { status, data } = await bench.emr('POST', '/in-person', inPerson);
		expect(status).toBe(201);
		expect(data).toEqual({
			success: true,
			gfe_id: expect.any(String),
			visit_link: `${bench.apiUrl}/intake/${data.gfe_id}`,
		});
		expect((await bench.control('GET', '/contacts')).data).toEqual([]);
	});

	test.each(['10-27-1990', '1990-10-27', '02/30/1990', '13/01/1990', '1/2/1990'])(
		'the date %s is refused with the documented text',
		async (dob) => {
			const body = { ...inPerson, patient_details: { ...inPerson.patient_details, dob } };
			const { status, data } = await bench.emr('POST', '/in-person', body);
			expect([status, data.message]).toEqual([400, 'DoB must be in mm/dd/yyyy format']);
		},
	);

	test('settings change the date form, the id field and the link', async () => {
		await bench.control('PUT', '/settings', {
			dobForm: 'dashes',
			inPersonIdField: 'visit_id',
			visitLink: false,
		});
		expect((await bench.emr('POST', '/in-person', inPerson)).status).toBe(400);
		const body = {
			...inPerson,
			patient_details: { ...inPerson.patient_details, dob: '10-27-1990' },
		};
		const { data } = await bench.emr('POST', '/in-person', body);
		expect(data).toEqual({ success: true, visit_id: expect.any(String) });
	});

	test.each([
		['e-mail', { ...inPerson.patient_details, email: 'a@b.co' }],
		['no date', { first_name: 'A', last_name: 'B' }],
	])('%s in the patient details is refused', async (_name, patient_details) => {
		expect((await bench.emr('POST', '/in-person', { ...inPerson, patient_details })).status).toBe(
			400,
		);
	});
});

test('patients are matched by e-mail at home and by date of birth in person', async () => {
	const ben = { ...atHome.patient_details, first_name: 'Ben', last_name: 'Baker' };
	await create({ ...atHome, patient_details: ben });
	await create({ ...atHome, patient_details: { ...ben, first_name: 'BEN' } });
	await create({ ...atHome, patient_details: { ...ben, email: 'other@example.com' } });
	await bench.emr('POST', '/in-person', inPerson);
	await bench.emr('POST', '/in-person', inPerson);
	const born = { ...inPerson.patient_details, dob: '10/28/1990' };
	await bench.emr('POST', '/in-person', { ...inPerson, patient_details: born });
	const { data } = await bench.control('GET', '/state');
	const ids = data.visits.map(({ patient_id }: { patient_id: string }) => patient_id);
	expect(ids[0]).toBe(ids[1]);
	expect(ids[3]).toBe(ids[4]);
	expect(new Set(ids).size).toBe(4);
});

describe('cancelling', () => {
	test('answers without a success key', async () => {
		const gfe_id = await create();
		const { status, data } = await bench.emr('PATCH', `/appointments/${gfe_id}/cancel`);
		expect([status, data]).toEqual([200, { gfe_id, status: 'Cancelled by client' }]);
	});

	test.each([
		['Processing', 200],
		['Scheduled', 200],
		['Not Completed', 200],
		['Pending Review', 400],
		['Completed', 400],
		['Cancelled by client', 400],
	])('a visit that is %s → %d', async (status, expected) => {
		const { data } = await bench.control('POST', '/visits', { visits: [{ status }] });
		const answer = await bench.emr('PATCH', `/appointments/${data.ids[0]}/cancel`);
		expect(answer.status).toBe(expected);
	});

	test('an in-person visit, a visit elsewhere and an unknown one', async () => {
		const { data } = await bench.emr('POST', '/in-person', inPerson);
		expect((await bench.emr('PATCH', `/appointments/${data.gfe_id}/cancel`)).status).toBe(400);
		const id = await create();
		const other = await bench.emr(
			'PATCH',
			`/appointments/${id}/cancel`,
			undefined,
			'emr-second-key',
		);
		expect([other.status, other.data.error]).toEqual([403, 'EMR is not authorized for this GFE']);
		expect((await bench.emr('PATCH', '/appointments/none/cancel')).status).toBe(404);
	});
});

describe('reading', () => {
	test('an open at-home visit shows no decisions, no date of birth, no phone', async () => {
		const gfe_id = await create();
		const { status, data } = await bench.emr('GET', `/visits/${gfe_id}`);
		expect(status).toBe(200);
		expect(data).toEqual({
			success: true,
			data: {
				gfe_id,
				status: 'Processing',
				requested_treatments: ['Botox', 'Dermal Filler'],
				patient_details: {
					name: 'Ada Abbott',
					first_name: 'Ada',
					last_name: 'Abbott',
					email: 'ada@example.com',
				},
			},
		});
	});

	test('a completed in-person visit shows them, with the date in dashes', async () => {
		const gfe_id = (await bench.emr('POST', '/in-person', inPerson)).data.gfe_id;
		await bench.control('POST', `/visits/${gfe_id}/complete`, {
			decisions: { Botox: 'deferred', Sculptra: 'conditionally_approved' },
		});
		const { data } = await bench.emr('GET', `/visits/${gfe_id}`);
		expect(data.data).toMatchObject({
			status: 'Completed',
			patient_details: { dob: '10-27-1990' },
			approved_treatments: [],
			conditionally_approved_treatments: ['Sculptra'],
			deferred_treatments: ['Botox'],
			pdf_link: expect.stringContaining(`${bench.filesUrl}/gfe/${gfe_id}.pdf?expires=`),
			evaluation_completed: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-0[78]:00$/),
		});
	});

	test('a list holds one location, every status', async () => {
		const id = await create();
		await create({ ...atHome, location_id: 'loc_uptown' });
		await bench.control('POST', `/visits/${id}/cancel`);
		const { data } = await bench.emr('GET', '/gfes/loc_downtown');
		expect([data.success, data.location_id, data.count]).toEqual([true, 'loc_downtown', 1]);
		expect(data.gfes[0]).toMatchObject({ gfe_id: id, status: 'Cancelled' });
		expect(data.gfes[0]).not.toHaveProperty('location_id');
		const empty = await bench.emr('GET', '/gfes/loc_other_emr', undefined, 'emr-second-key');
		expect(empty.data).toEqual({ success: true, location_id: 'loc_other_emr', count: 0, gfes: [] });
		expect((await bench.emr('GET', '/gfes/loc_other_emr')).status).toBe(403);
		expect((await bench.emr('GET', '/gfes/loc_none')).status).toBe(404);
	});

	test('the catalogue, and favorites', async () => {
		const all = await bench.emr('GET', '/treatments');
		expect(all.data.data).toContainEqual({ id: 'trt_iv_therapy', name: 'IV Therapy' });
		expect(all.data).not.toHaveProperty('source');
		const favorites = await bench.emr('GET', '/treatments?type=favorites&location_id=loc_downtown');
		expect(favorites.data.source).toBe('favorites');
		expect(favorites.data.data.map(({ name }: { name: string }) => name)).toEqual([
			'Botox',
			'Dermal Filler',
			'Laser Hair Removal',
		]);
		const none = await bench.emr('GET', '/treatments?type=favorites');
		expect([none.status, none.data.message]).toEqual([
			400,
			'location_id is required when requesting favorites',
		]);
		for (const [location, status] of [
			['loc_none', 404],
			['loc_other_emr', 403],
		]) {
			const answer = await bench.emr('GET', `/treatments?type=favorites&location_id=${location}`);
			expect(answer.status).toBe(status);
		}
	});

	test('no favorites: 200, or 404 if set so, both with an empty list', async () => {
		const path = '/treatments?type=favorites&location_id=loc_uptown';
		const now = await bench.emr('GET', path);
		expect([now.status, now.data.data]).toEqual([200, []]);
		await bench.control('PUT', '/settings', { treatmentsEmpty: '404' });
		const before = await bench.emr('GET', path);
		expect([before.status, before.data.data]).toEqual([404, []]);
	});
});

describe('webhook registration', () => {
	test('subscribing twice is harmless', async () => {
		const body = { location_id: 'loc_downtown' };
		const first = await bench.emr('POST', '/subscriptions', body);
		const second = await bench.emr('POST', '/subscriptions', body);
		expect(first.data).toEqual({ success: true, message: 'Successfully subscribed to location' });
		expect(second.data).toEqual({ success: true, message: 'Already subscribed to this location' });
		const { data } = await bench.control('GET', '/state');
		expect(data.subscriptions).toEqual({ 'emr-test-key': ['loc_downtown'] });
	});

	test('one URL per key: the newest', async () => {
		await bench.emr('POST', '/webhooks', { url: 'https://one.example/hook' });
		const { status, data } = await bench.emr('POST', '/webhooks', {
			url: 'https://two.example/hook',
		});
		expect([status, data]).toEqual([
			200,
			{ success: true, message: 'Webhook URL updated successfully' },
		]);
		const state = await bench.control('GET', '/state');
		expect(state.data.webhooks).toEqual({ 'emr-test-key': 'https://two.example/hook' });
	});

	test.each<[string, string, object, number]>([
		['an unknown field', '/subscriptions', { location_id: 'loc_downtown', x: 1 }, 400],
		['a location of another EMR', '/subscriptions', { location_id: 'loc_other_emr' }, 403],
		['an unknown location', '/subscriptions', { location_id: 'loc_none' }, 404],
		['an unknown field', '/webhooks', { url: 'https://a.example', secret: 'x' }, 400],
		['no URL', '/webhooks', { url: 'somewhere' }, 400],
		['a URL that is not http', '/webhooks', { url: 'ftp://a.example' }, 400],
	])('%s at %s is refused', async (_name, path, body, status) => {
		expect((await bench.emr('POST', path, body)).status).toBe(status);
	});
});
