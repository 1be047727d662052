import type { Fault } from '../../sandbox/simulator/index.mts';
import { bookingParameters, expectPrivate, patientItem } from './support/patient.mts';
import { shortenWaits } from './support/waits.mts';
import { succeeded, useSimulator } from './support/world.mts';

// The method of the requests whose time-outs are divided, where a test says so. Others may be slow for other reasons.
let mockShortened: string | undefined;
jest.mock('../../nodes/Spakinect/transport/attempt', () => {
	const real = jest.requireActual('../../nodes/Spakinect/transport/attempt');
	return {
		...real,
		attempt: (context: unknown, type: string, options: { method: string }, timeoutMs: number) =>
			real.attempt(
				context,
				type,
				options,
				options.method === mockShortened ? timeoutMs / 100 : timeoutMs,
			),
	};
});
const world = useSimulator();
shortenWaits();
const list = () =>
	world.run('emr', 'gfe', 'getAll', { locationId: 'loc_downtown', returnAll: true });
const book = (items = [patientItem()]) =>
	world.run('emr', 'atHomeVisit', 'create', bookingParameters, { items });
const calls = async (method: string) =>
	(await world.control.sent()).filter((line) => line.startsWith(method)).length;
beforeEach(() => world.control.add({ gfe_id: 'v1' }));

const slow: Fault = { kind: 'delay', delayMs: 4000 };
/** 300 ms instead of 30 s for the faults that are slow. */
const shortenTimeouts = ({ kind }: Fault, method: string) => {
	mockShortened = kind === 'delay' ? method : undefined;
};
afterEach(() => {
	mockShortened = undefined;
});

describe('reads', () => {
	it.each<[Fault, number, RegExp]>([
		[{ kind: 'status', status: 500 }, 1, /\(500\)/],
		[{ kind: 'status', status: 502 }, 4, /\(502\)/],
		[{ kind: 'status', status: 503 }, 4, /\(503\)/],
		[{ kind: 'status', status: 504 }, 4, /\(504\)/],
		[{ kind: 'status', status: 408 }, 4, /\(408\)/],
		[{ kind: 'status', status: 429 }, 8, /\(429\)/],
		[{ kind: 'status', status: 429, retryAfter: '3600' }, 1, /\(429\)/],
		[{ kind: 'drop_before' }, 4, /connection to Spakinect ended/],
		[{ kind: 'drop_after' }, 4, /connection to Spakinect ended/],
		[{ kind: 'truncated' }, 4, /connection to Spakinect ended/],
		[{ kind: 'html' }, 4, /\(502\)/],
		[{ kind: 'html', status: 200 }, 1, /not in the form/],
		[{ kind: 'empty' }, 1, /empty answer/],
		[{ kind: 'status', status: 200, body: [] }, 1, /not in the form/],
		[{ kind: 'status', status: 200, body: { success: true } }, 1, /not in the form/],
		[{ kind: 'success_false' }, 1, /could not do this/],
		[slow, 4, /did not answer in time/],
	])('%j: %i requests', async (fault, count, message) => {
		shortenTimeouts(fault, 'GET');
		await world.control.faults(fault);
		const result = await list();
		expect(result.error?.message).toMatch(message);
		expect(result.error?.message).not.toContain('may have been created');
		expect(await calls('GET')).toBe(count);
		expectPrivate(result);
	});

	it.each<Fault>([
		{ kind: 'status', status: 503, times: 3 },
		{ kind: 'status', status: 429, times: 7 },
		{ kind: 'drop_before', times: 3 },
		{ kind: 'truncated', times: 1 },
		{ kind: 'delay', delayMs: 2000, times: 1 },
	])('%j: an answer in the end', async (fault) => {
		shortenTimeouts(fault, 'GET');
		await world.control.faults(fault);
		expect(succeeded(await list())).toHaveLength(1);
	});
});

describe('creates', () => {
	const PATH = { path: '/appointments' };
	it.each<[Fault, number, boolean, RegExp]>([
		[{ kind: 'status', status: 400 }, 1, false, /\(400\)/],
		[{ kind: 'status', status: 429 }, 8, false, /\(429\)/],
		[
			{ kind: 'status', status: 429, retryAfter: 'Fri, 01 Jan 2100 00:00:00 GMT' },
			1,
			false,
			/\(429\)/,
		],
		[{ kind: 'status', status: 500 }, 1, true, /\(500\)/],
		[{ kind: 'status', status: 503, retryAfter: '1' }, 1, true, /\(503\)/],
		[{ kind: 'drop_before' }, 1, true, /connection to Spakinect ended/],
		[{ kind: 'drop_after' }, 1, true, /connection to Spakinect ended/],
		[{ kind: 'truncated' }, 1, true, /connection to Spakinect ended/],
		[{ kind: 'html', status: 200 }, 1, true, /not in the form/],
		[{ kind: 'empty' }, 1, true, /empty answer/],
		[{ kind: 'success_false' }, 1, false, /could not do this/],
		[slow, 1, true, /did not answer in time/],
	])('%j: %i requests, unsure: %s', async (fault, count, unsure, message) => {
		shortenTimeouts(fault, 'POST');
		await world.control.faults({ ...fault, match: PATH });
		const result = await book();
		expect(result.error?.message).toMatch(message);
		expect(result.error?.message.includes('visit may have been created')).toBe(unsure);
		expect(await calls('POST')).toBe(count);
		expectPrivate(result);
	});

	it('429 a few times: one visit in the end', async () => {
		await world.control.faults({
			kind: 'status',
			status: 429,
			retryAfter: '0',
			match: PATH,
			times: 3,
		});
		expect(succeeded(await book())).toHaveLength(1);
		expect(await world.control.contacts()).toHaveLength(2);
	});

	it('accepted and then dropped: exactly one visit for each item, each unsure', async () => {
		await world.control.reset();
		await world.control.faults({ kind: 'drop_after', match: PATH });
		const items = Array.from({ length: 10 }, () => patientItem());
		const result = await world.run('emr', 'atHomeVisit', 'create', bookingParameters, {
			items,
			node: {
				onError: 'continueRegularOutput',
				retryOnFail: true,
				maxTries: 5,
				waitBetweenTries: 1,
			},
		});
		expect(await world.control.visits()).toHaveLength(10);
		expect(await world.control.contacts()).toHaveLength(20);
		expect(result.json).toHaveLength(10);
		for (const { error } of result.json) expect(error).toContain('may have been created');
		expectPrivate(result);
	});
});

describe('writes that may be done twice', () => {
	const WRITES: Array<[string, string, object]> = [
		['location', 'subscribe', { locationId: 'loc_downtown' }],
		['webhook', 'register', { webhookUrl: 'https://n8n.example.com/x' }],
		['atHomeVisit', 'cancel', { gfeId: 'v1' }],
	];
	const PASSING: Fault[] = [
		{ kind: 'drop_before' },
		{ kind: 'drop_after' },
		{ kind: 'truncated' },
		{ kind: 'status', status: 408 },
		{ kind: 'status', status: 429 },
		{ kind: 'status', status: 502 },
		{ kind: 'status', status: 503 },
		{ kind: 'status', status: 504 },
	];
	const isWrite = (line: string) => !line.startsWith('GET');

	it.each(WRITES)('%s: %s is repeated like a read', async (resource, operation, parameters) => {
		for (const fault of PASSING) {
			await world.control.reset();
			await world.control.add({ gfe_id: 'v1' });
			await world.control.faults({ ...fault, times: 2 });
			succeeded(await world.run('emr', resource, operation, { ...parameters }));
			expect((await world.control.sent()).filter(isWrite).length).toBeGreaterThanOrEqual(2);
		}
	});

	it.each(WRITES)(
		'%s: %s is not repeated after a refusal',
		async (resource, operation, parameters) => {
			await world.control.faults({ kind: 'status', status: 403 });
			const { error } = await world.run('emr', resource, operation, { ...parameters });
			expect(error?.httpCode).toBe('403');
			expect((await world.control.sent()).filter(isWrite)).toHaveLength(1);
		},
	);

	it('is not unsure when every attempt fails', async () => {
		await world.control.faults({ kind: 'drop_after', match: { method: 'POST' } });
		const parameters = { locationId: 'loc_downtown' };
		const result = await world.run('emr', 'location', 'subscribe', parameters);
		expect(result.error?.message).toBe('The connection to Spakinect ended before the answer came');
		expect(await calls('POST')).toBe(4);
	});

	it('a cancel whose first attempt was carried out is a success', async () => {
		await world.control.faults({ kind: 'drop_after', match: { method: 'PATCH' }, times: 1 });
		const json = succeeded(await world.run('emr', 'atHomeVisit', 'cancel', { gfeId: 'v1' }));
		expect(json).toMatchObject([{ gfe_id: 'v1', cancelled: true }]);
	});
});

it.each([301, 302, 303, 307, 308])(
	'a redirect (%i) is not followed with the key',
	async (status) => {
		const location = `${world.sim.filesUrl}/stolen`;
		await world.control.faults({ kind: 'redirect', status, location });
		for (const result of [
			await list(),
			await world.run('emr', 'location', 'subscribe', { locationId: 'loc_downtown' }),
		]) {
			expect(result.error?.message).toContain('redirect, which is not followed');
			expectPrivate(result);
		}
		expect(await world.control.leaks()).toEqual([]);
		expect(await world.control.sent()).toHaveLength(2);
	},
);

it.each([
	['http://127.0.0.1:1/emr', /connection was refused/],
	['https://spakinect.invalid/emr', /host name is unknown|could not be reached/],
	['http://api.example.com/emr', /'Base URL' of the credential cannot be used/],
])('base URL %s', async (baseUrl, message) => {
	const result = await world.run('emr', 'atHomeVisit', 'create', bookingParameters, {
		items: [patientItem()],
		baseUrl,
	});
	expect(result.error?.message).toMatch(message);
	expect(result.error?.message).not.toContain('may have been created');
	expectPrivate(result);
});
