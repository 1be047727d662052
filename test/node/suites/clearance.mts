import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { PartialVisit } from '../support/control.mts';
import { clearanceParameters, PATIENT, patientItem } from '../support/patient.mts';
import { succeeded, useSimulator } from '../support/world.mts';

const world = useSimulator();

const details = {
	first_name: PATIENT.firstName,
	last_name: PATIENT.lastName,
	email: PATIENT.email,
	dob: null,
};
/** A completed visit of the patient, Botox approved unless said otherwise. */
const exam = (
	gfeId: string,
	date: string,
	decision: 'approved' | 'conditionally_approved' | 'deferred' | 'undecided' = 'approved',
	rest: PartialVisit = {},
): PartialVisit => ({
	gfe_id: gfeId,
	status: 'Completed',
	requested_treatments: ['Botox'],
	decisions: { Botox: decision },
	evaluation_completed: `${date}T10:00:00-07:00`,
	patient_details: details,
	...rest,
});

const check = (
	parameters: INodeParameters = {},
	patient: IDataObject = {},
	key: 'emr' | 'client' = 'emr',
) =>
	world.run(
		key,
		'gfe',
		'checkClearance',
		{ ...clearanceParameters, options: { asOf: '2026-06-15T12:00:00' }, ...parameters },
		{ items: [patientItem({ dateOfBirth: '', ...patient })] },
	);
const answer = async (...args: Parameters<typeof check>) =>
	succeeded(await check(...args))[0] ?? {};

describe('stories of one treatment', () => {
	it.each<[string, PartialVisit[], boolean, IDataObject]>([
		['never seen', [], false, { decision: null, gfe_id: null, reason: 'never_evaluated' }],
		[
			'approved in May',
			[exam('a', '2026-05-02')],
			true,
			{ decision: 'approved', gfe_id: 'a', reason: 'approved' },
		],
		[
			'approved a year and a day ago',
			[exam('a', '2025-06-14')],
			false,
			{ decision: 'approved', reason: 'expired' },
		],
		['approved a year ago less a day', [exam('a', '2025-06-16')], true, { reason: 'approved' }],
		[
			'deferred',
			[exam('a', '2026-05-02', 'deferred')],
			false,
			{ decision: 'deferred', reason: 'deferred' },
		],
		[
			'conditional',
			[exam('a', '2026-05-02', 'conditionally_approved')],
			false,
			{ decision: 'conditionally_approved' },
		],
		[
			'left undecided',
			[exam('a', '2026-05-02', 'undecided')],
			false,
			{ decision: 'undecided', reason: 'undecided' },
		],
		[
			'approved, then deferred',
			[exam('a', '2026-01-02'), exam('b', '2026-05-02', 'deferred')],
			false,
			{ decision: 'deferred', gfe_id: 'b' },
		],
		[
			'deferred, then approved (the list is not in order)',
			[exam('b', '2026-05-02'), exam('a', '2026-01-02', 'deferred')],
			true,
			{ decision: 'approved', gfe_id: 'b' },
		],
		[
			'decided only after the day asked for',
			[exam('a', '2026-07-01')],
			false,
			{ decision: null, gfe_id: null },
		],
		[
			'cancelled',
			[exam('a', '2026-05-02', 'approved', { status: 'Cancelled' })],
			false,
			{ decision: null },
		],
	])('%s', async (_, visits, cleared, treatment) => {
		await world.control.add(...visits);
		const json = await answer();
		expect(json.cleared).toBe(cleared);
		expect(json.treatments).toEqual([
			expect.objectContaining({ treatment: 'Botox', cleared, ...treatment }),
		]);
	});

	it('says everything that a front desk needs', async () => {
		await world.control.add(exam('a', '2026-05-02'), { gfe_id: 'open', patient_details: details });
		expect(
			await answer({
				treatments: 'botox, IV Therapy',
				options: { asOf: '2026-06-15T12:00:00', validityMonths: 6 },
			}),
		).toEqual({
			cleared: false,
			treatments: [
				{
					treatment: 'Botox',
					cleared: true,
					decision: 'approved',
					gfe_id: 'a',
					evaluation_completed: '2026-05-02T17:00:00.000Z',
					expires_at: '2026-11-02T18:00:00.000Z',
					reason: 'approved',
				},
				{
					treatment: 'IV Therapy',
					cleared: false,
					decision: null,
					gfe_id: null,
					evaluation_completed: null,
					expires_at: null,
					reason: 'never_evaluated',
				},
			],
			open_gfe_id: 'open',
			matched_by: 'name_and_email',
			appointment_at: '2026-06-15T16:00:00.000Z',
			appointment_day: '2026-06-15',
			summary: expect.stringMatching(/^Not cleared for June 15, 2026, 12:00 PM EDT: IV Therapy/),
		});
	});
});

it.each<[string, INodeParameters, string | null, string | null]>([
	[
		'a wall time',
		{ appointmentTime: '6/15/2026 6:00 PM' },
		'2026-06-15T22:00:00.000Z',
		'2026-06-15',
	],
	[
		'late in the evening',
		{ appointmentTime: '2026-06-15T23:30:00' },
		'2026-06-16T03:30:00.000Z',
		'2026-06-15',
	],
	[
		'an offset, by which it is another day',
		{ appointmentTime: '2026-06-16T01:00:00+02:00' },
		'2026-06-15T23:00:00.000Z',
		'2026-06-15',
	],
	[
		'the old option',
		{ options: { asOf: '2026-06-15T12:00:00' } },
		'2026-06-15T16:00:00.000Z',
		'2026-06-15',
	],
	[
		'a whole day, to its end',
		{ appointmentTime: '2026-06-15' },
		'2026-06-16T03:59:59.999Z',
		'2026-06-15',
	],
	['no time, so now', {}, null, null],
])('appointment_at is the time that was asked about: %s', async (_, parameters, at, day) => {
	const json = await answer({ options: {}, ...parameters });
	expect([json.appointment_at, json.appointment_day]).toEqual([at, day]);
});

describe('who the patient is', () => {
	it('by date of birth, by email, by both', async () => {
		await world.control.add(
			exam('a', '2026-05-02', 'approved', {
				kind: 'in_person',
				patient_details: { ...details, email: null, dob: '1987-11-23' },
			}),
		);
		const born = { dateOfBirth: '11/23/1987' };
		expect(await answer({}, { ...born, email: '' })).toMatchObject({
			cleared: true,
			matched_by: 'name_and_date_of_birth',
		});
		expect(await answer({}, { email: 'other@mail.example' })).toMatchObject({
			cleared: false,
			matched_by: null,
		});
		expect(await answer({}, { ...born, firstName: 'Somebody' })).toMatchObject({
			cleared: false,
			matched_by: null,
		});
	});

	it('two people with one address are never picked between', async () => {
		const twin = (gfeId: string, dob: string) =>
			exam(gfeId, '2026-05-02', 'approved', { patient_details: { ...details, dob } });
		await world.control.add(twin('a', '1987-11-23'), twin('b', '1990-04-25'));
		const { error } = await check();
		expect(error?.message).toContain("'Patient' is ambiguous");
		expect(error?.message).not.toMatch(/Quillon|1987/);
	});

	it.each([
		[{ email: '', dateOfBirth: '' }, /'Email' and 'Date of Birth' are both empty/],
		[{ email: 'x' }, /'Email'/],
		[{ dateOfBirth: 'x' }, /'Date of Birth'/],
		[{ firstName: '' }, /'First Name' is empty/],
	])('%j is refused', async (patient, message) => {
		expect((await check({}, patient)).error?.message).toMatch(message);
	});
});

it.each([
	[{ treatments: 'Botx' }, /"Botox"/],
	[{ locationId: '={{ "" }}' }, /'Location ID' is empty/],
	[{ options: { validityMonths: 0 } }, /'Validity \(Months\)'/],
	[{ options: { validityMonths: '={{ $json.nowhere }}' } }, /'Validity \(Months\)'/],
	[{ options: { asOf: '={{ $json.nowhere }}' } }, /'Appointment Time' is empty/],
	[{ options: { asOf: '={{ null }}' } }, /'Appointment Time' is empty/],
	[{ options: { validityMonths: 1.5 } }, /'Validity \(Months\)'/],
	[{ options: { asOf: 'someday' } }, /'Appointment Time'/],
])('%j is refused', async (parameters: INodeParameters, message) => {
	expect((await check(parameters)).error?.message).toMatch(message);
});

it('a Client key gets no evaluation dates: never cleared, with the reason', async () => {
	await world.control.add(exam('a', '2026-05-02'));
	const json = await answer({ locationId: '' }, {}, 'client');
	expect(json).toMatchObject({
		cleared: false,
		treatments: [
			{ cleared: false, decision: 'approved', gfe_id: 'a', reason: 'no_evaluation_date' },
		],
	});
});

describe('evaluation dates of own records', () => {
	const records = (rows: unknown, rest: IDataObject = {}): INodeParameters => ({
		locationId: '',
		options: {
			asOf: '2026-06-15T12:00:00',
			evaluationDates: typeof rows === 'string' ? rows : JSON.stringify(rows),
			...rest,
		} as INodeParameters,
	});

	it('clear with a Client key, by an expression over rows as a Data Table gives them', async () => {
		await world.control.add(exam('a', '2026-05-02'));
		const rows = "={{ [{ gfe_id: 'a', event_time: '2026-05-02T17:00:03.000Z' }] }}";
		expect(await answer(records(rows), {}, 'client')).toMatchObject({
			cleared: true,
			treatments: [
				{
					cleared: true,
					gfe_id: 'a',
					evaluation_completed: '2026-05-02T17:00:03.000Z',
					reason: 'approved',
					evaluation_date_source: 'own_records',
				},
			],
		});
	});

	it('leave what they do not name without a date', async () => {
		await world.control.add(exam('a', '2026-05-02'));
		const rows = [{ gfe_id: 'b', event_time: '2026-05-02T17:00:03.000Z' }];
		expect(await answer(records(rows), {}, 'client')).toMatchObject({
			cleared: false,
			treatments: [{ reason: 'no_evaluation_date', evaluation_date_source: null }],
		});
	});

	it('do not change a date that Spakinect gives', async () => {
		await world.control.add(exam('a', '2025-01-02'));
		const rows = [{ gfe_id: 'a', event_time: '2026-05-02T17:00:03.000Z' }];
		expect(await answer({ ...records(rows), locationId: 'loc_downtown' })).toMatchObject({
			cleared: false,
			treatments: [{ reason: 'expired', evaluation_date_source: 'spakinect' }],
		});
	});

	it('that cannot be used stop the item before anything is asked, and stay out of the error', async () => {
		const rows = "={{ [{ gfe_id: 'a', event_time: $json.theInput.firstName }] }}";
		const { error } = await check(records(rows), {}, 'client');
		expect(error?.message).toMatch(/^'Evaluation Dates' is not a date and time/);
		expect(JSON.stringify(error)).not.toContain(PATIENT.firstName);
		expect(await world.control.sent()).toEqual([]);
	});
});

describe('Service Menu', () => {
	const rows = [
		{ service: 'Tox - 20 units', treatments: 'Botox' },
		{ service: 'Combo', treatments: ['Botox', 'Dermal Filler'] },
		{ service: 'Gift card', treatments: [] },
	];
	const serviceMenu = { table: [{ rows: JSON.stringify(rows) }] };
	const asked = (treatments: string, key: 'emr' | 'client' = 'emr') =>
		check({ treatments, options: { asOf: '2026-06-15T12:00:00', serviceMenu } }, {}, key);

	it.each(['emr', 'client'] as const)('services stand for their treatments (%s)', async (key) => {
		await world.control.add(exam('a', '2026-05-02'));
		const [json] = succeeded(await asked('Combo, Gift card', key));
		expect(json).toMatchObject({
			cleared: false,
			treatments: [
				{ treatment: 'Botox', gfe_id: 'a' },
				{ treatment: 'Dermal Filler', reason: 'never_evaluated' },
			],
		});
		expect(json).not.toHaveProperty('result');
		if (key === 'emr') expect(succeeded(await asked('tox - 20 UNITS'))[0]?.cleared).toBe(true);
	});

	it('services that need no exam are not cleared, and say so', async () => {
		const [json] = succeeded(await asked('Gift card'));
		expect(json).toMatchObject({ result: 'no_exam_needed', cleared: false, treatments: [] });
	});

	it('a service that is in neither is an error', async () => {
		expect((await asked('Facial')).error?.message).toContain('Facial');
	});
});

describe('several locations', () => {
	it.each([
		['a comma list', 'loc_uptown, loc_downtown'],
		['an array', '={{ ["loc_uptown", "loc_downtown"] }}'],
		['an array as text', '["loc_downtown","loc_uptown"]'],
		['with repeats', 'loc_uptown,loc_downtown,,loc_uptown'],
	])('%s: a deferral in one takes the approval of the other away', async (_, locationId) => {
		await world.control.add(
			exam('a', '2026-05-02'),
			exam('b', '2026-05-03', 'deferred', { location_id: 'loc_uptown' }),
		);
		expect(await answer({ locationId })).toMatchObject({
			cleared: false,
			treatments: [{ reason: 'deferred', gfe_id: 'b' }],
		});
		expect((await world.control.sent()).sort()).toEqual([
			'GET /emr/gfes/loc_downtown',
			'GET /emr/gfes/loc_uptown',
			'GET /emr/treatments',
		]);
	});

	it('a list that cannot be read is an error, never an answer from the others', async () => {
		await world.control.add(exam('a', '2026-05-02'));
		const { error } = await check({ locationId: 'loc_downtown, loc_other_emr' });
		expect(error?.message).toContain('(403)');
	});

	it.each<[string, object]>([
		['fewer visits than it says', { count: 2 }],
		['another location', { location_id: 'loc_uptown' }],
		[
			'an entry without a GFE ID',
			{ more: [{ status: 'Completed', deferred_treatments: ['Botox'] }] },
		],
		['an entry that is no visit', { more: [null] }],
	])(
		'a list with %s is an error: it may hold a deferral',
		async (_, { more = [], ...rest }: { more?: unknown[] }) => {
			const approved = {
				...{ gfe_id: 'a', status: 'Completed', requested_treatments: ['Botox'] },
				...{ approved_treatments: ['Botox'], evaluation_completed: '2026-05-02T10:00:00Z' },
				patient_details: { name: 'Quillon Vanterpool', email: 'quillon.v@mail.example' },
			};
			const answer = (body: object) =>
				world.control.faults({
					...{ match: { path: '/gfes' }, kind: 'status', status: 200 },
					body: { success: true, ...body },
				});
			await answer({ location_id: ' LOC_Downtown', count: '1', gfes: [approved] });
			expect((await check()).error).toBeUndefined();
			await answer({ gfes: [approved, ...more], ...rest });
			expect((await check()).error?.message).toContain("Spakinect's list of visits");
		},
	);

	it.each(['={{ ["loc_downtown", null] }}', '={{ ["loc_downtown", ""] }}', '={{ { id: 1 } }}'])(
		'%s is refused: a location left out could hold a deferral',
		async (locationId) => {
			await world.control.add(exam('a', '2026-05-02'));
			const { error } = await check({ locationId });
			expect(error?.message).toMatch(/^'Location ID' has an entry/);
			expect(await world.control.sent()).toEqual([]);
		},
	);
});

describe('the main fields', () => {
	it('and the option of the same name together are refused', async () => {
		const { error } = await check({ appointmentTime: '2026-06-15T12:00:00' });
		expect(error?.message).toBe("'Appointment Time' is given twice");
	});

	it.each([
		[{ appointmentTime: "={{ $('Nowhere').item.json.x }}", options: {} }, 'Appointment Time'],
		[{ options: { asOf: "={{ $('Nowhere').item.json.x }}" } }, 'Appointment Time'],
		[{ options: { validityMonths: "={{ $('Nowhere').item.json.x }}" } }, 'Validity (Months)'],
		[{ options: { validityMonths: 1201 } }, 'Validity (Months)'],
		[{ options: { validityMonths: '={{ true }}' } }, 'Validity (Months)'],
	])('%j is told by the name in the panel', async (parameters, label) => {
		const { error } = await check(parameters as INodeParameters);
		expect(error?.message).toContain(`'${label}'`);
		expect(error?.message).not.toMatch(/options\.|asOf|validityMonths|appointmentTime/);
	});
});

it('the summary tells nothing of the patient', async () => {
	await world.control.add(exam('a', '2026-05-02'), { gfe_id: 'o', patient_details: details });
	const { summary } = await answer({ treatments: 'Botox, IV Therapy' });
	expect(summary).toContain('GFE a');
	expect(summary).not.toMatch(/quillon|vanterpool|@|1987/i);
});

it('many patients of one location cost two requests', async () => {
	await world.control.add(exam('a', '2026-05-02'));
	const items = Array.from({ length: 50 }, () => patientItem({ dateOfBirth: '' }));
	const result = await world.run('emr', 'gfe', 'checkClearance', clearanceParameters, { items });
	expect(succeeded(result)).toHaveLength(50);
	expect((await world.control.sent()).sort()).toEqual([
		'GET /emr/gfes/loc_downtown',
		'GET /emr/treatments',
	]);
});
