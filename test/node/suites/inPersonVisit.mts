import { expectPrivate, inPersonParameters, patientItem, QUOTING } from '../support/patient.mts';
import { succeeded, useSimulator } from '../support/world.mts';

const world = useSimulator();
const create = (parameters = {}, patient = {}) =>
	world.run(
		'emr',
		'inPersonVisit',
		'create',
		{ ...inPersonParameters, ...parameters },
		{ items: [patientItem(patient)] },
	);
const sentDobs = async () =>
	(await world.control.requests())
		.filter(({ method }) => method === 'POST')
		.map(({ body }) => (body as { patient_details: { dob: string } }).patient_details.dob);

it('creates, contacts nobody, and echoes with the link', async () => {
	const intakeAnswers = { medicalConditions: ['asthma'] };
	const options = { reference: 5 };
	const [json] = succeeded(await create({ intakeAnswers, options }));
	const [visit] = await world.control.visits();
	expect(json).toEqual({
		gfe_id: visit?.gfe_id,
		created: true,
		visit_link: `${world.sim.apiUrl}/intake/${visit?.gfe_id}`,
		result: 'requested',
		summary: `GFE ${visit?.gfe_id} was requested for Botox at the spa.`,
		skipped_treatments: [],
		...{ all_approved: null, evaluation_completed: null, event_id: null },
		patient_details: { first_name: 'Quillon', last_name: 'Vanterpool', dob: '1987-11-23' },
		location_id: 'loc_downtown',
		requested_treatments: ['Botox'],
		treatments_text: 'Botox',
		intake_answers: [
			{ question: 'medical-conditions', answer: { selected: 'yes', items: ['asthma'] } },
		],
		reference: 5,
	});
	expect(visit).toMatchObject({ kind: 'in_person', patient_details: { dob: '1987-11-23' } });
	expect(await world.control.contacts()).toEqual([]);
});

it.each([
	'1987-11-23',
	'11/23/1987',
	'11-23-1987',
	'Nov 23, 1987',
	'23 November 1987',
	'11/23/1987 12:00:00 AM',
	'1987-11-23T00:00:00.000-08:00',
	'1987-11-22T19:00:00.000-05:00',
	'={{ 32104 }}',
	'32104',
	"={{ 32104..toDateTime('excel') }}",
	"={{ 'Nov 23, 1987'.toDateTime() }}",
	'={{ DateTime.fromMillis(564624000000) }}',
	"={{ DateTime.fromISO('1987-11-23') }}",
	"={{ new Date('1987-11-23') }}",
	"={{ DateTime.fromFormat('11/23/1987', 'MM/dd/yyyy').toISO() }}",
])('the date of birth %s is never shifted', async (dateOfBirth) => {
	const booking = dateOfBirth.startsWith('=')
		? create({ dateOfBirth })
		: create({}, { dateOfBirth });
	expect(succeeded(await booking)[0]?.patient_details).toMatchObject({
		dob: '1987-11-23',
	});
	expect(await sentDobs()).toEqual(['11/23/1987']);
});

it.each(['', '1987-02-30', '2087-01-01', '23/11/1987', '1987', '11/23/87', '1987-11-22T22:00:00Z'])(
	'%j is refused',
	async (dateOfBirth) => {
		const { error } = await create({}, { dateOfBirth });
		expect(error?.message).toContain("'Date of Birth'");
		expect(await sentDobs()).toEqual([]);
	},
);

describe('the two forms of the date', () => {
	it('dashes after a 400 about the date, once', async () => {
		await world.control.settings({ dobForm: 'dashes' });
		succeeded(await create());
		expect(await sentDobs()).toEqual(['11/23/1987', '11-23-1987']);
		expect(await world.control.visits()).toHaveLength(1);
	});

	it.each([
		[400, 'No valid treatments found for the requested treatment names', 1],
		[400, 'DoB must be in mm/dd/yyyy format', 2],
		[400, 'Invalid date', 2],
		[400, 'Quillon Vanterpool 11/23/1987: wrong dob for Quillon Vanterpool', 2],
		[403, 'EMR is not authorized for this date', 1],
		[500, 'DoB must be in mm/dd/yyyy format', 1],
	])('%i %s: %i requests', async (status, message, count) => {
		const body = { success: false, error: 'Bad Request', message };
		await world.control.faults({ match: { method: 'POST' }, kind: 'status', status, body });
		const result = await create();
		expect(result.error?.httpCode).toBe(String(status));
		expect(await sentDobs()).toHaveLength(count);
		expectPrivate(result);
	});

	it('a 400 that quotes the date shows nothing of it', async () => {
		await world.control.faults({
			match: { method: 'POST' },
			kind: 'status',
			status: 400,
			body: QUOTING,
		});
		expectPrivate(await create());
	});
});

it('understands visit_id, and a missing link is null', async () => {
	await world.control.settings({ inPersonIdField: 'visit_id', visitLink: false });
	const [json] = succeeded(await create());
	const [visit] = await world.control.visits();
	expect(json).toMatchObject({ gfe_id: visit?.gfe_id, created: true, visit_link: null });
});

it('get gives the visit with its date of birth', async () => {
	const [created] = succeeded(await create());
	const [json] = succeeded(
		await world.run('emr', 'inPersonVisit', 'get', { gfeId: created?.gfe_id as string }),
	);
	expect(json).toMatchObject({
		status: 'Processing',
		status_group: 'open',
		patient_details: { dob: '1987-11-23', email: null },
	});
});

it('a Client key is told that it cannot', async () => {
	for (const operation of ['create', 'get']) {
		const { error } = await world.run('client', 'inPersonVisit', operation, inPersonParameters, {
			items: [patientItem()],
		});
		expect(error?.message).toContain('needs an EMR API key');
	}
	expect(await world.control.sent()).toEqual([]);
});
