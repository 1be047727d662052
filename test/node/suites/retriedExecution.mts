import type { IDataObject, INodeParameters, IRun } from 'n8n-workflow';
import {
	bookingParameters,
	inPersonParameters,
	PATIENT,
	patientItem,
	plainBooking,
	plainInPerson,
	secretIn,
} from '../support/patient.mts';
import type { Key } from '../support/world.mts';
import { succeeded, useSimulator } from '../support/world.mts';

/** n8n's Retry button: a new execution with the data of the failed one. The e2e tests press it. */
const world = useSimulator();
const POSTS = { method: 'POST', path: '/appointments' };
const items = ['Ada', 'Ben', 'Cem'].map((firstName) => patientItem({ firstName }));

let executions = 0;
const book = (retryOf?: IRun, key: Key = 'emr', all = items) => {
	executions += 1;
	const rest = { items: all, executionId: `e${executions}`, retryOf };
	return world.run(key, 'atHomeVisit', 'create', bookingParameters, rest);
};
const posts = async () =>
	(await world.control.sent()).filter((line) => line.endsWith('/appointments')).length;

it.each(['emr', 'client'] as const)(
	'%s: returns what was created, and creates the rest',
	async (key) => {
		await world.control.faults({ match: POSTS, kind: 'status', status: 400, skip: 2, times: 1 });
		const failed = await book(undefined, key);
		expect(failed.error?.message).toContain('(400)');
		const json = succeeded(await book(failed.run, key));
		expect(json.map(({ created }) => created)).toEqual([true, true, true]);
		const ids = (await world.control.visits()).map(({ gfe_id }) => gfe_id);
		expect(json.map(({ gfe_id }) => gfe_id)).toEqual(ids);
		expect(await posts()).toBe(4);
	},
);

it('a retry that fails keeps what it created, also for a second retry of the first', async () => {
	await world.control.faults(
		{ match: POSTS, kind: 'status', status: 400, skip: 1, times: 1 },
		{ match: POSTS, kind: 'status', status: 400, skip: 2, times: 1 },
	);
	const first = await book();
	const second = await book(first.run);
	expect(second.error).toBeDefined();
	expect(succeeded(await book(second.run))).toHaveLength(3);
	expect(succeeded(await book(first.run))).toHaveLength(3);
	expect(await world.control.visits()).toHaveLength(3);
});

it('a node that has finished leaves no record: a later run of a loop is a new request', async () => {
	const done = await book();
	expect(JSON.stringify(done.run.data.executionData?.contextData)).not.toContain('creates');
	expect(succeeded(await book(done.run)).every(({ created }) => created === true)).toBe(true);
	expect(await world.control.visits()).toHaveLength(6);
});

it('the record names no patient', async () => {
	const failed = await book(undefined, 'emr', [...items, patientItem({ phone: 'none' })]);
	const { contextData } = failed.run.data.executionData!;
	expect(JSON.stringify(contextData)).toContain('gfeId');
	expect(secretIn(contextData)).toBe('');
});

it('an in-person visit comes back with its link', async () => {
	const fault = { match: { path: '/in-person' }, kind: 'status', status: 400 } as const;
	await world.control.faults({ ...fault, skip: 1, times: 1 });
	const run = (rest: object) =>
		world.run('emr', 'inPersonVisit', 'create', inPersonParameters, { items, ...rest });
	const failed = await run({ executionId: 'p1' });
	const [first] = succeeded(await run({ executionId: 'p2', retryOf: failed.run }));
	const [visit] = await world.control.visits();
	expect(first).toMatchObject({ gfe_id: visit?.gfe_id, created: true });
	expect(first?.visit_link).toMatch(/^http/);
	expect(await world.control.visits()).toHaveLength(3);
});

describe('a create in doubt', () => {
	it.each([
		['drop_after', 'emr', false, 1],
		['drop_before', 'emr', true, 1],
		['drop_after', 'client', undefined, 1],
		['drop_before', 'client', undefined, 0],
	] as const)('%s with the %s key', async (kind, key, created, visits) => {
		await world.control.faults({ match: POSTS, kind, times: 1 });
		const [first] = items;
		const failed = await book(undefined, key, [first!]);
		const { error, json } = await book(failed.run, key, [first!]);
		expect(json[0]?.created).toBe(created);
		if (key === 'client') expect(error?.message).toContain('may have created');
		expect(await world.control.visits()).toHaveLength(visits);
	});
});

describe('what Skip If Cleared left out', () => {
	const evaluation = '2026-10-01T10:00:00Z';
	const patient_details = {
		...{ first_name: PATIENT.firstName, last_name: PATIENT.lastName },
		...{ email: PATIENT.email, dob: PATIENT.dateOfBirth },
	};
	const cleared = (treatment = 'Botox') =>
		world.control.add({
			...{ gfe_id: 'old', status: 'Completed', requested_treatments: [treatment] },
			...{ decisions: { [treatment]: 'approved' }, evaluation_completed: evaluation },
			patient_details,
		});
	/** Of one patient: two treatments of which one is cleared, then the cleared one without the option. */
	const both = [
		patientItem({}, { book: ['Botox', 'Dermal Filler'], skip: true }),
		patientItem({}, { book: ['Botox'], skip: false }),
	];
	const perItem: INodeParameters = {
		treatments: '={{ $json.book }}',
		onExisting: 'return',
		options: { skipIfCleared: '={{ $json.skip }}' },
	};
	const own = [{ gfe_id: 'old', event_time: evaluation }];
	const dates = { evaluationDates: `={{ ${JSON.stringify(own)} }}` };
	type Rest = { retryOf?: IRun; parentExecutionId?: string; items?: IDataObject[] };
	type Run = (parameters: INodeParameters, rest: Rest) => ReturnType<typeof world.run>;
	const home =
		(key: Key): Run =>
		(changes, rest) =>
			world.run(key, 'atHomeVisit', 'create', { ...plainBooking, ...changes }, rest);
	const KINDS: Array<[name: string, run: Run, path: string, options: INodeParameters]> = [
		['at home', home('emr'), '/appointments', {}],
		['at home with a Client key', home('client'), '/appointments', dates],
		[
			'in person',
			(changes, rest) =>
				world.run('emr', 'inPersonVisit', 'create', { ...plainInPerson, ...changes }, rest),
			'/in-person',
			{},
		],
	];
	const failSecond = (path: string) =>
		world.control.faults({ match: { path }, kind: 'status', status: 400, skip: 1, times: 1 });
	const next = () => ({ executionId: `s${(executions += 1)}` });
	const visits = async () =>
		(await world.control.visits())
			.filter(({ gfe_id }) => gfe_id !== 'old')
			.map(({ requested_treatments }) => requested_treatments);
	const skipped = [
		{ treatment: 'Botox', reason: 'approved', gfe_id: 'old', expires_at: expect.any(String) },
	];

	describe.each(KINDS)('%s', (_, run, path, options) => {
		const parameters = {
			...perItem,
			options: { ...(perItem.options as INodeParameters), ...options },
		};
		const expectFirst = (json?: IDataObject) => {
			expect(json).toMatchObject({
				...{ result: 'requested', created: true, skipped_treatments: skipped },
				...{ requested_treatments: ['Dermal Filler'], treatments_text: 'Dermal Filler' },
			});
			expect(json?.summary).toMatch(/was requested for Dermal Filler .*Already cleared: Botox/);
		};

		it('is told by Retry, and the visit is open for the rest only', async () => {
			await cleared();
			await failSecond(path);
			const failed = await run(parameters, { items: both, ...next() });
			expect(failed.error?.message).toContain('(400)');
			const json = succeeded(
				await run(parameters, { items: both, retryOf: failed.run, ...next() }),
			);
			expectFirst(json[0]);
			expect(json[1]).toMatchObject({ result: 'requested', requested_treatments: ['Botox'] });
			expect(await visits()).toEqual([['Dermal Filler'], ['Botox']]);
		});

		it('is told by Retry as it was, whatever was decided since', async () => {
			await cleared();
			await failSecond(path);
			const failed = await run(parameters, { items: both, ...next() });
			const [made] = (await world.control.visits()).filter(({ gfe_id }) => gfe_id !== 'old');
			await world.control.complete(made!.gfe_id, { decisions: { 'Dermal Filler': 'approved' } });
			await world.control.edit('old', { approved_treatments: [], deferred_treatments: ['Botox'] });
			const json = succeeded(
				await run(parameters, { items: both, retryOf: failed.run, ...next() }),
			);
			expectFirst(json[0]);
			expect(json[0]?.gfe_id).toBe(made!.gfe_id);
		});

		it('is told by a second retry of a retry', async () => {
			await cleared();
			await failSecond(path);
			const failed = await run(parameters, { items: both, ...next() });
			await world.control.faults({ match: { path }, kind: 'status', status: 400, times: 1 });
			const again = await run(parameters, { items: both, retryOf: failed.run, ...next() });
			expect(again.error?.message).toContain('(400)');
			for (const { run: before } of [again, failed]) {
				const retry = { items: both, retryOf: before, ...next() };
				expectFirst(succeeded(await run(parameters, retry))[0]);
			}
		});

		it('is told by a retry of the sub-workflow', async () => {
			await cleared();
			await failSecond(path);
			const parent = { items: both, parentExecutionId: `parent${(executions += 1)}` };
			expect((await run(parameters, { ...parent, ...next() })).error).toBeDefined();
			const json = succeeded(await run(parameters, { ...parent, ...next() }));
			expectFirst(json[0]);
			expect(json[1]).toMatchObject({ result: 'requested', requested_treatments: ['Botox'] });
		});

		it('what was requested stays told if the menu has changed since', async () => {
			await failSecond(path);
			const menu = (treatments: string[]) => ({
				...{ treatments: 'Tox', onExisting: 'create' },
				options: { serviceMenu: { services: [{ service: 'Tox', treatments }] } },
			});
			const failed = await run(menu(['Botox']), { items: both, ...next() });
			for (const now of [['IV Therapy'], []]) {
				const retry = { items: both, retryOf: failed.run, ...next() };
				const [json] = succeeded(await run(menu(now), retry));
				expect(json).toMatchObject({ result: 'requested', requested_treatments: ['Botox'] });
			}
		});
	});

	it('is told by a retry that finds what was in doubt', async () => {
		await cleared();
		const parameters = { ...perItem };
		const match = { path: '/appointments' };
		await world.control.faults({ match, kind: 'drop_after', times: 1 });
		const failed = await home('emr')(parameters, { items: both, ...next() });
		expect(failed.error).toBeDefined();
		const retry = { items: both, retryOf: failed.run, ...next() };
		const json = succeeded(await home('emr')(parameters, retry));
		expect(json[0]).toMatchObject({
			...{ result: 'open_visit', created: false, requested_treatments: ['Dermal Filler'] },
			skipped_treatments: skipped,
		});
		expect(json[1]).toMatchObject({ result: 'requested', requested_treatments: ['Botox'] });
		expect(await visits()).toEqual([['Dermal Filler'], ['Botox']]);
	});

	it('a record of the version before has all treatments', async () => {
		await failSecond('/appointments');
		const changes = { ...perItem, onExisting: 'create' };
		const failed = await home('emr')(changes, { items: both, ...next() });
		const { contextData } = failed.run.data.executionData!;
		const saved = JSON.parse(JSON.stringify(contextData), (key, value: unknown) =>
			key === 'treatments' || key === 'skipped' ? undefined : value,
		) as typeof contextData;
		expect(saved).not.toEqual(contextData);
		failed.run.data.executionData!.contextData = saved;
		// The memory of this process has the record too. The version before ended with its process.
		const root = JSON.stringify(saved).replaceAll(/"root":"s\d+"/g, '"root":"before"');
		failed.run.data.executionData!.contextData = JSON.parse(root) as typeof contextData;
		const retry = { items: both, retryOf: failed.run, ...next() };
		const [json] = succeeded(await home('emr')(changes, retry));
		expect(json).toMatchObject({
			...{ result: 'requested', created: true, skipped_treatments: [] },
			requested_treatments: ['Botox', 'Dermal Filler'],
		});
		expect(await visits()).toEqual([['Botox', 'Dermal Filler'], ['Botox']]);
	});

	it('the record holds no patient, also if a treatment that was typed does', async () => {
		const typed = `Glow for ${PATIENT.firstName}`;
		await cleared(typed);
		await failSecond('/appointments');
		const changes = {
			...{ treatments: '={{ $json.book }}', onExisting: 'create' },
			options: { skipIfCleared: '={{ $json.skip }}', unknownTreatments: 'send' },
		};
		const items = [
			patientItem({}, { book: [typed, 'Botox', `${PATIENT.lastName} wrap`], skip: true }),
			patientItem({}, { book: ['Botox'], skip: false }),
		];
		const failed = await home('emr')(changes, { items, ...next() });
		expect(failed.error?.message).toContain('(400)');
		const { contextData } = failed.run.data.executionData!;
		expect(JSON.stringify(contextData)).toContain('Botox');
		expect(secretIn(contextData)).toBe('');
		const retry = { items, retryOf: failed.run, ...next() };
		const [json] = succeeded(await home('emr')(changes, retry));
		expect(json).toMatchObject({
			requested_treatments: ['Botox', `${PATIENT.lastName} wrap`],
			skipped_treatments: [{ treatment: typed, gfe_id: 'old' }],
		});
	});

	it('Reschedule tells it too', async () => {
		await cleared();
		await world.control.add({
			...{ gfe_id: 'v1', status: 'Processing', patient_details },
			requested_treatments: ['Botox', 'Dermal Filler'],
		});
		await failSecond('/appointments$');
		const run = (rest: Rest) => {
			const changes = { ...perItem, gfeId: 'v1', onExisting: 'create' };
			return world.run('emr', 'atHomeVisit', 'reschedule', { ...plainBooking, ...changes }, rest);
		};
		const failed = await run({ items: both, ...next() });
		expect(failed.error?.message).toContain('(400)');
		const [json] = succeeded(await run({ items: both, retryOf: failed.run, ...next() }));
		expect(json).toMatchObject({
			...{ result: 'requested_again', requested_treatments: ['Dermal Filler'] },
			skipped_treatments: skipped,
		});
	});
});
