import axios from 'axios';
import { atHome, startBench, until, type Bench } from './support.mts';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.control('POST', '/reset'));

const faults = async (...list: object[]) => {
	const { status } = await bench.control('PUT', '/faults', { faults: list });
	expect(status).toBe(200);
};
const treatments = async () => await bench.emr('GET', '/treatments');
const visitCount = async () => (await bench.control('GET', '/state')).data.visits.length;

test('status: with Retry-After and body as given, for so many times', async () => {
	await faults({ kind: 'status', status: 429, retryAfter: '7', body: { error: 'slow' }, times: 2 });
	for (let n = 0; n < 2; n += 1) {
		const { status, headers, data } = await treatments();
		expect([status, headers['retry-after'], data]).toEqual([429, '7', { error: 'slow' }]);
	}
	expect((await treatments()).status).toBe(200);
	expect((await bench.control('GET', '/faults')).data.faults).toEqual([
		expect.objectContaining({ kind: 'status', times: 0, struck: 2 }),
	]);
});

test('status: without Retry-After and with the usual error body', async () => {
	await faults({ kind: 'status', status: 503 });
	const { status, headers, data } = await treatments();
	expect([status, data.error]).toEqual([503, 'Service Unavailable']);
	expect(headers).not.toHaveProperty('retry-after');
});

test('delay: waits, then answers as usual', async () => {
	await faults({ kind: 'delay', delayMs: 80 });
	const started = performance.now();
	expect((await treatments()).status).toBe(200);
	expect(performance.now() - started).toBeGreaterThanOrEqual(75);
});

test('drop_before: the connection ends and nothing was done', async () => {
	await faults({ kind: 'drop_before', times: 1 });
	await expect(bench.emr('POST', '/appointments', atHome)).rejects.toThrow();
	expect(await visitCount()).toBe(0);
	await until(async () => {
		const [entry] = (await bench.control('GET', '/requests')).data;
		return entry.status === null && entry.ms !== null;
	});
});

test('drop_after: the connection ends but the work was done', async () => {
	await faults({ kind: 'drop_after', times: 1 });
	await expect(bench.emr('POST', '/appointments', atHome)).rejects.toThrow();
	expect(await visitCount()).toBe(1);
});

test('truncated: half of the body of a longer content-length', async () => {
	await faults({ kind: 'truncated', times: 1 });
	await expect(treatments()).rejects.toThrow(/aborted|hang up/);
	expect((await treatments()).status).toBe(200);
});

test('html and empty bodies', async () => {
	await faults(
		{ kind: 'html', times: 1 },
		{ kind: 'html', status: 200, times: 1 },
		{ kind: 'empty' },
	);
	const bad = await treatments();
	expect([bad.status, bad.headers['content-type']]).toEqual([502, 'text/html; charset=utf-8']);
	expect(bad.data).toContain('<html>');
	expect((await treatments()).status).toBe(200);
	const empty = await treatments();
	expect([empty.status, empty.data]).toEqual([200, '']);
});

test('success_false: refuses under 200', async () => {
	await faults({ kind: 'success_false' });
	const { status, data } = await treatments();
	expect([status, data.success]).toEqual([200, false]);
});

test('redirect: to the given location; the location is required', async () => {
	await faults({ kind: 'redirect', status: 307, location: 'http://127.0.0.1:9/x' });
	const { status, headers } = await treatments();
	expect([status, headers.location]).toEqual([307, 'http://127.0.0.1:9/x']);
	const misuse = await bench.control('PUT', '/faults', { faults: [{ kind: 'redirect' }] });
	expect([misuse.status, typeof misuse.data.error]).toEqual([400, 'string']);
});

test('concurrency: more than max at once get 429', async () => {
	await faults({ kind: 'concurrency', max: 3, retryAfter: '1', delayMs: 1500 });
	const answers = await Promise.all(Array.from({ length: 8 }, treatments));
	const count = (wanted: number) => answers.filter(({ status }) => status === wanted).length;
	expect([count(200), count(429)]).toEqual([3, 5]);
	expect(answers.find(({ status }) => status === 429)?.headers['retry-after']).toBe('1');
	expect((await treatments()).status).toBe(200);
	const { data } = await bench.control('GET', '/stats');
	expect(data).toMatchObject({ inFlight: 0, requests: 9 });
	// The three and at least one that was refused while they ran.
	expect(data.maxInFlight).toBeGreaterThanOrEqual(4);
});

test('a fault strikes only what it matches', async () => {
	await faults({ kind: 'status', match: { api: 'client' } });
	expect((await treatments()).status).toBe(200);
	expect((await bench.client('GET', '/treatments')).status).toBe(500);
	await faults({ kind: 'status', match: { method: 'post', path: '^/appointments$' } });
	expect((await treatments()).status).toBe(200);
	expect((await bench.emr('POST', '/appointments', atHome)).status).toBe(500);
	await faults({ kind: 'status', match: { path: '^/emr/treatments' } });
	expect((await treatments()).status).toBe(500);
	await bench.control('DELETE', '/faults');
	expect((await treatments()).status).toBe(200);
});

test('the files origin can fail too; control calls never do', async () => {
	await faults({ kind: 'status', status: 503, match: { api: 'files' } });
	const answer = await axios.get(`${bench.filesUrl}/x`, { validateStatus: () => true });
	expect(answer.status).toBe(503);
	await faults({ kind: 'status' });
	expect((await bench.control('GET', '/state')).status).toBe(200);
});

test.each<[string, unknown]>([
	['an unknown kind', { faults: [{ kind: 'meteor' }] }],
	['a path that is no expression', { faults: [{ kind: 'html', match: { path: '(' } }] }],
	['an unknown field', { faults: [{ kind: 'html', after: 1 }] }],
	['no list', {}],
])('%s is refused and the old faults stay', async (_name, body) => {
	await faults({ kind: 'status', status: 503 });
	expect((await bench.control('PUT', '/faults', body)).status).toBe(400);
	expect((await treatments()).status).toBe(503);
});
