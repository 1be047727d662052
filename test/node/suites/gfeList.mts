import type { IDataObject } from 'n8n-workflow';
import type { PartialVisit } from '../support/control.mts';
import { expectPrivate, QUOTING } from '../support/patient.mts';
import { succeeded, useSimulator } from '../support/world.mts';
import { sized } from '../../unit/support/size.mts';

const world = useSimulator();
const list = (parameters: IDataObject = {}, key: 'emr' | 'client' = 'emr') =>
	world.run(key, 'gfe', 'getAll', {
		...(key === 'emr' ? { locationId: 'loc_downtown' } : {}),
		returnAll: true,
		...(parameters as object),
	});
const ids = async (key: 'emr' | 'client') =>
	succeeded(await list({}, key)).map(({ gfe_id }) => gfe_id);

const completed = (gfeId: string, rest: PartialVisit = {}): PartialVisit => ({
	gfe_id: gfeId,
	status: 'Completed',
	requested_treatments: ['Botox', 'Chemical Peel', 'IV Therapy', 'Dysport'],
	decisions: {
		Botox: 'approved',
		'Chemical Peel': 'conditionally_approved',
		'IV Therapy': 'deferred',
		Dysport: 'undecided',
		'RHA 3': 'approved',
	},
	evaluation_completed: '2026-05-02T07:00:00-07:00',
	...rest,
});

describe('outputs', () => {
	const shape = {
		gfe_id: 'v1',
		status: 'Completed',
		status_group: 'completed',
		requested_treatments: ['Botox', 'Chemical Peel', 'IV Therapy', 'Dysport'],
		approved_treatments: ['Botox', 'RHA 3'],
		conditionally_approved_treatments: ['Chemical Peel'],
		deferred_treatments: ['IV Therapy'],
		undecided_treatments: ['Dysport'],
		all_approved: false,
		pdf_available: true,
		patient_details: {
			name: 'Ada Lovelace',
			first_name: 'Ada',
			last_name: 'Lovelace',
			email: 'ada@example.com',
			dob: '1990-04-25',
		},
	};
	const patient = {
		first_name: 'Ada',
		last_name: 'Lovelace',
		email: 'ada@example.com',
		dob: '1990-04-25',
	};

	it('visit, the default', async () => {
		await world.control.add(completed('v1', { patient_details: patient }));
		const [emr] = succeeded(await list());
		expect(emr).toMatchObject({ ...shape, location_id: 'loc_downtown' });
		expect(emr?.evaluation_completed).toBe('2026-05-02T14:00:00.000Z');
		const [client] = succeeded(await list({}, 'client'));
		expect(client).toMatchObject({ ...shape, evaluation_completed: null });
		expect(client).not.toHaveProperty('location_id');
	});

	it('treatments: one flat row each, the unrequested last', async () => {
		await world.control.add(completed('v1', { patient_details: patient }));
		const rows = succeeded(await list({ output: 'treatments' }));
		expect(
			rows.map(({ treatment, decision, requested }) => [treatment, decision, requested]),
		).toEqual([
			['Botox', 'approved', true],
			['Chemical Peel', 'conditionally_approved', true],
			['IV Therapy', 'deferred', true],
			['Dysport', 'undecided', true],
			['RHA 3', 'approved', false],
		]);
		expect(rows[0]).toEqual({
			gfe_id: 'v1',
			location_id: 'loc_downtown',
			treatment: 'Botox',
			decision: 'approved',
			requested: true,
			status: 'Completed',
			status_group: 'completed',
			evaluation_completed: '2026-05-02T14:00:00.000Z',
			patient_name: 'Ada Lovelace',
			patient_first_name: 'Ada',
			patient_last_name: 'Lovelace',
			patient_email: 'ada@example.com',
			patient_dob: '1990-04-25',
		});
	});

	it('treatments: a visit without any is one row, in a list and alone', async () => {
		await world.control.add(completed('v1'));
		await world.control.edit('v1', {
			requested_treatments: [],
			approved_treatments: null,
			conditionally_approved_treatments: null,
			deferred_treatments: null,
		});
		const bare = { gfe_id: 'v1', treatment: null, decision: 'undecided', requested: false };
		expect(succeeded(await list({ output: 'treatments' }))).toMatchObject([bare]);
		const one = { gfeId: 'v1', output: 'treatments' };
		expect(succeeded(await world.run('emr', 'atHomeVisit', 'get', one))).toMatchObject([bare]);
	});

	it('summary: texts without the patient, in the zone of the workflow, in a list and alone', async () => {
		await world.control.add(completed('v1', { patient_details: patient }));
		const texts = {
			gfe_id: 'v1',
			status: 'Completed',
			status_group: 'completed',
			treatments_text: 'Botox, Chemical Peel, IV Therapy, Dysport, RHA 3',
			decisions:
				'Botox: approved; Chemical Peel: conditionally approved; IV Therapy: deferred; Dysport: undecided; RHA 3: approved',
			all_approved: false,
			evaluation_completed: '2026-05-02T10:00:00.000-04:00',
			pdf_available: true,
			needs_attention: true,
			message: expect.stringContaining('May 2, 2026, 10:00 AM EDT'),
		};
		const located = { ...texts, location_id: 'loc_downtown' };
		expect(succeeded(await list({ output: 'summary' }))).toEqual([located]);
		const [client] = succeeded(await list({ output: 'SUMMARY' }, 'client'));
		expect(client).toMatchObject({ gfe_id: 'v1', evaluation_completed: null });
		const one = { gfeId: 'v1', output: 'summary' };
		const alone = succeeded(await world.run('emr', 'atHomeVisit', 'get', one));
		expect(alone).toEqual([expect.objectContaining(texts)]);
		expect(JSON.stringify([client, alone])).not.toMatch(/Ada|Lovelace|example|1990|https?:/);
	});

	it('raw: as the API sent it', async () => {
		await world.control.add({ gfe_id: 'v1', kind: 'in_person' });
		await world.control.edit('v1', { status: 'Mystery', patient_details: { dob: null } });
		expect(succeeded(await list({ output: 'raw' }))).toEqual([
			{
				gfe_id: 'v1',
				status: 'Mystery',
				requested_treatments: ['Botox'],
				patient_details: {
					first_name: 'Test',
					last_name: 'Patient',
					name: 'Test Patient',
					email: null,
					dob: null,
				},
			},
		]);
		expect(succeeded(await list())[0]).toMatchObject({
			status_group: 'unknown',
			undecided_treatments: ['Botox'],
		});
	});

	it.each([
		[1_777_730_400, '2026-05-02T14:00:00.000Z'],
		['2026-05-02T07:00:00-07:00', '2026-05-02T14:00:00.000Z'],
		['soon', null],
	])('evaluation_completed %j', async (value, expected) => {
		await world.control.add(completed('v1'));
		await world.control.edit('v1', { evaluation_completed: value });
		expect(succeeded(await list())[0]?.evaluation_completed).toBe(expected);
	});
});

describe('the Client list', () => {
	it.each([
		['query', ['GET /client/gfes']],
		['path', ['GET /client/gfes', 'GET /client/gfes/completed']],
	] as const)('in the %s form, of all locations, completed only', async (clientListForm, sent) => {
		await world.control.settings({ clientListForm });
		await world.control.add(completed('v1'), completed('v2', { location_id: 'loc_uptown' }), {});
		expect(await ids('client')).toEqual(['v1', 'v2']);
		expect(await world.control.sent()).toEqual(sent);
		expect((await world.control.requests())[0]?.query).toEqual({ status: 'completed' });
	});

	it('the other form is tried after a 400 too, which is what its documented error is', async () => {
		await world.control.settings({ clientListForm: 'path' });
		await world.control.add(completed('v1'));
		await world.control.faults({ match: { path: '/gfes$' }, kind: 'status', status: 400 });
		expect(await ids('client')).toEqual(['v1']);
	});

	it('is an error when neither form answers', async () => {
		await world.control.faults({
			match: { path: '/gfes' },
			kind: 'status',
			status: 404,
			body: QUOTING,
		});
		const result = await list({}, 'client');
		expect(result.error?.httpCode).toBe('404');
		expectPrivate(result);
	});
});

it(`takes a list of ${sized(50_000)} in one pass`, async () => {
	await world.control.generate(sized(50_000));
	const filters = { statuses: ['Completed'], treatment: 'Botox' };
	const found = succeeded(await list({ filters }));
	const [first] = succeeded(await list({ filters, returnAll: false, limit: 1 }));
	expect(found.length).toBeGreaterThan(sized(300));
	expect(first).toEqual({ ...found[0], pdf_link: first?.pdf_link });
	expect(found.every(({ status_group }) => status_group === 'completed')).toBe(true);
});

it('a location of another EMR is 403', async () => {
	const { error } = await list({ locationId: 'loc_other_emr' });
	expect(error?.message).toContain('(403)');
});
