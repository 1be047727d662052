import type { IHttpRequestOptions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { Spakinect } from '../../../nodes/Spakinect/Spakinect.node';
import {
	bookingParameters,
	expectPrivate,
	inPersonParameters,
	patientItem,
} from '../support/patient.mts';
import { succeeded, useSimulator } from '../support/world.mts';

const world = useSimulator();
const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const book = (node = {}, items = [patientItem(), patientItem(), patientItem()], rest = {}) =>
	world.run(
		'emr',
		'atHomeVisit',
		'create',
		{ ...bookingParameters, locationId: '={{ $json.location || "loc_downtown" }}' },
		{ items, node: { ...retrying, ...node }, ...rest },
	);
const posts = async () =>
	(await world.control.sent()).filter((line) => line === 'POST /emr/appointments').length;
/** Visits of the simulator, and messages that patients got. */
const counts = async () => ({
	visits: (await world.control.visits()).length,
	contacts: (await world.control.contacts()).length,
	posts: await posts(),
});

it('writes that are done are not done again when a later one fails', async () => {
	const items = [patientItem(), patientItem({ phone: 'none' }), patientItem()];
	const result = await book({}, items);
	expect(result.error?.message).toContain("'Phone'");
	expect(result.error?.description).toContain('item 0: GFE ');
	expect(await counts()).toEqual({ visits: 1, contacts: 2, posts: 1 });
});

it('a write that failed for certain is tried again, and only that', async () => {
	await world.control.faults({ match: { method: 'POST' }, kind: 'status', status: 403, times: 1 });
	const json = succeeded(await book());
	expect(json).toHaveLength(3);
	expect(await counts()).toEqual({ visits: 3, contacts: 6, posts: 4 });
	expect(new Set(json.map(({ gfe_id }) => gfe_id)).size).toBe(3);
});

it('a write in doubt is not tried again: one visit, and the error is unsure', async () => {
	await world.control.faults({ match: { method: 'POST' }, kind: 'drop_after' });
	const result = await book();
	expect(result.error?.message).toContain('visit may have been created');
	expect(await counts()).toEqual({ visits: 1, contacts: 2, posts: 1 });
	expectPrivate(result);
});

it.each([500, 502, 503, 504, 408])('neither is one that ended with %i', async (status) => {
	await world.control.faults({ match: { method: 'POST' }, kind: 'status', status });
	expect((await book()).error?.message).toContain('may have been created');
	expect(await posts()).toBe(1);
});

it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
	'%s starts no second try',
	async (onError) => {
		const items = [
			patientItem({ phone: 'none' }),
			patientItem(),
			patientItem({}, { location: 'nowhere' }),
		];
		const result = await book({ onError }, items);
		expect(result.error).toBeUndefined();
		expect(await counts()).toEqual({ visits: 1, contacts: 2, posts: 2 });
	},
);

it('in-person visits likewise', async () => {
	await world.control.faults({ match: { method: 'POST' }, kind: 'drop_after', times: 1 });
	const result = await world.run('emr', 'inPersonVisit', 'create', inPersonParameters, {
		items: [patientItem(), patientItem()],
		node: retrying,
	});
	expect(result.error?.message).toContain('may have been created');
	expect(await world.control.visits()).toHaveLength(1);
});

it('with Execute Once', async () => {
	await world.control.faults({ match: { method: 'POST' }, kind: 'drop_after' });
	await book({ executeOnce: true });
	expect(await counts()).toEqual({ visits: 1, contacts: 2, posts: 1 });
	await world.control.faults({ match: { method: 'POST' }, kind: 'status', status: 403, times: 1 });
	expect(succeeded(await book({ executeOnce: true }))).toHaveLength(1);
	expect(await counts()).toEqual({ visits: 2, contacts: 4, posts: 3 });
});

describe('a loop', () => {
	/** Gives what `again` chooses, once, then ends the loop. */
	const loop = (again: (items: INodeExecutionData[]) => INodeExecutionData[]): INodeType => {
		let left = 1;
		return {
			description: {
				displayName: 'Loop',
				name: 'loop',
				group: ['transform'],
				version: 1,
				description: '',
				defaults: { name: 'Loop' },
				inputs: [NodeConnectionTypes.Main],
				outputs: [NodeConnectionTypes.Main],
				properties: [],
			},
			async execute() {
				left -= 1;
				return [left < 0 ? [] : again(this.getInputData())];
			},
		};
	};

	it('writes again in its second round, with equal items', async () => {
		const again = loop((items) => items.map(() => ({ json: patientItem() })));
		succeeded(await book({}, [patientItem()], { loop: again }));
		expect(await counts()).toEqual({ visits: 2, contacts: 4, posts: 2 });
	});

	it('also with the same item objects, and after a try that failed', async () => {
		const objects: INodeExecutionData[] = [{ json: patientItem() }];
		await world.control.faults({
			match: { method: 'POST' },
			kind: 'status',
			status: 403,
			times: 1,
		});
		const result = await book({}, [patientItem()], { loop: loop(() => objects) });
		succeeded(result);
		expect(result.run.data.resultData.runData.Spakinect).toHaveLength(2);
		expect(await counts()).toEqual({ visits: 2, contacts: 4, posts: 3 });
	});
});

it('a second execution writes again', async () => {
	succeeded(await book());
	succeeded(await book());
	expect(await counts()).toEqual({ visits: 6, contacts: 12, posts: 6 });
});

it('reads are simply read again', async () => {
	await world.control.add({ gfe_id: 'a' });
	await world.control.faults({ match: { method: 'GET' }, kind: 'status', status: 500, times: 1 });
	const result = await world.run('emr', 'atHomeVisit', 'get', { gfeId: 'a' }, { node: retrying });
	expect(succeeded(result)).toHaveLength(1);
	expect(await world.control.sent()).toHaveLength(2);
});

it('a second try knows what the first has created, which a Client key cannot list', async () => {
	const inputs = ['ada', 'ben', 'ada'].map((name) => ({ json: { name } }));
	const answers = [
		[201, { success: true, gfe_id: 'a' }],
		[403, {}],
		[201, { success: true, gfe_id: 'b' }],
	];
	const parameters: Record<string, unknown> = {
		...{ resource: 'atHomeVisit', operation: 'create', authentication: 'client' },
		...{ ...bookingParameters, options: { onExisting: 'return' } },
	};
	const get = (path: string) =>
		path === '/treatments' ? { data: [{ name: 'Botox' }] } : { gfes: [] };
	const context = {
		getInputData: () => inputs,
		getNode: () => ({ id: 'n', name: 'Spakinect', type: 'spakinect', parameters: {} }),
		getNodeParameter: (name: string, index: number, fallback: unknown) => {
			const { name: patient } = inputs[index]!.json;
			const own = { firstName: patient, lastName: 'Test', phone: '2025550147' };
			return { ...parameters, ...own, email: `${patient}@mail.example` }[name] ?? fallback;
		},
		getCredentials: async () => ({ environment: 'staging' }),
		getTimezone: () => 'UTC',
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getExecutionCancelSignal: () => undefined,
		getExecutionId: () => '1',
		continueOnFail: () => false,
		helpers: {
			httpRequestWithAuthentication: async (_: string, { method, url }: IHttpRequestOptions) => {
				const [statusCode, body] =
					method === 'POST' ? answers.shift()! : [200, get(new URL(url).pathname.slice(7))];
				return { statusCode, headers: {}, body };
			},
		},
	};
	const run = () => new Spakinect().execute.call(context as never);
	await expect(run()).rejects.toThrow('(403)');
	const [output = []] = await run();
	expect(output.map(({ json }) => [json.gfe_id, json.created])).toEqual([
		['a', true],
		['b', true],
		['a', false],
	]);
});
