import type { INodeParameters } from 'n8n-workflow';
import {
	bookingParameters,
	inPersonParameters,
	PATIENT,
	patientItem,
	plainBooking,
	plainInPerson,
} from '../support/patient.mts';
import { succeeded, useSimulator } from '../support/world.mts';

const world = useSimulator();
const create = (
	onExisting: string | undefined,
	items = [patientItem()],
	rest: {
		parameters?: INodeParameters;
		key?: 'emr' | 'client';
		resource?: string;
		node?: object;
	} = {},
) =>
	world.run(
		rest.key ?? 'emr',
		rest.resource ?? 'atHomeVisit',
		'create',
		{
			...(rest.resource === 'inPersonVisit' ? inPersonParameters : bookingParameters),
			...rest.parameters,
			options: onExisting === undefined ? {} : { onExisting },
		},
		{ items, node: rest.node },
	);

const open = {
	gfe_id: 'open',
	requested_treatments: ['Botox', 'IV Therapy'],
	patient_details: {
		first_name: PATIENT.firstName.toUpperCase(),
		last_name: PATIENT.lastName,
		email: PATIENT.email.toUpperCase(),
	},
};
const visits = async () => (await world.control.visits()).map(({ gfe_id }) => gfe_id);
const lists = async () =>
	(await world.control.sent()).filter((line) => line.includes('/gfes')).length;

it.each(['create', 'Create'])('onExisting %s does not look', async (mode) => {
	await world.control.add(open);
	expect(succeeded(await create(mode))[0]?.created).toBe(true);
	expect(await visits()).toHaveLength(2);
	expect(await lists()).toBe(0);
});

it.each([{ count: 1 }, { location_id: 'loc_uptown' }, { gfes: [{ status: 'Processing' }] }])(
	'a list that may lack the open visit contacts nobody: %j',
	async (list) => {
		const body = { success: true, gfes: [], ...list };
		await world.control.faults({ match: { path: '/gfes' }, kind: 'status', status: 200, body });
		const { error } = await create('return');
		expect(error?.message).toContain("Spakinect's list of visits");
		expect(await visits()).toEqual([]);
	},
);

describe('If an Open Visit Exists among the main fields', () => {
	const book = (
		key: 'emr' | 'client',
		resource: string,
		{ onExisting, ...options }: { onExisting?: unknown; [option: string]: unknown },
	) => {
		const parameters = resource === 'inPersonVisit' ? plainInPerson : plainBooking;
		const field = onExisting === undefined ? {} : { onExisting: onExisting as string };
		const all = { ...parameters, ...field, options: options as INodeParameters };
		const items = [patientItem(), patientItem()];
		return world.run(key, resource, 'create', all, { items });
	};
	const created = async (run: ReturnType<typeof book>) =>
		succeeded(await run).map((json) => json.created);

	it.each(['atHomeVisit', 'inPersonVisit'])(
		'%s: an EMR key returns the open visit',
		async (resource) => {
			expect(await created(book('emr', resource, {}))).toEqual([true, false]);
		},
	);

	it('a Client key, which cannot see open visits, creates', async () => {
		expect(await created(book('client', 'atHomeVisit', {}))).toEqual([true, true]);
	});

	it.each(['emr', 'client'] as const)('%s: the choice counts', async (key) => {
		const run = (onExisting: string) => created(book(key, 'atHomeVisit', { onExisting }));
		expect(await run('create')).toEqual([true, true]);
		await world.control.reset();
		expect(await run('return')).toEqual([true, false]);
	});

	it.each([
		['emr', 'create', [true, true]],
		['client', 'return', [true, false]],
	] as const)(
		'%s: the option of a saved workflow (%s) counts first',
		async (key, mode, expected) => {
			const all = { ...plainBooking, options: { onExisting: mode } };
			const items = [patientItem(), patientItem()];
			expect(await created(world.run(key, 'atHomeVisit', 'create', all, { items }))).toEqual(
				expected,
			);
			await world.control.reset();
			const other = { ...all, onExisting: mode === 'create' ? 'error' : 'create' };
			expect(await created(world.run(key, 'atHomeVisit', 'create', other, { items }))).toEqual(
				expected,
			);
		},
	);

	it.each(['nonsense', '={{ null }}', '={{ $json.nowhere }}', '={{ true }}'])(
		'a mistake in its expression contacts nobody: %j',
		async (onExisting) => {
			const { error } = await book('emr', 'atHomeVisit', { onExisting });
			expect(error?.message).toContain("'If an Open Visit Exists'");
			expect(await visits()).toEqual([]);
		},
	);
});

it.each(['nonsense', '={{ null }}', '={{ $json.nowhere }}', '={{ true }}'])(
	'onExisting %j: a slip in an expression contacts nobody',
	async (mode) => {
		const { error } = await create(mode);
		expect(error?.message).toContain("'If an Open Visit Exists' must be");
		expect(await visits()).toEqual([]);
	},
);

it('onExisting in other letters is understood', async () => {
	await world.control.add(open);
	expect(succeeded(await create(' Return '))[0]?.created).toBe(false);
	expect(await visits()).toEqual(['open']);
});

it('a visit with a status that is not known counts as open', async () => {
	await world.control.add(open);
	await world.control.edit('open', { status: 'Paused' });
	expect(succeeded(await create('return'))[0]).toMatchObject({ gfe_id: 'open', created: false });
	expect(await visits()).toEqual(['open']);
});

it('return gives the open visit and sends nothing', async () => {
	await world.control.add(open);
	expect(succeeded(await create('return'))[0]).toMatchObject({
		gfe_id: 'open',
		created: false,
		status: 'Processing',
		location_id: 'loc_downtown',
		requested_treatments: ['Botox'],
		patient_details: { first_name: 'Quillon' },
	});
	expect(await visits()).toEqual(['open']);
	expect(await world.control.contacts()).toEqual([]);
});

it('error names the open visit and not the patient', async () => {
	await world.control.add(open);
	const { error } = await create('error');
	expect(error?.message).toContain('GFE open');
	expect(error?.description).toContain('Nothing was created');
	expect(await visits()).toEqual(['open']);
});

it.each([
	[
		'another email address',
		{ patient_details: { ...open.patient_details, email: 'x@mail.example' } },
	],
	['another name', { patient_details: { ...open.patient_details, first_name: 'Ada' } }],
	['other treatments', { requested_treatments: ['IV Therapy'] }],
	['another location', { location_id: 'loc_uptown' }],
	['a completed visit', { status: 'Completed' }],
	['a cancelled visit', { status: 'Cancelled by client' }],
])('%s is no duplicate', async (_, change) => {
	await world.control.add({ ...open, ...change });
	expect(succeeded(await create('error'))[0]?.created).toBe(true);
});

it.each(['return', 'error'])(
	'two equal items in one batch are one visit (%s), one list call',
	async (mode) => {
		const items = [
			patientItem(),
			patientItem(),
			patientItem({ email: 'other@mail.example' }),
			patientItem(),
		];
		const node = { onError: 'continueRegularOutput' };
		const result = await create(mode, items, { node });
		const created = result.json.map((json) => json.created);
		expect(created).toEqual(
			mode === 'return' ? [true, false, true, false] : [true, undefined, true, undefined],
		);
		if (mode === 'return') expect(result.json[3]?.gfe_id).toBe(result.json[0]?.gfe_id);
		expect(await visits()).toHaveLength(2);
		expect(await lists()).toBe(1);
	},
);

it('two equal items are two visits without the guard', async () => {
	succeeded(await create('create', [patientItem(), patientItem()]));
	expect(await visits()).toHaveLength(2);
});

it('in person by date of birth; the link of the existing visit is not known', async () => {
	const inPerson = { resource: 'inPersonVisit' };
	await world.control.add({
		...open,
		kind: 'in_person',
		patient_details: { ...open.patient_details, email: null, dob: '1987-11-23' },
	});
	expect(succeeded(await create('return', undefined, inPerson))[0]).toMatchObject({
		gfe_id: 'open',
		created: false,
		visit_link: null,
		patient_details: { dob: '1987-11-23' },
	});
	const other = [patientItem({ dateOfBirth: '1990-04-25' })];
	expect(succeeded(await create('return', other, inPerson))[0]?.created).toBe(true);
});

it('in person, a visit of the same batch comes back with its link', async () => {
	const items = [patientItem(), patientItem()];
	const json = succeeded(await create('return', items, { resource: 'inPersonVisit' }));
	expect(json.map(({ created }) => created)).toEqual([true, false]);
	expect(json[1]?.visit_link).toMatch(/intake/);
	expect(json[1]?.visit_link).toBe(json[0]?.visit_link);
});

describe('a create in doubt, and the same booking again in the batch', () => {
	const drop = () =>
		world.control.faults({ match: { path: '/appointments' }, kind: 'drop_after', times: 1 });
	const node = { onError: 'continueRegularOutput' };
	const items = [patientItem(), patientItem(), patientItem({ email: 'other@mail.example' })];

	it.each([
		['return', { created: false }],
		['error', { error: expect.stringContaining('already has an open visit') }],
	])('%s: the list is read again, and shows it', async (mode, second) => {
		await drop();
		const { json } = await create(mode, items, { node });
		expect(json[0]?.error).toContain('visit may have been created');
		expect(json[1]).toMatchObject(second);
		expect(json[2]?.created).toBe(true);
		expect(await visits()).toHaveLength(2);
		expect(await lists()).toBe(2);
	});

	it('a Client key cannot see it, so nothing is sent', async () => {
		await drop();
		const { json } = await create('return', items, { node, key: 'client' });
		expect(json[1]?.error).toContain('may have created the same visit');
		expect(json[2]?.created).toBe(true);
		expect(await visits()).toHaveLength(2);
	});
});

it('a Client key sees no open visits, but what the same execution created', async () => {
	await world.control.add(open);
	const json = succeeded(await create('return', [patientItem(), patientItem()], { key: 'client' }));
	expect(json.map(({ created }) => created)).toEqual([true, false]);
	expect(await visits()).toHaveLength(2);
});

it('nothing is created when the list cannot be read', async () => {
	await world.control.faults({ match: { path: '/gfes' }, kind: 'status', status: 500 });
	const { error } = await create('return');
	expect(error?.message).toContain('(500)');
	expect(error?.message).not.toContain('may have been created');
	expect(await visits()).toEqual([]);
});

it('each location is listed once', async () => {
	const items = ['loc_downtown', 'loc_uptown', 'loc_downtown', 'loc_uptown'].map(
		(location, index) => patientItem({ firstName: `Ada${'abcd'[index]}` }, { location }),
	);
	const parameters = { locationId: '={{ $json.location }}' };
	succeeded(await create('return', items, { parameters }));
	expect(await lists()).toBe(2);
	expect(await visits()).toHaveLength(4);
});
