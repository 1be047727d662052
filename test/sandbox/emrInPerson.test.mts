import { atHome, inPerson, startBench, type Bench } from './support.mts';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.control('POST', '/reset'));

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
		['email', { ...inPerson.patient_details, email: 'a@b.co' }],
		['no date', { first_name: 'A', last_name: 'B' }],
	])('%s in the patient details is refused', async (_name, patient_details) => {
		expect((await bench.emr('POST', '/in-person', { ...inPerson, patient_details })).status).toBe(
			400,
		);
	});
});

const book = async (body: object) => await bench.emr('POST', '/appointments', body);

test('patients are matched by email at home and by date of birth in person', async () => {
	const ben = { ...atHome.patient_details, first_name: 'Ben', last_name: 'Baker' };
	await book({ ...atHome, patient_details: ben });
	await book({ ...atHome, patient_details: { ...ben, first_name: 'BEN' } });
	await book({ ...atHome, patient_details: { ...ben, email: 'other@example.com' } });
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
