import type { INode } from 'n8n-workflow';
import { Spakinect } from '../../../nodes/Spakinect/Spakinect.node';
import type { RunResult } from '../support/harness.mts';
import {
	bookingParameters,
	expectPrivate,
	patientItem,
	QUOTING,
	secretIn,
} from '../support/patient.mts';
import { useSimulator } from '../support/world.mts';

const world = useSimulator();
type OnError = NonNullable<INode['onError']>;

/** Items 1 and 3 are bad: one by its input, one by what the API says. */
const items = [
	patientItem(),
	patientItem({ phone: 'none' }),
	patientItem(),
	patientItem({}, { location: 'loc_other_emr' }),
	patientItem(),
];
const book = (onError: OnError) =>
	world.run(
		'emr',
		'atHomeVisit',
		'create',
		{ ...bookingParameters, locationId: '={{ $json.location || "loc_downtown" }}' },
		{ items, node: { onError } },
	);

const visitIds = async () => (await world.control.visits()).map(({ gfe_id }) => gfe_id);
const pairs = (result: RunResult, output = 0) =>
	(result.outputs[output] ?? []).map(({ pairedItem }) => pairedItem);

describe('writes', () => {
	it('stop at the first failure and name what was created', async () => {
		const result = await book('stopWorkflow');
		const [first = ''] = await visitIds();
		expect(result.outputs).toEqual([]);
		expect(result.error?.message).toContain("'Phone'");
		expect(result.error?.context?.itemIndex).toBe(1);
		expect(result.error?.description).toContain(
			`Created before this, do not run them again: item 0: GFE ${first}.`,
		);
		expect(await visitIds()).toHaveLength(1);
		expectPrivate(result);
	});

	it('carry on with an error in the place of each bad item', async () => {
		const result = await book('continueRegularOutput');
		expect(await visitIds()).toHaveLength(3);
		expect(pairs(result)).toEqual([0, 1, 2, 3, 4].map((item) => ({ item })));
		expect(result.json.map(({ created }) => created)).toEqual([
			true,
			undefined,
			true,
			undefined,
			true,
		]);
		for (const json of [result.json[1], result.json[3]]) expect(json).not.toHaveProperty('gfe_id');
		expect(result.error).toBeUndefined();
	});

	it('send good items to one output and bad ones to the other', async () => {
		const result = await book('continueErrorOutput');
		expect(pairs(result)).toEqual([0, 2, 4].map((item) => ({ item })));
		expect(pairs(result, 1)).toEqual([1, 3].map((item) => ({ item })));
		// n8n itself puts the message in the place of the json.
		expect(result.outputs[1]?.map(({ json }) => json.error)).toEqual([
			expect.stringContaining("'Phone'"),
			expect.stringContaining('(403)'),
		]);
		expect(secretIn(result.outputs[1])).toBe('');
	});
});

describe('an expression that fails for one item', () => {
	const failing = "={{ $json.ok ? 'x' : $('Nowhere').item.json.x }}";
	it.each([
		['First Name', { firstName: failing }],
		['Reference', { options: { reference: failing } }],
	])('in %s is an error of that item, in words of our own', async (label, parameters) => {
		const all = [patientItem(), patientItem({}, { ok: 1 }), patientItem({}, { ok: 1 })];
		const rest = { items: all, node: { onError: 'continueErrorOutput' as const } };
		const result = await world.run(
			'emr',
			'atHomeVisit',
			'create',
			{ ...bookingParameters, ...parameters },
			rest,
		);
		expect(pairs(result)).toEqual([1, 2].map((item) => ({ item })));
		expect(pairs(result, 1)).toEqual([{ item: 0 }]);
		expect(result.outputs[1]?.[0]?.json.error).toBe(
			`The expression in '${label}' cannot be resolved`,
		);
		expect(await visitIds()).toHaveLength(2);
	});
});

describe('reads', () => {
	const get = async (onError: OnError, gfeIds: string[]) => {
		await world.control.add(
			{ gfe_id: 'a', status: 'Completed' },
			{ gfe_id: 'b' },
			{ gfe_id: 'c', location_id: 'loc_other_emr' },
		);
		return await world.run(
			'emr',
			'atHomeVisit',
			'get',
			{ gfeId: '={{ $json.id }}', output: 'treatments' },
			{ items: gfeIds.map((id) => ({ id })), node: { onError } },
		);
	};

	it('fail with the error of the first bad item in order', async () => {
		const { error } = await get('stopWorkflow', ['a', 'c', 'nowhere', 'b']);
		expect(error).toMatchObject({ httpCode: '403', context: { itemIndex: 1 } });
	});

	it.each([
		['continueRegularOutput', [0, 1, 2, 3], undefined],
		['continueErrorOutput', [0, 2], [1, 3]],
	] as const)('%s', async (onError, first, second) => {
		const result = await get(onError, ['a', 'c', 'b', 'nowhere']);
		expect(pairs(result)).toEqual(first.map((item) => ({ item })));
		if (second) expect(pairs(result, 1)).toEqual(second.map((item) => ({ item })));
	});
});

it('a failed item has its error beside the json, which n8n does not take for a failed node', async () => {
	const context = {
		getInputData: () => [{ json: {} }, { json: {} }],
		getNode: () => ({ id: 'n', name: 'Spakinect', type: 'spakinect', parameters: {} }),
		getNodeParameter: (name: string, _index: number, fallback: unknown) =>
			({
				resource: 'location',
				operation: 'subscribe',
				authentication: 'emr',
				locationId: 'nowhere',
			})[name] ?? fallback,
		getCredentials: async () => ({ environment: 'custom', baseUrl: world.sim.emrUrl }),
		getTimezone: () => 'UTC',
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getExecutionCancelSignal: () => undefined,
		getExecutionId: () => '1',
		continueOnFail: () => true,
		helpers: {
			httpRequestWithAuthentication: async () => ({ statusCode: 404, headers: {}, body: QUOTING }),
		},
	};
	const [output = []] = await new Spakinect().execute.call(context as never);
	expect(output).toHaveLength(2);
	for (const [index, item] of output.entries()) {
		expect(Object.keys(item).sort()).toEqual(['error', 'json', 'pairedItem']);
		expect(item.json).toEqual({
			message: 'Location not found (404)',
			details: {
				status: 404,
				resource: 'location',
				operation: 'subscribe',
				advice: expect.stringContaining('Location ID'),
			},
		});
		expect(item.pairedItem).toEqual({ item: index });
		expect(item.error?.name).toBe('NodeApiError');
	}
});

describe('a node that cannot start', () => {
	const inputs = ['a', 'b'].map((id) => ({ json: { id, cleared: true } }));
	const contextWith = (changes: object, continues = true) => ({
		getInputData: () => inputs,
		getNode: () => ({ id: 'n', name: 'Spakinect', type: 'spakinect', parameters: {} }),
		getNodeParameter: (name: string, _index: number, fallback: unknown) =>
			({ resource: 'treatment', operation: 'getAll', authentication: 'emr' })[name] ?? fallback,
		getCredentials: async () => ({ environment: 'custom', baseUrl: world.sim.emrUrl }),
		getTimezone: () => 'UTC',
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getExecutionCancelSignal: () => undefined,
		getExecutionId: () => '1',
		continueOnFail: () => continues,
		...changes,
	});
	const broken = () => {
		throw new TypeError('Quillon');
	};

	it.each([
		['the credential', { getCredentials: async () => broken() }],
		['the base URL', { getCredentials: async () => ({ environment: 'custom', baseUrl: 'x' }) }],
		['a parameter', { getNodeParameter: broken }],
		['the time zone', { getTimezone: broken }],
		['the execution', { getExecutionId: broken }],
		['the cancel signal', { getExecutionCancelSignal: broken }],
		['the data proxy', { getWorkflowDataProxy: broken }],
		['the input', { getInputData: broken }],
	])(
		'because of %s: each item is an error, and none of the input passes',
		async (name, changes) => {
			const run = () => new Spakinect().execute.call(contextWith(changes) as never);
			const [output = []] = await run();
			expect(output).toHaveLength(name === 'the input' ? 1 : 2);
			for (const [index, item] of output.entries()) {
				expect(item.error).toBeDefined();
				expect(Object.keys(item.json).sort()).toEqual(['details', 'message']);
				expect(item.pairedItem).toEqual({ item: index });
			}
			expect(JSON.stringify(output)).not.toMatch(/cleared|Quillon/);
			const stopping = new Spakinect().execute.call(contextWith(changes, false) as never);
			await expect(stopping).rejects.toThrow(output[0]?.error?.message);
		},
	);
});

it('no items, no requests', async () => {
	const result = await world.run(
		'emr',
		'treatment',
		'getAll',
		{},
		{ items: [], node: { alwaysOutputData: true } },
	);
	expect(result.error).toBeUndefined();
	expect(await world.control.sent()).toEqual([]);
});

describe('every failing answer keeps the patient and the key to itself', () => {
	const runs: Array<[string, string, object]> = [
		['atHomeVisit', 'get', { gfeId: 'v1' }],
		['atHomeVisit', 'cancel', { gfeId: 'v1' }],
		['gfe', 'getAll', { locationId: 'loc_downtown' }],
		['gfe', 'downloadPdf', { gfeId: 'v1' }],
		['treatment', 'getAll', {}],
		['location', 'subscribe', { locationId: 'loc_downtown' }],
		['webhook', 'register', { webhookUrl: 'https://n8n.example.com/x' }],
		['atHomeVisit', 'create', bookingParameters],
	];
	const faults = [
		...[400, 401, 403, 404, 409, 422, 500].map(
			(status) => ({ kind: 'status', status, body: QUOTING }) as const,
		),
		{ kind: 'success_false', body: QUOTING } as const,
		{
			kind: 'html',
			status: 200,
			body: `<html>${JSON.stringify(QUOTING)} emr-test-key</html>`,
		} as const,
		{ kind: 'status', status: 200, body: [QUOTING] } as const,
		{ kind: 'redirect', location: 'http://127.0.0.1:1/?email=quillon.v@mail.example' } as const,
	];
	it.each(runs)('%s: %s', async (resource, operation, parameters) => {
		// Any 2xx means that a location is subscribed or a URL registered.
		const isLenient = resource === 'location' || resource === 'webhook';
		const isFine = (fault: object) => isLenient && 'status' in fault && fault.status === 200;
		for (const fault of faults.filter((one) => !isFine(one))) {
			await world.control.faults({
				match: { path: operation === 'create' ? '/appointments' : '' },
				...fault,
			});
			for (const onError of ['stopWorkflow', 'continueErrorOutput'] as const) {
				const result = await world.run('emr', resource, operation, parameters as never, {
					items: [patientItem()],
					node: { onError },
				});
				// Spakinect documents no answer to these two that has to be read: any 2xx is a yes.
				const isAccepted = ['subscribe', 'register'].includes(operation) && fault.status === 200;
				if (onError === 'stopWorkflow' && !isAccepted)
					expect(result.error?.message).toMatch(/Spakinect|API key|not found|proxy/);
				expectPrivate(result);
			}
		}
	});
});
