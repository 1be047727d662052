import type { IRun } from 'n8n-workflow';
import {
	bookingParameters,
	inPersonParameters,
	patientItem,
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
