import { createHmac } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { sign } from '../../sandbox/simulator/webhooks.mts';
import { atHome, pause, startBench, startReceiver, until, type Bench } from './support.mts';

let bench: Bench;
const receivers: Awaited<ReturnType<typeof startReceiver>>[] = [];
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => {
	await bench.close();
	await Promise.all(receivers.map(({ close }) => close()));
});
beforeEach(() => bench.control('POST', '/reset'));

async function receiver(answer?: (nth: number) => number | null) {
	const started = await startReceiver(answer);
	receivers.push(started);
	return started;
}

/** A visit at loc_downtown whose key is subscribed and registered with a fresh receiver. */
async function booked(answer?: (nth: number) => number | null) {
	const hook = await receiver(answer);
	await bench.emr('POST', '/subscriptions', { location_id: 'loc_downtown' });
	await bench.emr('POST', '/webhooks', { url: hook.url });
	const { gfe_id } = (await bench.emr('POST', '/appointments', atHome)).data;
	return { hook, gfe_id: gfe_id as string };
}

const complete = async (id: string, body: object = {}) =>
	(await bench.control('POST', `/visits/${id}/complete`, body)).data;
const deliveries = async () => (await bench.control('GET', '/deliveries')).data;

test('the signature of a known body is the known one', () => {
	// echo -n '…' | openssl dgst -sha256 -hmac emr-test-key
	expect(sign('{"event":"visit.completed","note":"é ✓"}', 'emr-test-key')).toBe(
		'005acc89ee9ef4a6bb33da59d6f172ba34653a5b7ec48efaa72f0e7b97bee5b5',
	);
});

test('completing sends the documented body, signed over its bytes', async () => {
	const { hook, gfe_id } = await booked();
	const before = Date.now();
	const { delivery_id } = await complete(gfe_id, { decisions: { Botox: 'approved' } });
	await until(() => hook.received.length === 1);
	const { headers, body } = hook.received[0]!;
	expect(headers).toMatchObject({
		'content-type': 'application/json',
		'user-agent': 'Spakinect-Webhook/1.0',
		'x-signature': createHmac('sha256', 'emr-test-key').update(body).digest('hex'),
	});
	expect(headers).not.toHaveProperty('x-webhook-secret');
	const sent = JSON.parse(body.toString('utf8'));
	expect(sent).toEqual({
		event: 'visit.completed',
		timestamp: expect.any(Number),
		success: true,
		data: {
			location_id: 'loc_downtown',
			gfe_id,
			status: 'Completed',
			pdf_link: expect.any(String),
			requested_treatments: ['Botox', 'Dermal Filler'],
			approved_treatments: ['Botox'],
			conditionally_approved_treatments: [],
			deferred_treatments: [],
			evaluation_completed: expect.any(String),
			patient_details: {
				name: 'Ada Abbott',
				first_name: 'Ada',
				last_name: 'Abbott',
				email: 'ada@example.com',
			},
		},
	});
	expect(sent.timestamp).toBeGreaterThanOrEqual(before);
	await until(async () => (await deliveries())[0].acknowledged);
	expect(await deliveries()).toEqual([
		expect.objectContaining({
			id: delivery_id,
			key: 'emr-test-key',
			url: hook.url,
			event: 'visit.completed',
			gfe_id,
			body: body.toString('utf8'),
			attempts: [expect.objectContaining({ status: 200, body: 'answer 1', error: null })],
		}),
	]);
});

test('nothing is sent without subscription, without URL, or with deliver: false', async () => {
	const hook = await receiver();
	const { gfe_id } = (await bench.emr('POST', '/appointments', atHome)).data;
	await bench.emr('POST', '/webhooks', { url: hook.url });
	await bench.emr('POST', '/subscriptions', { location_id: 'loc_uptown' });
	expect(await complete(gfe_id)).not.toHaveProperty('delivery_id');
	await bench.emr('POST', '/subscriptions', { location_id: 'loc_downtown' });
	expect(await complete(gfe_id, { deliver: false })).not.toHaveProperty('delivery_id');
	expect(await complete(gfe_id)).toHaveProperty('delivery_id');
});

test('a Client key gets its own style, without subscription, with its secret', async () => {
	const hook = await receiver();
	const url = hook.url;
	await bench.control('PUT', '/webhooks', { key: 'client-test-key', url, secret: 's3cret' });
	const visits = [{ kind: 'in_person', patient_details: { dob: '1990-10-27' } }];
	const { ids } = (await bench.control('POST', '/visits', { visits })).data;
	await complete(ids[0]);
	await until(() => hook.received.length === 1);
	const { headers, body } = hook.received[0]!;
	expect(headers['x-webhook-secret']).toBe('s3cret');
	expect(headers['x-signature']).toBe(sign(body.toString('utf8'), 'client-test-key'));
	const { data } = JSON.parse(body.toString('utf8'));
	expect(data.patient_details.dob).toBe('10/27/1990');
	expect(data).not.toHaveProperty('evaluation_completed');
});

test('success: false carries only ids and status', async () => {
	const { hook, gfe_id } = await booked();
	await complete(gfe_id, { success: false });
	await until(() => hook.received.length === 1);
	const sent = JSON.parse(hook.received[0]!.body.toString('utf8'));
	expect(sent.success).toBe(false);
	expect(sent.data).toEqual({ location_id: 'loc_downtown', gfe_id, status: 'Completed' });
});

test('without retry delays a failed delivery is sent once', async () => {
	const { hook, gfe_id } = await booked(() => 500);
	await complete(gfe_id);
	await until(async () => (await deliveries())[0].attempts.length === 1);
	await pause(60);
	expect(hook.received).toHaveLength(1);
	expect((await deliveries())[0]).toMatchObject({
		acknowledged: false,
		attempts: [{ status: 500 }],
	});
});

test('with delays it is sent again, the same bytes, until acknowledged', async () => {
	const { hook, gfe_id } = await booked((nth) => (nth < 2 ? 503 : 204));
	await bench.control('PUT', '/settings', { webhookRetryDelaysMs: [10, 10, 10, 10] });
	await complete(gfe_id);
	await until(async () => (await deliveries())[0].acknowledged);
	await pause(40);
	expect(hook.received).toHaveLength(3);
	expect(new Set(hook.received.map(({ body }) => body.toString('hex'))).size).toBe(1);
});

test('a redirect is no acknowledgement; no answer in time, or no receiver, is an error', async () => {
	const moved = await receiver(() => 302);
	const silent = await receiver(() => null);
	const send = async (url: string) =>
		(await bench.control('POST', '/deliveries', { key: 'emr-test-key', url, body: {} })).data;
	expect(await send(moved.url)).toMatchObject({ acknowledged: false, attempts: [{ status: 302 }] });
	expect(moved.received).toHaveLength(1);
	await bench.control('PUT', '/settings', { webhookTimeoutMs: 50 });
	expect((await send(silent.url)).attempts[0]).toMatchObject({
		status: null,
		error: 'no answer within 50 ms',
	});
	// On a busy machine even a refusal takes longer than 50 ms.
	await bench.control('PUT', '/settings', { webhookTimeoutMs: 10_000 });
	expect((await send('http://127.0.0.1:1/')).attempts[0].error).toBe('ECONNREFUSED');
});

test('redelivery sends identical bytes, or a later timestamp when asked', async () => {
	const { hook, gfe_id } = await booked();
	const { delivery_id } = await complete(gfe_id);
	await until(() => hook.received.length === 1);
	const again = await bench.control('POST', `/deliveries/${delivery_id}/redeliver`);
	expect(again.data.attempts).toHaveLength(2);
	await bench.control('POST', `/deliveries/${delivery_id}/redeliver`, { newTimestamp: true });
	const [first, second, third] = hook.received.map(({ body }) => body.toString('utf8'));
	expect(second).toBe(first);
	const [old, fresh] = [JSON.parse(first!), JSON.parse(third!)];
	expect(fresh.timestamp).toBeGreaterThan(old.timestamp);
	expect({ ...fresh, timestamp: 0 }).toEqual({ ...old, timestamp: 0 });
	expect(hook.received[2]!.headers['x-signature']).toBe(sign(third!, 'emr-test-key'));
	expect((await bench.control('POST', '/deliveries/none/redeliver')).status).toBe(404);
});

test('an arbitrary delivery: every kind of signature, own headers, text bodies, gzip', async () => {
	const hook = await receiver();
	const body = '{"event": "treatment.updated"}';
	const send = async (more: object) =>
		await bench.control('POST', '/deliveries', {
			key: 'emr-test-key',
			url: hook.url,
			body,
			...more,
		});
	for (const signature of ['valid', 'missing', 'wrong', 'not hex']) await send({ signature });
	await send({ encoding: 'gzip', headers: { 'X-Extra': '1' } });
	const valid = sign(body, 'emr-test-key');
	const signatures = hook.received.map(({ headers }) => headers['x-signature']);
	expect(signatures).toEqual([valid, undefined, expect.any(String), 'not hex', valid]);
	expect(signatures[2]).toMatch(/^[0-9a-f]{64}$/);
	expect(signatures[2]).not.toBe(valid);
	expect(hook.received[0]!.body.toString('utf8')).toBe(body);
	const zipped = hook.received[4]!;
	expect(zipped.headers).toMatchObject({ 'content-encoding': 'gzip', 'x-extra': '1' });
	expect(gunzipSync(zipped.body).toString('utf8')).toBe(body);
});
