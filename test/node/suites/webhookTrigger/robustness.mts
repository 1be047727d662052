import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import type { WebhookHost } from '../../support/webhookHost.mts';
import { BODY, DATA, EMR, useWebhookHosts, VISIT } from '../../support/webhookWorld.mts';
import { sized } from '../../../unit/support/size.mts';

const { world, deliveries, host, send } = useWebhookHosts();

/** Publishes the trigger, then completes a visit whose delivery says `success: false`. */
const incomplete = async (one: WebhookHost) => {
	await one.publish();
	const [id] = await world.control.add(VISIT);
	await deliveries.complete(id!, { success: false, decisions: { Botox: 'approved' } });
	return id;
};

const MINUTE = 60_000;
const OLD = { timestamp: Date.now() - 20 * MINUTE };
const deferred = { Botox: 'deferred' } as const;
const visitNow = async (decisions: object) =>
	(await world.control.add({ ...VISIT, status: 'Completed', decisions } as object))[0]!;
const approvedOf = (id: string, rest: object = {}) => ({
	...BODY,
	...rest,
	data: { ...DATA, gfe_id: id },
});

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
			{ numRuns: sized(150) },
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
			{ numRuns: sized(300) },
		);
		expect(one.logs.filter(({ level }) => level === 'fatal')).toEqual([]);
		expect(one.executions.length).toBeGreaterThan(sized(50));
	});
});

describe('success: false', () => {
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

	it('has the same event_id as the whole delivery of the same event', async () => {
		const one = await host({ options: { skipRepeats: false } });
		// The simulator evaluates it anew for the second delivery. A later second would be another event.
		const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
		const id = await incomplete(one);
		await deliveries.complete(id!, { decisions: { Botox: 'approved' } });
		clock.mockRestore();
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
});

describe('an old delivery', () => {
	const fetched = async () => (await world.control.sent()).filter((one) => one.startsWith('GET '));

	it('goes out with what is true now: its approval was withdrawn since', async () => {
		const id = await visitNow(deferred);
		const one = await host();
		await send(one, { body: approvedOf(id, OLD) });
		const json = one.executions[0]?.[0]?.json;
		expect(json).toMatchObject({
			gfe_id: id,
			location_id: 'loc_downtown',
			approved_treatments: [],
			deferred_treatments: ['Botox'],
			all_approved: false,
		});
		expect(json).not.toHaveProperty('incomplete');
	});

	it('is incomplete and without decisions when the fetch fails', async () => {
		const id = await visitNow(deferred);
		const one = await host({ output: 'raw' });
		await world.control.faults({ match: { path: '/visits/' }, kind: 'status', status: 503 });
		await send(one, { body: approvedOf(id, OLD) });
		const json = one.executions[0]?.[0]?.json;
		expect(json).toMatchObject({ gfe_id: id, incomplete: true });
		expect(json).not.toHaveProperty('approved_treatments');
	});

	it('is incomplete when the visit is open again', async () => {
		const [id] = await world.control.add({ ...VISIT, status: 'Processing' });
		const one = await host();
		await send(one, { body: approvedOf(id!, OLD) });
		expect(one.executions[0]?.[0]?.json).toMatchObject({ incomplete: true, all_approved: false });
	});

	it('is fetched also where Re-Fetch Incomplete is off: that is about another case', async () => {
		const id = await visitNow(deferred);
		const one = await host({ options: { refetchIncomplete: false } });
		await send(one, { body: approvedOf(id, OLD) });
		expect(one.executions[0]?.[0]?.json).toMatchObject({ deferred_treatments: ['Botox'] });
	});

	it('that was overtaken by a younger one starts nothing with its own decisions', async () => {
		const id = await visitNow({});
		await world.control.edit(id, { approved_treatments: [], deferred_treatments: ['Botox'] });
		const one = await host();
		const current = { ...DATA, ...(await world.control.visits()).find((v) => v.gfe_id === id) };
		await send(one, { body: { ...BODY, timestamp: Date.now(), data: current } });
		const late = await send(one, { body: approvedOf(id, { timestamp: Date.now() - MINUTE }) });
		expect(late).toMatchObject({ runs: 1, answer: { ignored: expect.any(String) } });
		expect(await fetched()).toHaveLength(1);
	});

	describe('that says what was accepted already', () => {
		const acceptedAndLate = async (id: string) => {
			const one = await host();
			await send(one, { body: approvedOf(id) });
			return async (timestamp: number) => await send(one, { body: approvedOf(id, { timestamp }) });
		};
		const LATE = [
			['a minute late', MINUTE],
			['twenty minutes late', 20 * MINUTE],
		] as const;

		it.each(LATE)('%s, goes out with what has changed since', async (_, age) => {
			const sendLate = await acceptedAndLate(await visitNow(deferred));
			expect(await sendLate(Date.now() - age)).toMatchObject({ runs: 2 });
		});

		it.each(LATE)('%s, goes out as incomplete when the visit is open again', async (_, age) => {
			const [id] = await world.control.add({ ...VISIT, status: 'Processing' });
			const sendLate = await acceptedAndLate(id!);
			expect(await sendLate(Date.now() - age)).toMatchObject({ runs: 2 });
		});

		it.each(LATE)('%s, starts nothing when the visit cannot be fetched', async (_, age) => {
			const sendLate = await acceptedAndLate('gfe-nowhere');
			expect(await sendLate(Date.now() - age)).toMatchObject({
				runs: 1,
				answer: { ignored: expect.any(String) },
			});
		});
	});

	it('that arrives at the same time as a younger one, too', async () => {
		const id = await visitNow(deferred);
		const one = await host({ options: { skipRepeats: false } });
		const young = { ...BODY, timestamp: Date.now(), data: { ...DATA, gfe_id: id } };
		const sent = [
			send(one, { body: young }),
			send(one, { body: approvedOf(id, { timestamp: Date.now() - MINUTE }) }),
		];
		await Promise.all(sent);
		expect(one.executions).toHaveLength(2);
		const approvals = one.executions.filter(([item]) => item?.json.all_approved === true);
		expect(approvals.length + (await fetched()).length).toBe(2);
	});

	it('a young one is believed as it is', async () => {
		await send(await host(), { body: approvedOf(await visitNow(deferred)) });
		expect(await fetched()).toEqual([]);
	});

	it('Always Fetch the Current Visit fetches a young one too', async () => {
		const id = await visitNow(deferred);
		const one = await host({ options: { alwaysFetch: true } });
		await send(one, { body: approvedOf(id) });
		expect(one.executions[0]?.[0]?.json).toMatchObject({ deferred_treatments: ['Botox'] });
		await world.control.faults({ match: { path: '/visits/' }, kind: 'status', status: 503 });
		await send(one, { body: approvedOf(id, { timestamp: Date.now() }) });
		expect(one.executions[1]?.[0]?.json).toMatchObject({
			incomplete: true,
			approved_treatments: [],
		});
	});

	it('a replay is fetched in a test too', async () => {
		const id = await visitNow(deferred);
		const one = await host();
		await one.listen();
		await send(one, { body: approvedOf(id, OLD) }, one.testUrl);
		expect(one.executions[0]?.[0]?.json).toMatchObject({ deferred_treatments: ['Botox'] });
	});
});

// One test for both, because each waits for 5 s.
it('an incomplete and an old delivery are answered within 10 s when Spakinect hangs', async () => {
	const id = await visitNow(deferred);
	const [one, other] = [await host(), await host({ output: 'raw' })];
	await world.control.faults({ match: { path: '/visits/' }, kind: 'delay', delayMs: 10_000 });
	await Promise.all([incomplete(one), send(other, { body: approvedOf(id, OLD) })]);
	// The answers of the two visits would have come after 10 s.
	const asked = (await world.control.requests()).filter(({ path }) => path.includes('/visits/'));
	expect(asked.map(({ status }) => status)).toEqual([null, null]);
	expect(one.executions[0]?.[0]?.json).toMatchObject({ incomplete: true });
	const json = other.executions[0]?.[0]?.json;
	expect(json).toMatchObject({ gfe_id: id, incomplete: true });
	expect(json).not.toHaveProperty('approved_treatments');
}, 15_000);

describe('duplicates', () => {
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

	it('a changed decision passes', async () => {
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
		// The simulator runs in this process, so its evaluation times follow this clock.
		let now = Date.now();
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
		for (const Botox of ['deferred', 'approved', 'deferred']) {
			await deliveries.complete(id!, { decisions: { Botox } });
			now += 1_000;
		}
		clock.mockRestore();
		const ids = one.executions.map(([item]) => item?.json.event_id);
		expect(new Set(ids).size).toBe(3);
	});

	it('two events of a kind that nobody knows yet are two events', async () => {
		const one = await host({ events: ['*'] });
		const body = { event: 'patient.updated', timestamp: 1, data: { patient: { id: 'p1' } } };
		await send(one, { body });
		await send(one, { body: { ...body, data: { patient: { id: 'p2' } } } });
		expect((await send(one, { body })).answer).toHaveProperty('ignored');
		expect((await send(one, { body: { ...body, timestamp: 2 } })).runs).toBe(3);
	});

	it('two events about a visit of a kind that nobody knows yet are two events', async () => {
		const one = await host({ events: ['*'] });
		const body = { ...BODY, event: 'visit.rescheduled', data: { ...DATA, appointment_time: 1 } };
		await send(one, { body });
		const moved = { ...body, data: { ...body.data, appointment_time: 2 } };
		expect((await send(one, { body: moved })).runs).toBe(2);
	});

	it('a changed decision passes, also where the lists hold objects', async () => {
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
		await world.control.faults({ match: { path: '/visits/' }, kind: 'delay', delayMs: 1_500 });
		const impatient = fetch(one.productionUrl, {
			method: 'POST',
			body: JSON.stringify(body),
			headers: { 'x-signature': signature },
			signal: AbortSignal.timeout(150),
		});
		await expect(impatient).rejects.toThrow();
		while (one.executions.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
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
