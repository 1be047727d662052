import { createHmac } from 'node:crypto';
import { BODY, DATA, EMR, useWebhookHosts, VISIT } from '../../support/webhookWorld.mts';

const { world, deliveries, emr, host, send } = useWebhookHosts();

describe('deliveries', () => {
	it('a completed exam becomes one item', async () => {
		const one = await host();
		await one.publish();
		const [id] = await world.control.add(VISIT);
		const decisions = { Botox: 'approved', 'Chemical Peel': 'deferred' };
		const [delivery] = await deliveries.complete(id!, { decisions });
		expect(delivery).toMatchObject({ acknowledged: true });
		const answer = JSON.parse(delivery?.attempts[0]?.body ?? '') as object;
		expect(one.executions).toHaveLength(1);
		const [item] = one.executions[0]!;
		expect(item?.json).toMatchObject({
			event: 'visit.completed',
			event_id: expect.stringMatching(/^[0-9a-f]{32}$/),
			event_time: expect.stringMatching(/^\d{4}-.*Z$/),
			gfe_id: id,
			location_id: 'loc_downtown',
			status_group: 'completed',
			approved_treatments: ['Botox'],
			deferred_treatments: ['Chemical Peel'],
			all_approved: false,
		});
		expect(answer).toEqual({ received: true, event_id: item?.json.event_id });
	});

	it.each([
		['raw', 1],
		['treatments', 2],
		['summary', 1],
	])('output %s', async (output, count) => {
		const one = await host({ output });
		const body = { ...BODY, data: { ...DATA, requested_treatments: ['Botox', 'Peel'] } };
		await send(one, { body });
		expect(one.executions[0]).toHaveLength(count);
		expect(one.executions[0]?.[0]?.json).toMatchObject({ event: 'visit.completed', gfe_id: 'g1' });
	});

	it('output summary: no patient of any event comes out', async () => {
		const one = await host({ output: 'summary', events: ['*'] });
		const patient = { patient_details: { name: 'Quillon Vanterpool' }, note: 'Quillon called' };
		await send(one, { body: { ...BODY, data: { ...DATA, ...patient } } });
		await send(one, { body: { event: 'patient.updated', gfe_id: 'g1', data: patient } });
		const items = one.executions.flat().map(({ json }) => json);
		expect(items).toMatchObject([
			{ event: 'visit.completed', gfe_id: 'g1', message: expect.stringContaining('GFE g1') },
			{ event: 'patient.updated', gfe_id: 'g1', needs_attention: true },
		]);
		expect(JSON.stringify(items)).not.toMatch(/quillon|patient_details/i);
	});

	it.each([
		['no signature', { signature: 'missing' }],
		['a wrong signature', { signature: 'wrong' }],
		['a malformed signature', { signature: 'zz' }],
		['an empty signature', { signature: '' }],
		['the signature of another key', { key: 'emr-second-key' }],
	])('%s: 401, and nothing runs', async (_, delivery) => {
		const one = await host();
		expect(await send(one, delivery)).toEqual({
			status: 401,
			answer: { received: false, reason: "The signature is missing or doesn't match" },
			runs: 0,
		});
		expect(JSON.stringify(one.logs)).not.toMatch(/g1|ana/i);
	});

	it('signs over the trimmed key, as it is sent', async () => {
		const one = await host({}, emr({ apiKey: ` ${EMR}\n` }));
		expect(await send(one)).toMatchObject({ status: 200, runs: 1 });
	});

	it('takes two equal signatures as one, and refuses two different ones', async () => {
		const one = await host();
		const body = JSON.stringify(BODY);
		const right = createHmac('sha256', EMR).update(body).digest('hex');
		const post = async (signature: string) => {
			const headers = { 'x-signature': signature };
			return (await fetch(one.productionUrl, { method: 'POST', body, headers })).status;
		};
		expect(await post(`${right}, ${'0'.repeat(64)}`)).toBe(401);
		expect(await post(`${right}, ${right}`)).toBe(200);
		expect(one.executions).toHaveLength(1);
	});

	it('without a required signature, none will do and a wrong one still will not', async () => {
		const one = await host({ options: { requireSignature: false } });
		expect((await send(one, { signature: 'wrong' })).status).toBe(401);
		expect(await send(one, { signature: 'missing' })).toMatchObject({ status: 200, runs: 1 });
	});

	it('says in the log, once, that deliveries are refused: after a renewal of the key all are', async () => {
		const one = await host();
		await send(one, { signature: 'missing' });
		expect(one.logs).toEqual([]);
		await send(one, { signature: 'wrong' });
		await send(one, { signature: 'wrong' });
		const message = expect.stringContaining('refused with 401');
		expect(one.logs).toEqual([{ level: 'warn', message }]);
	});

	it.each([null, '', 0, '={{ $vars.missing }}', '={{ undefined }}'])(
		'an option that came out as %p does not open the door',
		async (requireSignature) => {
			const one = await host({ options: { requireSignature } });
			expect((await send(one, { signature: 'missing' })).status).toBe(401);
			expect(await send(one)).toMatchObject({ status: 200, runs: 1 });
		},
	);

	it.each([
		['missing', {}, 401],
		['wrong', { 'X-Webhook-Secret': 'guess' }, 401],
		['right', { 'X-Webhook-Secret': 'hush' }, 200],
	])('a webhook secret that is %s', async (_, headers, status) => {
		const one = await host({}, emr({ webhookSecret: 'hush' }));
		expect((await send(one, { headers })).status).toBe(status);
	});

	it.each([
		['no JSON', '{"event":'],
		['nothing', ''],
		['an array', '[{"event":"visit.completed"}]'],
		['a text', '"visit.completed"'],
		['no event', '{"data":{}}'],
		['no data', '{"event":"visit.completed"}'],
		['data of another type', '{"event":"visit.completed","data":"x"}'],
		['deep nesting', `{"event":"visit.completed","data":${'['.repeat(5000)}${']'.repeat(5000)}}`],
	])('a signed body with %s: 400 with a reason, and nothing runs', async (_, body) => {
		const { status, answer, runs } = await send(await host(), { body });
		expect({ status, runs }).toEqual({ status: 400, runs: 0 });
		expect(answer).toEqual({ received: false, reason: expect.any(String) });
	});

	it('10 MB are taken', async () => {
		const one = await host();
		const body = { ...BODY, data: { ...DATA, padding: 'x'.repeat(10_000_000) } };
		expect(await send(one, { body })).toMatchObject({ status: 200, runs: 1 });
	});

	it.each([
		['an event that is not chosen', { ...BODY, event: 'treatment.updated' }],
		['an event nobody knows', { ...BODY, event: 'visit.teleported' }],
		['another location', { ...BODY, data: { ...DATA, location_id: 'loc_uptown' } }],
	])('%s: 200 with a reason, and nothing runs', async (_, body) => {
		expect(await send(await host(), { body })).toEqual({
			status: 200,
			answer: { received: true, ignored: expect.any(String) },
			runs: 0,
		});
	});

	it('any location when told so, and without any chosen', async () => {
		const body = { ...BODY, data: { ...DATA, location_id: 'loc_uptown' } };
		const open = await host({ options: { onlySelectedLocations: false } });
		expect((await send(open, { body })).runs).toBe(1);
		const empty = await host({ locationIds: [], registration: 'manual' });
		expect((await send(empty, { body })).runs).toBe(1);
		const manual = { locationIds: [''], registration: 'manual' };
		const other = await host({ ...manual, locations: ['loc_downtown'] });
		expect((await send(other, { body })).runs).toBe(0);
		const chosen = await host({ ...manual, locations: ['loc_uptown'] });
		expect((await send(chosen, { body })).runs).toBe(1);
	});

	it('any event: one that is not about a visit passes on as it is', async () => {
		const one = await host({ events: ['*'] });
		const data = { treatment_id: 't1', treatment_name: 'Botox', action: 'updated' };
		await send(one, { body: { event: 'treatment.updated', timestamp: 1_760_000_000_000, data } });
		expect(one.executions[0]?.[0]?.json).toEqual({
			event: 'treatment.updated',
			event_id: expect.any(String),
			event_time: '2025-10-09T08:53:20.000Z',
			...data,
		});
	});

	it('a deleted credential: 503, so that the sender may try again; the log says so once an hour', async () => {
		const one = await host({}, emr());
		one.node.credentials = {};
		expect(await send(one)).toMatchObject({ status: 503, runs: 0 });
		expect(await send(one)).toMatchObject({ status: 503, runs: 0 });
		const message = expect.stringContaining('choose a credential');
		expect(one.logs).toEqual([{ level: 'error', message }]);
	});
});
