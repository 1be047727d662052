import { setTimeout as sleep } from 'node:timers/promises';
import { itemsOf } from '../../../../sandbox/n8n/client.mts';
import { until } from '../../../../sandbox/n8n/until.mts';
import { AFTER } from '../../support/workflows.mts';
import { EMR_KEY } from '../../support/world.mts';
import { saveTrigger, webhookTrigger, type Saved } from '../support/workflow.mts';
import { QUIET_MS, SECOND_KEY, type Credentials, type TriggerWorld } from '../support/world.mts';

/** n8n ends a test listener after two minutes, which no setting changes. */
const TIMEOUT_MS = 120_000;

/** "Listen for test event", beside a published version of the same workflow unless said otherwise. */
export const describeListening = (world: () => TriggerWorld): void => {
	const subscribed = 'subscribe loc_downtown 200';
	const saveAnd = async (credentials: Credentials, parameters: object = {}): Promise<Saved> =>
		await saveTrigger(world(), webhookTrigger(credentials, { ...parameters }));
	const completeOne = async (): Promise<string> => {
		const id = await world().newVisit();
		await world().control.complete(id);
		return id;
	};

	describe('listening for a test event beside the published version', () => {
		let saved: Saved;
		let mark: number;
		beforeAll(async () => {
			saved = await saveAnd(world().credentials.emr);
			await world().client.publish(saved.id);
		});
		beforeEach(async () => {
			mark = await world().mark();
		});
		afterAll(async () => await world().client.deleteWorkflow(saved.id));

		it('registers the test URL, and the production URL again after the event', async () => {
			expect(await world().client.listen(saved.id)).toMatchObject({ waitingForWebhook: true });
			expect(await world().told(mark)).toEqual([subscribed, `register ${saved.test} 200`]);
			const id = await completeOne();
			const [execution] = await world().client.waitForExecution(saved.id);
			expect(execution).toMatchObject({ status: 'success', mode: 'manual' });
			expect(itemsOf(execution!, AFTER)[0]?.json).toMatchObject({ gfe_id: id });
			expect((await world().toldAtLeast(3, mark)).slice(2)).toEqual([
				`register ${saved.production} 200`,
			]);
		});

		it('then receives at the production URL as before', async () => {
			await completeOne();
			const list = await world().client.waitForExecution(saved.id, { count: 2 });
			expect(list.at(-1)).toMatchObject({ status: 'success', mode: 'webhook' });
			expect(await world().told(mark)).toEqual([]);
		});

		it('registers the production URL again when it is cancelled; a forgery does not end it', async () => {
			await world().client.listen(saved.id);
			const body = { event: 'visit.completed', data: { gfe_id: 'gfe-forged' } };
			const forged = await world().control.deliver({ key: EMR_KEY, body, signature: 'wrong' });
			expect(forged.attempts).toEqual([expect.objectContaining({ status: 401 })]);
			expect(await world().toldAtLeast(2, mark)).toEqual([
				subscribed,
				`register ${saved.test} 200`,
			]);
			await world().client.cancelTestWebhook(saved.id);
			expect((await world().toldAtLeast(3, mark)).slice(2)).toEqual([
				`register ${saved.production} 200`,
			]);
		});
	});

	describe('listening beside other workflows on the key', () => {
		let live: Saved;
		beforeAll(async () => {
			const before = await saveAnd(world().credentials.emr);
			await world().client.publish(before.id);
			live = await saveAnd(world().credentials.emr);
			await world().client.publish(live.id);
			await world().client.deleteWorkflow(before.id);
		});
		afterAll(async () => await world().client.deleteWorkflow(live.id));

		it('publishing over another workflow is said in the log of n8n', () => {
			expect(world().n8n.output()).toMatch(/replaced the webhook URL.*gets no events/);
		});

		it('the URL of the published workflow comes back, and it receives', async () => {
			const draft = await saveAnd(world().credentials.emr);
			await world().testBriefly(draft);
			await world().untilRegistered(live.production);
			const id = await completeOne();
			const [execution] = await world().client.waitForExecution(live.id);
			expect(itemsOf(execution!, AFTER)[0]?.json).toMatchObject({ gfe_id: id });
			await world().client.deleteWorkflow(draft.id);
		});

		it('it comes back although Spakinect is out of order when the test ends', async () => {
			await world().client.listen(live.id);
			const match = { path: '/webhooks' };
			await world().control.setFaults([{ match, kind: 'status', status: 503 }]);
			const over = sleep(12_000).then(async () => await world().control.setFaults([]));
			await world().client.cancelTestWebhook(live.id);
			await over;
			await world().untilRegistered(live.production);
		});
	});

	describe('listening with a production credential', () => {
		it('is refused before anything is sent', async () => {
			const { outside, client, credentials } = world();
			const saved = await saveAnd(credentials.production);
			const mark = await world().mark();
			const before = { url: await world().registeredUrl(), asked: outside.asked.length };
			await expect(client.listen(saved.id)).rejects.toThrow(/production.*'Register Test URL'/i);
			expect(await world().toldAtLeast(0, mark)).toEqual([]);
			expect({ url: await world().registeredUrl(), asked: outside.asked.length }).toEqual(before);
			// The same credential does reach out when it is meant to, so silence above means something.
			const { id, name } = credentials.production.spakinectApi!;
			const data = { apiKey: EMR_KEY, environment: 'production', baseUrl: '', webhookSecret: '' };
			await client.testCredential(id, name, 'spakinectApi', data);
			expect(outside.asked.slice(before.asked).join()).toMatch(/spakinect/i);
			await client.deleteWorkflow(saved.id);
		});

		it('and Register Test URL "Always" is refused all the same while the URL is a local one', async () => {
			const options = { registerTestUrl: 'always' };
			const saved = await saveAnd(world().credentials.production, { options });
			const asked = world().outside.asked.length;
			await expect(world().client.listen(saved.id)).rejects.toThrow(/Nothing was registered/);
			expect(world().outside.asked).toHaveLength(asked);
			await world().client.deleteWorkflow(saved.id);
		});
	});

	describe('the options of a test', () => {
		it('Register Test URL "Never" only listens, also with a production credential', async () => {
			const options = { registerTestUrl: 'never' };
			const saved = await saveAnd(world().credentials.production, { options });
			const mark = await world().mark();
			await world().client.listen(saved.id);
			const data = { gfe_id: 'gfe-by-hand', location_id: 'loc_downtown', status: 'Completed' };
			const body = {
				event: 'visit.completed',
				data: { ...data, requested_treatments: ['Botox'], approved_treatments: ['Botox'] },
			};
			await world().control.deliver({ key: EMR_KEY, url: saved.test, body });
			const [execution] = await world().client.waitForExecution(saved.id);
			expect(itemsOf(execution!, AFTER)[0]?.json).toMatchObject({ gfe_id: 'gfe-by-hand' });
			expect(await world().toldAtLeast(0, mark)).toEqual([]);
			await world().client.deleteWorkflow(saved.id);
		});

		it('Register Test URL "Always" registers, Restore Production URL off leaves it there', async () => {
			const options = { registerTestUrl: 'always', restoreProductionUrl: false };
			const saved = await saveAnd(world().credentials.emr, { options });
			const mark = await world().mark();
			await world().client.listen(saved.id);
			await world().client.cancelTestWebhook(saved.id);
			expect(await world().toldAtLeast(2, mark)).toEqual([
				subscribed,
				`register ${saved.test} 200`,
			]);
			await world().client.deleteWorkflow(saved.id);
		});

		it('a workflow that was never published gets its production URL registered too', async () => {
			const saved = await saveAnd(world().credentials.emr);
			const mark = await world().mark();
			await world().client.listen(saved.id);
			await world().client.cancelTestWebhook(saved.id);
			expect((await world().toldAtLeast(3, mark)).at(-1)).toBe(`register ${saved.production} 200`);
			await world().client.deleteWorkflow(saved.id);
		});

		it('a location that is refused is named, and the URL is left alone', async () => {
			const before = await world().registeredUrl();
			const saved = await saveAnd(world().credentials.emr, { locationIds: ['loc_other_emr'] });
			await expect(world().client.listen(saved.id)).rejects.toThrow(/loc_other_emr/);
			await sleep(QUIET_MS);
			expect(await world().registeredUrl()).toBe(before);
			await world().client.deleteWorkflow(saved.id);
		});
	});
};

/**
 * The time-out of a listener, with a key of its own: it starts before the other tests and is looked at
 * after them.
 */
export const describeTimeout = (world: () => TriggerWorld): void => {
	let saved: Saved;
	let began: number;

	beforeAll(async () => {
		const locationIds = ['loc_other_emr'];
		saved = await saveTrigger(world(), webhookTrigger(world().credentials.second, { locationIds }));
		await world().client.publish(saved.id);
		await world().client.listen(saved.id);
		began = Date.now();
	});

	it(
		'a listener that hears nothing for two minutes registers the production URL again',
		async () => {
			const told = await until('the end of the listener', TIMEOUT_MS + 20_000, async () => {
				// Faults of other tests may hit the restore, which is then tried again.
				const all = (await world().told(0, SECOND_KEY)).filter((one) => one.endsWith(' 200'));
				return all.length > 4 ? all : undefined;
			});
			expect(Date.now() - began).toBeGreaterThan(TIMEOUT_MS - 5_000);
			expect(told).toEqual([
				'subscribe loc_other_emr 200',
				`register ${saved.production} 200`,
				'subscribe loc_other_emr 200',
				`register ${saved.test} 200`,
				`register ${saved.production} 200`,
			]);
		},
		TIMEOUT_MS + 30_000,
	);
};
