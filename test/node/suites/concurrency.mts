import type { IDataObject } from 'n8n-workflow';
import type { RunResult } from '../support/harness.mts';
import { bookingParameters, patientItem } from '../support/patient.mts';
import { succeeded, useSimulator } from '../support/world.mts';
import { sized } from '../../unit/support/size.mts';

const world = useSimulator();
const ids = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `v${index}` }));
const add = (items: IDataObject[]) =>
	world.control.add(...items.map(({ id }) => ({ gfe_id: id as string })));
const get = (items: IDataObject[], options: IDataObject = {}, rest = {}) =>
	world.run(
		'emr',
		'atHomeVisit',
		'get',
		{ gfeId: '={{ $json.id }}', options: options as never },
		{ items, ...rest },
	);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('reads', () => {
	it(`${sized(1000)} items against a server that refuses more than 20 at once: all of them, in order`, async () => {
		const items = ids(sized(1000));
		await add(items);
		await world.control.faults({ kind: 'concurrency', max: 20, status: 429, delayMs: 5 });
		const result = await get(items);
		expect(succeeded(result).map(({ gfe_id }) => gfe_id)).toEqual(items.map(({ id }) => id));
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_, item) => ({ item })),
		);
		expect((await world.control.stats()).maxInFlight).toBeLessThanOrEqual(64);
	});

	it('up to 64 in flight, never more', async () => {
		const items = ids(300);
		await add(items);
		await world.control.faults({ kind: 'delay', delayMs: 100 });
		expect(succeeded(await get(items))).toHaveLength(300);
		const { maxInFlight } = await world.control.stats();
		expect(maxInFlight).toBeGreaterThan(30);
		expect(maxInFlight).toBeLessThanOrEqual(64);
	});

	it.each([
		[1, 1],
		[3, 3],
		['={{ "3" }}', 3],
		['={{ 0 }}', 1],
		['={{ 5000 }}', 64],
		['={{ "many" }}', 64],
	])('maxParallelRequests %j: at most %i', async (maxParallelRequests, most) => {
		const items = ids(most === 64 ? 200 : 12);
		await add(items);
		await world.control.faults({ kind: 'delay', delayMs: 15 });
		expect(succeeded(await get(items, { maxParallelRequests }))).toHaveLength(items.length);
		const { maxInFlight } = await world.control.stats();
		if (most === 64) expect(maxInFlight).toBeLessThanOrEqual(most);
		else expect(maxInFlight).toBe(most);
	});

	it('the same GET once, however many items ask for it', async () => {
		const items = [...ids(5), ...ids(5), ...ids(5)];
		await add(ids(5));
		expect(succeeded(await get(items)).map(({ gfe_id }) => gfe_id)).toEqual(
			items.map(({ id }) => id),
		);
		expect((await world.control.sent()).sort()).toEqual(
			ids(5).map(({ id }) => `GET /emr/visits/${id}`),
		);
	});

	it('but again in the next execution', async () => {
		await add(ids(1));
		await get(ids(1));
		await world.control.edit('v0', { status: 'Scheduled' });
		expect(succeeded(await get(ids(1)))[0]?.status).toBe('Scheduled');
	});

	it('a Retry-After of one holds back all', async () => {
		const items = ids(30);
		await add(items);
		await world.control.faults({ kind: 'status', status: 429, retryAfter: '1', times: 1 });
		const began = Date.now();
		expect(succeeded(await get(items))).toHaveLength(30);
		const requests = await world.control.requests();
		const late = requests.filter(({ at }) => Date.parse(at) - began > 900);
		// Those that were in flight already when the refusal came, and no others, were early.
		expect(requests.length - late.length).toBeLessThanOrEqual(20);
		expect(Date.now() - began).toBeGreaterThanOrEqual(1000);
	});

	it('one failed item ends the others that wait, at once', async () => {
		await world.control.faults(
			{ kind: 'status', status: 404, match: { path: 'v5$' }, delayMs: 50 },
			{ kind: 'status', status: 503, retryAfter: '50' },
		);
		const waitIsOver = Date.now() + 50_000;
		const { error } = await get(ids(200));
		expect(error).toMatchObject({ httpCode: '404' });
		expect(Date.now()).toBeLessThan(waitIsOver);
		expect((await world.control.sent()).length).toBeLessThan(100);
	});
});

it('writes go one at a time, in order', async () => {
	await world.control.faults({ kind: 'delay', delayMs: 10, match: { method: 'POST' } });
	const names = Array.from({ length: 15 }, (_, index) => `Ada${'abcdefghijklmno'[index]}`);
	const items = names.map((firstName) => patientItem({ firstName }));
	succeeded(await world.run('emr', 'atHomeVisit', 'create', bookingParameters, { items }));
	expect((await world.control.stats()).maxInFlight).toBe(1);
	const visits = await world.control.visits();
	expect(visits.map(({ patient_details }) => patient_details.first_name)).toEqual(names);
});

describe('cancelling the execution', () => {
	/** Requests so far, once those that were under way have come in: a busy machine takes a moment. */
	const settled = async (): Promise<number> => {
		let count = -1;
		for (let looks = 0; looks < 15; looks += 1) {
			const now = (await world.control.sent()).length;
			if (now === count) break;
			count = now;
			await pause(200);
		}
		return count;
	};

	/** Cancels once `count` requests have come in; how many there were then, and 500 ms later. */
	const cancelAt = async (count: number, start: (rest: object) => Promise<unknown>) => {
		let cancel: () => void = () => undefined;
		const run = start({
			started: (execution: { cancel(): void }) => (cancel = () => execution.cancel()),
		}).catch(() => undefined);
		while ((await world.control.stats()).requests < count) await pause(5);
		cancel();
		const then = await settled();
		await pause(500);
		await run;
		return { then, later: (await world.control.sent()).length };
	};

	it('sends no further read', async () => {
		const items = ids(1000);
		await add(items);
		await world.control.faults({ kind: 'delay', delayMs: 100 });
		const { then, later } = await cancelAt(15, (rest) => get(items, {}, rest));
		expect(then).toBeLessThan(500);
		expect(later).toBe(then);
	});

	it('sends no further write', async () => {
		await world.control.faults({ kind: 'delay', delayMs: 60, match: { method: 'POST' } });
		const items = Array.from({ length: 300 }, () => patientItem());
		const { then, later } = await cancelAt(4, (rest) =>
			world.run('emr', 'atHomeVisit', 'create', bookingParameters, { items, ...rest }),
		);
		expect(then).toBeLessThan(100);
		expect(later).toBe(then);
		expect((await world.control.visits()).length).toBeLessThanOrEqual(then);
	});

	it('a create that was under way may have arrived, and the error says so', async () => {
		await world.control.faults({ kind: 'delay', delayMs: 700, match: { method: 'POST' } });
		let result: RunResult | undefined;
		await cancelAt(2, async (rest) => {
			const items = [patientItem()];
			result = await world.run('emr', 'atHomeVisit', 'create', bookingParameters, {
				items,
				...rest,
			});
		});
		expect(result?.error?.message).toBe(
			'The execution was stopped before the answer came. The visit may have been created',
		);
		expect(await world.control.visits()).toHaveLength(1);
	});

	it('asks no more for a PDF that lags, and does not send a refused request again', async () => {
		await world.control.add({ gfe_id: 'lag', status: 'Completed', pdf: 'never' });
		const pdf = await cancelAt(1, (rest) =>
			world.run('emr', 'gfe', 'downloadPdf', { gfeId: 'lag', options: { waitSeconds: 60 } }, rest),
		);
		expect(pdf.later).toBe(1);
		await world.control.faults({ kind: 'status', status: 503 });
		const refused = await cancelAt(2, (rest) => get(ids(1), {}, rest));
		expect(refused.later).toBe(2);
	});
});
