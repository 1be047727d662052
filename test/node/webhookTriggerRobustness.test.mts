import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import type { WebhookHost } from './support/webhookHost.mts';
import { BODY, DATA, EMR, useWebhookHosts, VISIT } from './support/webhookWorld.mts';

const { world, deliveries, host, send } = useWebhookHosts();

describe('fuzzed requests', () => {
	const header = fc.string({
		unit: fc.integer({ min: 32, max: 126 }).map((c) => String.fromCharCode(c)),
	});
	const post = async (
		one: WebhookHost,
		body: string | Uint8Array,
		headers: Record<string, string>,
	) => (await fetch(one.productionUrl, { method: 'POST', body: body as BodyInit, headers })).status;

	/** Mostly the usual value, so that the others are tried deep inside and not only at the door. */
	const mostly = <T,>(usual: string, others: fc.Arbitrary<T>) =>
		fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: others });

	it('a made-up signature is a 401, whatever the body', async () => {
		const one = await host({ events: ['*'] });
		await fc.assert(
			fc.asyncProperty(fc.uint8Array(), header, fc.string(), async (body, signature, type) => {
				const headers = { 'x-signature': signature, 'content-type': encodeURIComponent(type) };
				expect(await post(one, body, headers)).toBe(401);
			}),
			{ numRuns: 150 },
		);
		expect(one.executions).toEqual([]);
		expect(one.logs).toEqual([]);
	});

	it('a signed body of any form is taken or refused, never a 500', async () => {
		const one = await host({
			events: ['*'],
			output: 'treatments',
			options: { refetchIncomplete: false, skipRepeats: false },
		});
		const visit = fc.record(
			{
				gfe_id: mostly('g1', fc.jsonValue()),
				location_id: mostly('loc_downtown', fc.jsonValue()),
				status: mostly('Completed', fc.jsonValue()),
				requested_treatments: fc.oneof(fc.array(fc.string()), fc.jsonValue()),
				approved_treatments: fc.oneof(fc.array(fc.string()), fc.jsonValue()),
				evaluation_completed: fc.jsonValue(),
				patient_details: fc.jsonValue(),
			},
			{ requiredKeys: ['gfe_id'] },
		);
		const delivery = fc.record(
			{
				event: mostly('visit.completed', fc.jsonValue()),
				timestamp: fc.oneof(fc.double({ noNaN: true }), fc.jsonValue()),
				success: fc.oneof(fc.boolean(), fc.jsonValue()),
				data: fc.oneof({ weight: 5, arbitrary: visit }, { weight: 1, arbitrary: fc.jsonValue() }),
			},
			{ requiredKeys: ['event', 'data'] },
		);
		await fc.assert(
			fc.asyncProperty(
				fc.oneof(
					{ weight: 4, arbitrary: delivery.map((one) => JSON.stringify(one)) },
					fc.json(),
					fc.string(),
				),
				async (body) => {
					const signature = createHmac('sha256', EMR).update(Buffer.from(body)).digest('hex');
					expect([200, 400]).toContain(await post(one, body, { 'x-signature': signature }));
				},
			),
			{ numRuns: 300 },
		);
		expect(one.logs.filter(({ level }) => level === 'fatal')).toEqual([]);
		expect(one.executions.length).toBeGreaterThan(50);
	});
});

describe('success: false', () => {
	const incomplete = async (one: WebhookHost) => {
		await one.publish();
		const [id] = await world.control.add(VISIT);
		await deliveries.complete(id!, { success: false, decisions: { Botox: 'approved' } });
		return id;
	};

	it('is fetched', async () => {
		const one = await host();
		const id = await incomplete(one);
		expect(await world.control.sent()).toContain(`GET /emr/visits/${id}`);
		const json = one.executions[0]?.[0]?.json;
		expect(json).toMatchObject({
			gfe_id: id,
			location_id: 'loc_downtown',
			approved_treatments: ['Botox'],
		});
		expect(json).not.toHaveProperty('incomplete');
	});

	it('has the same event_id as the whole delivery of the same news', async () => {
		const one = await host({ options: { skipRepeats: false } });
		const id = await incomplete(one);
		await deliveries.complete(id!, { decisions: { Botox: 'approved' } });
		const ids = one.executions.map(([item]) => item?.json.event_id);
		expect(ids).toHaveLength(2);
		expect(ids[0]).toBe(ids[1]);
	});

	it.each([
		['cannot be fetched', {}],
		['must not be fetched', { options: { refetchIncomplete: false } }],
	])('that %s is passed on as incomplete, without a decision', async (_, parameters) => {
		const one = await host(parameters);
		await world.control.faults({ match: { path: '/visits/' }, kind: 'status', status: 503 });
		const id = await incomplete(one);
		expect(one.executions[0]?.[0]?.json).toMatchObject({
			gfe_id: id,
			incomplete: true,
			all_approved: false,
			approved_treatments: [],
		});
	});

	it('says nothing of decisions that came with it when nobody could check them', async () => {
		const one = await host({ output: 'raw' });
		await world.control.faults({ match: { path: '/visits/' }, kind: 'status', status: 503 });
		await send(one, { body: { ...BODY, success: false } });
		expect(one.executions[0]?.[0]?.json).toMatchObject({ gfe_id: 'g1', incomplete: true });
		expect(one.executions[0]?.[0]?.json).not.toHaveProperty('approved_treatments');
	});

	it('is incomplete as well when the visit is not Completed yet where it is fetched', async () => {
		const one = await host();
		const [id] = await world.control.add({ ...VISIT, status: 'Processing' });
		await send(one, { body: { ...BODY, success: false, data: { ...DATA, gfe_id: id } } });
		expect(one.executions[0]?.[0]?.json).toMatchObject({
			gfe_id: id,
			incomplete: true,
			status: 'Processing',
			all_approved: false,
			approved_treatments: [],
		});
	});

	it('is answered within 10 s when Spakinect hangs', async () => {
		const one = await host();
		await world.control.faults({ match: { path: '/visits/' }, kind: 'delay', delayMs: 20_000 });
		const startedAt = Date.now();
		await incomplete(one);
		expect(Date.now() - startedAt).toBeLessThan(7_000);
		expect(one.executions[0]?.[0]?.json).toMatchObject({ incomplete: true });
	}, 15_000);
});

describe('repeats', () => {
	it('start nothing, with the old or a new timestamp', async () => {
		const one = await host();
		await one.publish();
		const [id] = await world.control.add(VISIT);
		const [delivery] = await deliveries.complete(id!);
		for (const newTimestamp of [false, true]) {
			const { attempts } = await deliveries.redeliver(delivery!.id, newTimestamp);
			expect(attempts.at(-1)).toMatchObject({ status: 200 });
			expect(attempts.at(-1)?.body).toContain('accepted before');
		}
		expect(one.executions).toHaveLength(1);
	});

	it('a changed decision is news', async () => {
		const one = await host();
		await send(one);
		const changed = {
			...BODY,
			data: { ...DATA, approved_treatments: [], deferred_treatments: ['Botox'] },
		};
		expect((await send(one, { body: changed })).runs).toBe(2);
	});

	it('deferred, approved, deferred again are three events with three event_ids', async () => {
		const one = await host();
		await one.publish();
		const [id] = await world.control.add(VISIT);
		for (const Botox of ['deferred', 'approved', 'deferred']) {
			await deliveries.complete(id!, { decisions: { Botox } });
			await new Promise((resolve) => setTimeout(resolve, 1_000));
		}
		const ids = one.executions.map(([item]) => item?.json.event_id);
		expect(new Set(ids).size).toBe(3);
	});

	it('two events of a kind that nobody knows yet are two pieces of news', async () => {
		const one = await host({ events: ['*'] });
		const body = { event: 'patient.updated', timestamp: 1, data: { patient: { id: 'p1' } } };
		await send(one, { body });
		await send(one, { body: { ...body, data: { patient: { id: 'p2' } } } });
		expect((await send(one, { body })).answer).toHaveProperty('ignored');
		expect((await send(one, { body: { ...body, timestamp: 2 } })).runs).toBe(3);
	});

	it('two events about a visit that nobody knows yet are two pieces of news', async () => {
		const one = await host({ events: ['*'] });
		const body = { ...BODY, event: 'visit.rescheduled', data: { ...DATA, appointment_time: 1 } };
		await send(one, { body });
		const moved = { ...body, data: { ...body.data, appointment_time: 2 } };
		expect((await send(one, { body: moved })).runs).toBe(2);
	});

	it('a changed decision is news, also where the lists hold objects', async () => {
		const one = await host();
		const approved = (...names: string[]) => ({
			...BODY,
			data: { ...DATA, approved_treatments: names.map((name) => ({ name })) },
		});
		await send(one, { body: approved('Botox') });
		expect((await send(one, { body: approved() })).runs).toBe(2);
	});

	it('pass when told so', async () => {
		const one = await host({ options: { skipRepeats: false } });
		await send(one);
		expect((await send(one)).runs).toBe(2);
	});

	it('what n8n could not store is not a repeat when it comes again', async () => {
		const one = await host();
		const store = one.storeExecution;
		one.storeExecution = async () => await Promise.reject(new Error('database is locked'));
		expect((await send(one)).status).toBe(500);
		one.storeExecution = store;
		expect(await send(one)).toMatchObject({ status: 200, runs: 1 });
	});

	it('a sender that hung up while the visit was fetched does not block its redelivery', async () => {
		const one = await host();
		const [id] = await world.control.add({ ...VISIT, status: 'Completed' });
		const body = { ...BODY, success: false, data: { ...DATA, gfe_id: id } };
		const signature = createHmac('sha256', EMR).update(JSON.stringify(body)).digest('hex');
		await world.control.faults({ match: { path: '/visits/' }, kind: 'delay', delayMs: 400 });
		const impatient = fetch(one.productionUrl, {
			method: 'POST',
			body: JSON.stringify(body),
			headers: { 'x-signature': signature },
			signal: AbortSignal.timeout(150),
		});
		await expect(impatient).rejects.toThrow();
		await new Promise((resolve) => setTimeout(resolve, 600));
		expect(one.executions).toHaveLength(1);
		expect(await send(one, { body })).toMatchObject({ status: 200, runs: 2 });
	});

	it('fifty at once start one execution, and each is answered', async () => {
		const one = await host();
		const all = await Promise.all(Array.from({ length: 50 }, async () => await send(one)));
		expect(all.every(({ status }) => status === 200)).toBe(true);
		expect(one.executions).toHaveLength(1);
	});

	it('each of two workflows gets the delivery', async () => {
		expect((await send(await host())).runs).toBe(1);
		expect((await send(await host())).runs).toBe(1);
	});
});
