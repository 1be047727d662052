import fc from 'fast-check';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import {
	polledKey,
	VISIT_COMPLETED,
	visitKey,
} from '../../../nodes/Spakinect/domain/visit/eventKey';
import type { PartialVisit } from '../support/control.mts';
import { expectPrivate, QUOTING, secretIn } from '../support/patient.mts';
import { succeeded, useSimulator } from '../support/world.mts';
import { sized } from '../../unit/support/size.mts';

const world = useSimulator();

const EVERYTHING = ['changed', 'same', 'notFound', 'notCompleted', 'noGfeId', 'unrecorded'];
const PATIENT = {
	first_name: 'Quillon',
	last_name: 'Vanterpool',
	email: 'quillon.v@mail.example',
	dob: '1987-11-23',
};
const visit = (gfe_id: string, more: PartialVisit = {}): PartialVisit => ({
	gfe_id,
	location_id: 'loc_downtown',
	status: 'Processing',
	requested_treatments: ['Botox'],
	patient_details: PATIENT,
	...more,
});
const done = (gfe_id: string, more: PartialVisit = {}): PartialVisit =>
	visit(gfe_id, {
		status: 'Completed',
		decisions: { Botox: 'approved' },
		evaluation_completed: '2026-05-02T07:00:00-07:00',
		...more,
	});

/** A record as a user's table has it. */
type Stored = IDataObject;
type Key = 'emr' | 'client';

const run = (records: Stored[], options: IDataObject = {}, key: Key = 'emr', rest: object = {}) =>
	world.run(
		key,
		'gfe',
		'reconcile',
		{
			...(key === 'emr' ? { locationId: '={{ $json.at }}' } : {}),
			gfeId: '={{ $json.gfe }}',
			reference: '={{ $json.ref }}',
			eventId: '={{ $json.event }}',
			options: { show: EVERYTHING, ...options } as INodeParameters,
		},
		{
			items: records.map((one) => ({ at: 'loc_downtown', gfe: '', ref: '', event: '', ...one })),
			...rest,
		},
	);
const reconcile = async (...args: Parameters<typeof run>) => succeeded(await run(...args));
const results = (items: IDataObject[]) => items.map(({ result, gfe_id }) => [result, gfe_id]);
const onError = (how: 'continueRegularOutput' | 'continueErrorOutput') => ({
	node: { onError: how },
});

describe('one result for each record', () => {
	it('same, changed, not found, without a GFE ID, and visits without a record', async () => {
		await world.control.add(done('a'), done('b'), visit('c'), done('d'), visit('e'));
		const [known] = await reconcile([{ gfe: 'a' }], { show: ['changed'] });
		const items = await reconcile([
			{ gfe: 'a', event: known!.event_id, ref: 'r1' },
			{ gfe: 'b', ref: 2 },
			{ gfe: 'c' },
			{ gfe: 'nowhere' },
			{ ref: 'r5' },
		]);
		expect(results(items)).toEqual([
			['same', 'a'],
			['changed', 'b'],
			['same', 'c'],
			['not_found', 'nowhere'],
			['no_gfe_id', null],
			['unrecorded', 'd'],
			['unrecorded', 'e'],
		]);
		expect(items.map(({ reference }) => reference)).toEqual([
			'r1',
			2,
			null,
			null,
			'r5',
			null,
			null,
		]);
		expect(items[3]).toMatchObject({ event_id: null, location_id: 'loc_downtown' });
		expect((await world.control.sent()).filter((one) => one.includes('/gfes/'))).toHaveLength(2);
	});

	it('by default changed, not found and unrecorded', async () => {
		await world.control.add(done('a'), visit('b'), done('c'));
		const records = [{ gfe: 'a' }, { gfe: 'b' }, { gfe: 'x' }, {}];
		expect(results(await reconcile(records, { show: undefined }))).toEqual([
			['changed', 'a'],
			['not_found', 'x'],
			['unrecorded', 'c'],
		]);
	});

	it('the visit is in the chosen form, behind the result', async () => {
		await world.control.add(
			done('a', {
				requested_treatments: ['Botox', 'Dysport'],
				decisions: { Botox: 'approved', Dysport: 'deferred' },
			}),
		);
		const [item] = await reconcile([{ gfe: 'a', ref: 'r' }]);
		expect(Object.keys(item!).slice(0, 5)).toEqual([
			'result',
			'reference',
			'event_id',
			'summary',
			'gfe_id',
		]);
		expect(item).toMatchObject({ location_id: 'loc_downtown', all_approved: false });
		const rows = await reconcile([{ gfe: 'a', ref: 'r' }], { output: 'treatments' });
		expect(
			rows.map(({ result, reference, treatment, decision }) => [
				result,
				reference,
				treatment,
				decision,
			]),
		).toEqual([
			['changed', 'r', 'Botox', 'approved'],
			['changed', 'r', 'Dysport', 'deferred'],
		]);
		const [raw] = await reconcile([{ gfe: 'a' }], { output: 'raw' });
		expect(raw).toMatchObject({
			result: 'changed',
			evaluation_completed: '2026-05-02T07:00:00-07:00',
		});
	});

	it('two records of one GFE have a result each, and its visit has a record', async () => {
		await world.control.add(done('a'));
		const items = await reconcile([
			{ gfe: 'a', ref: '1' },
			{ gfe: ' a ', ref: '2' },
		]);
		expect(items.map(({ result, reference }) => [result, reference])).toEqual([
			['changed', '1'],
			['changed', '2'],
		]);
	});

	it('a visit is found at another location that a record names', async () => {
		await world.control.add(done('a', { location_id: 'loc_uptown' }), done('b'));
		const items = await reconcile([{ gfe: 'a' }, { gfe: 'b', at: 'loc_uptown' }]);
		expect(items.map(({ result, gfe_id, location_id }) => [result, gfe_id, location_id])).toEqual([
			['changed', 'a', 'loc_uptown'],
			['changed', 'b', 'loc_downtown'],
		]);
	});

	it('only locations that a record names are read, each once', async () => {
		await world.control.add(done('a'), done('b', { location_id: 'loc_uptown' }));
		const items = await reconcile([{ gfe: 'a' }, {}, { gfe: 'x' }]);
		expect(results(items)).not.toContainEqual(['unrecorded', 'b']);
		expect(await world.control.sent()).toEqual(['GET /emr/gfes/loc_downtown']);
	});

	it('a record without a GFE ID and without a location needs neither', async () => {
		expect(results(await reconcile([{ at: '' }]))).toEqual([['no_gfe_id', null]]);
		expect(await world.control.sent()).toEqual([]);
	});

	it('with a list that holds a GFE twice, the further row counts', async () => {
		const old = { gfe_id: 'g1', status: 'Processing' };
		const body = { success: true, gfes: [{ ...old, ...done('g1') }, old] };
		await world.control.faults({ kind: 'status', status: 200, body });
		expect(results(await reconcile([{ gfe: 'g1' }]))).toEqual([['changed', 'g1']]);
		expect(results(await reconcile([{ gfe: 'x' }]))).toEqual([
			['not_found', 'x'],
			['unrecorded', 'g1'],
		]);
	});
});

describe('completedAfter', () => {
	it.each([
		['2026-05-02T14:00:00Z', ['old-open', 'on', 'later', 'undated']],
		['2026-05-02T14:00:01Z', ['old-open', 'later', 'undated']],
		['2026-05-03', ['old-open', 'later', 'undated']],
	])('%s leaves out unrecorded visits that were completed before', async (completedAfter, ids) => {
		await world.control.add(
			visit('old-open'),
			done('before', { evaluation_completed: '2026-04-01T07:00:00-07:00' }),
			done('on'),
			done('later', { evaluation_completed: '2026-06-01T07:00:00-07:00' }),
			done('recorded', { evaluation_completed: '2020-06-01T07:00:00-07:00' }),
		);
		await world.control.add(done('undated'));
		await world.control.edit('undated', { evaluation_completed: null });
		const items = await reconcile([{ gfe: 'recorded' }], { completedAfter });
		expect(results(items)).toEqual([
			['changed', 'recorded'],
			...ids.map((id) => ['unrecorded', id]),
		]);
	});
});

describe('changed', () => {
	const raw = async (id: string) =>
		(await reconcile([{ gfe: id }], { output: 'raw', show: ['same', 'changed'] }))[0]!;
	const after = async (event: string, changes: IDataObject) => {
		await world.control.edit('a', changes);
		const [item] = await reconcile([{ gfe: 'a', event }], { show: ['same', 'changed'] });
		return item!.result;
	};

	it('with its own event_id: as soon as status, decisions or evaluation change', async () => {
		await world.control.add(visit('a'));
		const event = async () => String((await raw('a')).event_id);
		let stored = await event();
		expect(await after(stored, {})).toBe('same');
		for (const change of [
			{ status: 'Pending Review' },
			{
				status: 'Completed',
				approved_treatments: ['Botox'],
				evaluation_completed: '2026-05-02T07:00:00-07:00',
			},
			{ approved_treatments: [], deferred_treatments: ['Botox'] },
			{ evaluation_completed: '2026-07-02T07:00:00-07:00' },
			{ status: 'Cancelled' },
		]) {
			expect(await after(stored, change)).toBe('changed');
			stored = await event();
			expect(await after(stored, {})).toBe('same');
		}
	});

	it("with the webhook's event_id, also one that was stored without the time of evaluation", async () => {
		await world.control.add(done('a'));
		const now = await raw('a');
		expect(await after(visitKey(VISIT_COMPLETED, 'a', now), {})).toBe('same');
		const undated = visitKey(VISIT_COMPLETED, 'a', { ...now, evaluation_completed: undefined });
		expect(await after(undated, {})).toBe('same');
		expect(await after(undated, { deferred_treatments: ['Botox'] })).toBe('changed');
	});

	it.each<[string, PartialVisit, Parameters<typeof polledKey>[0], string]>([
		['completed', done('a'), 'completed', 'same'],
		['decisionsChanged', done('a'), 'decisionsChanged', 'same'],
		[
			'statusChanged of a completed visit, whose decisions it does not hold',
			done('a'),
			'statusChanged',
			'changed',
		],
		['created of a completed visit', done('a'), 'created', 'changed'],
		['cancelled', visit('a', { status: 'Cancelled by client' }), 'cancelled', 'same'],
		['rejected', visit('a', { status: 'Rejected' }), 'rejected', 'same'],
		['rejected of a cancelled visit', visit('a', { status: 'Cancelled' }), 'rejected', 'changed'],
		['statusChanged', visit('a', { status: 'Waiting' }), 'statusChanged', 'same'],
		['created', visit('a'), 'created', 'same'],
		['created of a cancelled visit', visit('a', { status: 'Cancelled' }), 'created', 'changed'],
	])("with the polling trigger's event_id: %s", async (_, one, event, expected) => {
		await world.control.add(one);
		expect(await after(polledKey(event, 'a', await raw('a')), {})).toBe(expected);
	});

	it.each<[string, PartialVisit, string]>([
		['open', visit('a'), 'same'],
		['completed', done('a'), 'changed'],
		['cancelled', visit('a', { status: 'Cancelled' }), 'same'],
		['unknown', visit('a', { status: 'Odd' }), 'same'],
	])('without an event_id: %s', async (_, one, expected) => {
		await world.control.add(one);
		expect((await reconcile([{ gfe: 'a', event: ' ' }]))[0]!.result).toBe(expected);
	});
});

it('a Client key: one list, and what is not in it is not completed', async () => {
	await world.control.add(done('a'), visit('b'), done('c', { location_id: 'loc_uptown' }));
	const items = await reconcile([{ gfe: 'a' }, { gfe: 'b' }, {}], {}, 'client');
	expect(results(items)).toEqual([
		['changed', 'a'],
		['not_completed', 'b'],
		['no_gfe_id', null],
		['unrecorded', 'c'],
	]);
	expect(items[0]).not.toHaveProperty('location_id');
	expect(await world.control.sent()).toEqual(['GET /client/gfes']);
	const shown = await reconcile([{ gfe: 'a' }, { gfe: 'b' }], { show: undefined }, 'client');
	expect(results(shown)).toEqual([
		['changed', 'a'],
		['unrecorded', 'c'],
	]);
});

describe('errors', () => {
	const mixed: Stored[] = [
		{ gfe: 'a', ref: 'r0' },
		{ gfe: 'x', at: 'loc_other_emr' },
		{ gfe: 'b', at: '' },
		{ at: 'loc_other_emr' },
		{ gfe: ['list'] },
		{ gfe: 'nowhere' },
	];
	const paired = (items: INodeExecutionData[]) => items.map(({ pairedItem }) => pairedItem);

	it('without Continue On Fail the first one is the error of the node, named with its item', async () => {
		await world.control.add(done('a'));
		const { error } = await run(mixed);
		expect(error).toMatchObject({ httpCode: '403', context: { itemIndex: 1 } });
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'%s: each record of a list that cannot be read, and nobody else',
		async (how) => {
			await world.control.add(done('a'), done('b'), done('z'));
			const result = await run(mixed, {}, 'emr', onError(how));
			expect(result.error).toBeUndefined();
			const [regular = [], failed = regular.filter(({ error }) => error)] = result.outputs;
			const good = regular.filter(({ error }) => !error);
			expect(paired(failed)).toEqual([1, 2, 3, 4].map((item) => expect.objectContaining({ item })));
			// n8n itself puts the message in the place of the json.
			expect(failed.map(({ json }) => json.error)).toEqual([
				expect.stringContaining('(403)'),
				expect.stringContaining("'Location ID'"),
				expect.stringContaining('(403)'),
				expect.stringContaining("'GFE ID'"),
			]);
			// The record of b has no location, and yet b has a record.
			expect(results(good.map(({ json }) => json))).toEqual([
				['changed', 'a'],
				['not_found', 'nowhere'],
				['unrecorded', 'z'],
			]);
		},
	);

	it('a record that is not found says that another list could not be read', async () => {
		const records = [{ gfe: 'nowhere' }, { gfe: 'a', at: 'loc_other_emr' }];
		const result = await run(records, {}, 'emr', onError('continueRegularOutput'));
		const [lost, unread] = result.outputs[0]!;
		expect(lost!.json).toMatchObject({ result: 'not_found' });
		expect(lost!.json.summary).toContain('list of another location');
		expect(unread!.error).toBeDefined();
		const [alone] = await reconcile([{ gfe: 'nowhere' }]);
		expect(alone!.summary).not.toContain('another location');
	});

	it.each<[string, object]>([
		['fewer visits than it says', { count: 2, gfes: [done('a')] }],
		['none of the visits that it counts', { count: 5, gfes: [] }],
		['another location', { location_id: 'loc_uptown', count: 0, gfes: [] }],
		['an entry without a GFE ID', { gfes: [done('a'), { ...done('b'), gfe_id: null }] }],
		['an entry that is no visit', { gfes: [done('a'), 'b'] }],
	])('a list with %s is an error', async (_, list) => {
		const body = { success: true, ...list };
		await world.control.faults({ match: { path: '/gfes' }, kind: 'status', status: 200, body });
		const { error } = await run([{ gfe: 'a' }, { gfe: 'nowhere' }]);
		expect(error).toMatchObject({ context: { itemIndex: 0 } });
	});

	it.each(['emr', 'client'] as const)('a failed list is never an empty one (%s)', async (key) => {
		await world.control.add(done('a'));
		await world.control.faults({ kind: 'status', status: 500, body: QUOTING });
		const result = await run([{ gfe: 'a' }, {}], {}, key, onError('continueRegularOutput'));
		expect(result.outputs[0]).toHaveLength(2);
		for (const { error, json } of result.outputs[0]!) {
			expect(error).toBeDefined();
			expect(json).not.toHaveProperty('result');
		}
		expectPrivate(result);
	});

	it.each([
		['Show', { show: ['changed', 'lost'] }],
		['Show', { show: [] }],
		['Completed After', { completedAfter: 'soon' }],
		['Completed After', { completedAfter: '={{ $json.no_such_field }}' }],
	])('an option that cannot be used is an error of every record: %s', async (field, options) => {
		const result = await run(
			[{ gfe: 'a' }, { gfe: 'b' }],
			options,
			'emr',
			onError('continueRegularOutput'),
		);
		expect(result.outputs[0]!.map(({ json }) => json.error)).toEqual([
			expect.stringContaining(`'${field}'`),
			expect.stringContaining(`'${field}'`),
		]);
	});

	it.each([['changed, Not Found'], ['["changed","not_found"]'], [['CHANGED', 'not-found']]])(
		'Show by expression: %j',
		async (show) => {
			await world.control.add(done('a'), visit('b'));
			const items = await reconcile([{ gfe: 'a' }, { gfe: 'b' }, { gfe: 'x' }], { show });
			expect(items.map(({ result }) => result)).toEqual(['changed', 'not_found']);
		},
	);
});

describe('output summary', () => {
	it('a message for staff in every result, and nothing of the patient', async () => {
		await world.control.add(
			done('a'),
			done('b', { decisions: { Botox: 'deferred' } }),
			visit('c'),
			visit('d', { status: 'Cancelled' }),
		);
		const records = [{ gfe: 'a', ref: 'r1' }, { gfe: 'x', ref: 'r2' }, { ref: 'r3' }];
		const items = await reconcile(records, { output: 'summary' });
		expect(
			items.map(({ result, reference, needs_attention }) => [result, reference, needs_attention]),
		).toEqual([
			['changed', 'r1', false],
			['not_found', 'r2', true],
			['no_gfe_id', 'r3', true],
			['unrecorded', null, true],
			['unrecorded', null, false],
			['unrecorded', null, true],
		]);
		for (const { message, summary } of items) expect(message).toBe(summary);
		expect(items[0]).toMatchObject({ treatments_text: 'Botox', decisions: 'Botox: approved' });
		expect(secretIn(items)).toBe('');
	});

	it('with a Client key, nobody knows what became of a visit that is not completed', async () => {
		await world.control.add(visit('a'));
		const items = await reconcile([{ gfe: 'a' }], { output: 'summary' }, 'client');
		expect(items).toMatchObject([{ result: 'not_completed', needs_attention: true }]);
	});
});

describe('pairing', () => {
	it('a record with its results, visits without a record with all records', async () => {
		await world.control.add(done('a', { requested_treatments: ['Botox', 'Dysport'] }), done('z'));
		const { outputs } = await run([{ gfe: 'x' }, { gfe: 'a' }], { output: 'treatments' });
		expect(outputs[0]!.map(({ pairedItem }) => pairedItem)).toEqual([
			expect.objectContaining({ item: 0 }),
			expect.objectContaining({ item: 1 }),
			expect.objectContaining({ item: 1 }),
			[expect.objectContaining({ item: 0 }), expect.objectContaining({ item: 1 })],
		]);
	});

	it('with none if the links would be too many', async () => {
		await world.control.generate(600, { location_id: 'loc_downtown' });
		const { outputs } = await run(Array.from({ length: 600 }, () => ({ gfe: 'x' })));
		const unrecorded = outputs[0]!.filter(({ json }) => json.result === 'unrecorded');
		expect(unrecorded.length).toBeGreaterThanOrEqual(600);
		for (const { pairedItem } of unrecorded) expect(pairedItem).toEqual([]);
	});
});

describe('summary', () => {
	it('names GFE, status, treatments and the time in the zone of the workflow', async () => {
		await world.control.add(
			done('a', {
				requested_treatments: ['Botox', 'Dysport'],
				decisions: { Botox: 'approved', Dysport: 'deferred' },
			}),
		);
		const rest = { timezone: 'America/Los_Angeles' };
		const [{ summary = '' } = {}] = await reconcile([{ gfe: 'a' }], {}, 'emr', rest);
		for (const part of [
			'GFE a',
			'Completed',
			'May 2, 2026, 7:00 AM PDT',
			'Approved: Botox',
			'Deferred: Dysport',
		]) {
			expect(summary).toContain(part);
		}
	});

	it('never a patient, also when the GFE ID is mapped to a field with one', async () => {
		await world.control.add(done('a'), visit('b'), visit('c', { status: 'Cancelled' }));
		const items = await reconcile([
			{ gfe: 'a', ref: 'Quillon Vanterpool' },
			{ gfe: 'Quillon Vanterpool' },
			{ gfe: 'quillon.v@mail.example' },
			{ gfe: '(202) 555-0147' },
			{},
		]);
		expect(items.length).toBe(7);
		expect(secretIn(items.map(({ summary }) => summary))).toBe('');
	});
});

describe('a dragged field is what the expression engine makes of it', () => {
	const values: Array<[string, IDataObject]> = [
		['$json.x', { x: 'text' }],
		['$json.x', { x: ' spaced ' }],
		['$json.x', { x: 7 }],
		['$json.x', { x: '' }],
		['$json.x', { x: null }],
		['$json.x', {}],
		['$json.x', { x: '={{ 1 }}' }],
		['$json.x', { x: '<b>&amp;</b>' }],
		['$json.a.b', { a: { b: 'deep' } }],
		['$json.a.b', { a: {} }],
		['$json.a.b', {}],
		['$json.a.b', { a: null }],
		['$json["my field"]', { 'my field': 'quoted' }],
		["$json['my field'].b", { 'my field': { b: 3 } }],
		['$json["a.b"]', { 'a.b': 'dotted', a: { b: 'deep' } }],
		['$json.x.length', { x: 'text' }],
		['$json.constructor', {}],
		['$json.x.y', { x: [{ y: 1 }] }],
		['$json["0"]', { 0: 'zero' }],
	];

	it.each(values)('%s of %j', async (path, json) => {
		const shown = async (reference: string) => {
			const result = await world.run(
				'emr',
				'gfe',
				'reconcile',
				{ locationId: 'loc_downtown', reference, options: { show: ['noGfeId'] } },
				{ items: [json], ...onError('continueRegularOutput') },
			);
			return result.json[0];
		};
		// The brackets keep it from being taken for a dragged field.
		expect(await shown(`={{ ${path} }}`)).toEqual(await shown(`={{ (${path}) }}`));
	});

	it('each item has its own', async () => {
		const items = await reconcile([{ ref: 'r1' }, { ref: 'r2' }], { show: ['noGfeId'] });
		expect(items.map(({ reference }) => reference)).toEqual(['r1', 'r2']);
	});
});

describe('on random records and lists', () => {
	const LOCATIONS = ['loc_downtown', 'loc_uptown'];
	const listed = fc.record({
		status: fc.constantFrom('Processing', 'Completed', 'completed', 'Cancelled', 'Rejected', 'Odd'),
		location_id: fc.constantFrom(...LOCATIONS),
		approved_treatments: fc.subarray(['Botox']),
	});
	const stored = fc.record({
		gfe: fc.oneof(
			fc.constantFrom('', 'nowhere'),
			fc.integer({ min: 0, max: 11 }).map((n) => `v${n}`),
		),
		at: fc.constantFrom(...LOCATIONS, ...LOCATIONS, 'loc_other_emr'),
		event: fc.constantFrom('', 'something'),
	});
	const RUNS = sized(1_000);

	/** What the documents say of a record, written down anew. */
	function expectedOf({ gfe, event }: Stored, key: Key, visits: PartialVisit[], read: Set<string>) {
		if (gfe === '') return 'no_gfe_id';
		const found = visits.find(({ gfe_id }) => gfe_id === gfe);
		const isCompleted = /^completed$/i.test(found?.status ?? '');
		if (key === 'client' && !isCompleted) return 'not_completed';
		if (!found || (key === 'emr' && !read.has(found.location_id!))) return 'not_found';
		return event !== '' || isCompleted ? 'changed' : 'same';
	}

	it('each record has one result, and each visit a record or one result', async () => {
		const seen = new Map<unknown, number>();
		const check = async (key: Key, drawn: PartialVisit[], records: Stored[]) => {
			await world.control.reset();
			const visits = drawn.map((one, index) => visit(`v${index}`, one));
			if (visits.length > 0) await world.control.add(...visits);
			const all = records.map((record, ref) => ({ ...record, ref }));
			const { outputs } = await run(all, {}, key, onError('continueRegularOutput'));
			const items = outputs[0]!;
			const isUnreadable = ({ at }: Stored) => key === 'emr' && at === 'loc_other_emr';
			const read = new Set(records.map(({ at }) => String(at)));

			const own = items.filter(({ json }) => json.result !== 'unrecorded');
			expect(own.map(({ pairedItem }) => pairedItem)).toEqual(
				records.map((_, item) => expect.objectContaining({ item })),
			);
			const results = own.map(({ json, error }) => error === undefined && json.result);
			expect(results).toEqual(
				records.map((one) => !isUnreadable(one) && expectedOf(one, key, visits, read)),
			);
			for (const result of results) seen.set(result, (seen.get(result) ?? 0) + 1);
			for (const [index, { json, error }] of own.entries()) {
				if (error !== undefined) continue;
				expect([json.reference, json.gfe_id]).toEqual([index, records[index]!.gfe || null]);
			}
			const named = new Set(records.map(({ gfe }) => gfe));
			const expected = visits
				.filter(({ gfe_id }) => !named.has(gfe_id))
				.filter(({ status, location_id }) =>
					key === 'client' ? /^completed$/i.test(status!) : read.has(location_id!),
				)
				.map(({ gfe_id }) => gfe_id);
			const unrecorded = items.filter(({ json }) => json.result === 'unrecorded');
			expect(unrecorded.map(({ json }) => json.gfe_id).sort()).toEqual(expected.sort());
		};
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom<Key>('emr', 'client'),
				fc.array(listed, { maxLength: 12 }),
				fc.array(stored, { minLength: 1, maxLength: 12 }),
				check,
			),
			{ numRuns: RUNS, seed: Number(process.env.SPAKINECT_TEST_SEED ?? 1) },
		);
		expect([...seen.keys()].sort()).toEqual(
			['changed', 'no_gfe_id', 'not_completed', 'not_found', 'same', false].sort(),
		);
		expect(Math.min(...seen.values())).toBeGreaterThan(sized(10));
	});
});
