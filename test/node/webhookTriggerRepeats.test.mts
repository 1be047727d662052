import type { WebhookHost } from './support/webhookHost.mts';
import { BODY, DATA, useWebhookHosts, VISIT } from './support/webhookWorld.mts';

const { world, deliveries, host, send } = useWebhookHosts();

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
