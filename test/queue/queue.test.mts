import { startSimulator, type Simulator } from '../../sandbox/simulator/index.mts';
import { findServers } from '../../sandbox/programs.mts';
import { startQueueN8n, type QueueN8n } from '../../sandbox/queue/start.mts';
import { itemsOf, type Execution } from '../../sandbox/n8n/client.mts';
import { until } from '../../sandbox/n8n/until.mts';
import { AFTER, type node } from '../e2e/support/workflows.mts';
import { EMR_CREDENTIAL, EMR_KEY, emrData } from '../e2e/support/world.mts';
import { TriggerClient } from '../e2e/trigger/support/client.mts';
import { TriggerControl } from '../e2e/trigger/support/control.mts';
import { deliveryOf, sendRaw } from '../e2e/trigger/support/raw.mts';
import { chainOf, pollingTrigger, webhookTrigger } from '../e2e/trigger/support/workflow.mts';
import example from './remove-duplicates.json';

const BOOT_MS = 800_000;
/** A tick of the polling trigger comes within a minute, and its execution later on a slow machine. */
const TICK_MS = 150_000;
/** Only ends a test that hangs. */
jest.setTimeout(2 * TICK_MS);

const servers = findServers();
// `npm test` says in its last lines when these tests are left out.
const describeQueue = servers === undefined ? describe.skip : describe;

describeQueue('queue mode: main, worker and two webhook processes', () => {
	let simulator: Simulator;
	let control: TriggerControl;
	let queue: QueueN8n;
	let client: TriggerClient;
	const credentials = { spakinectApi: { id: '', name: EMR_CREDENTIAL } };

	beforeAll(async () => {
		if (servers === undefined) return;
		simulator = await startSimulator();
		control = new TriggerControl(simulator.controlUrl);
		queue = await startQueueN8n(servers);
		client = new TriggerClient(queue.main.url);
		await client.signIn();
		const data = emrData(simulator);
		credentials.spakinectApi.id = await client.createCredential(
			EMR_CREDENTIAL,
			'spakinectApi',
			data,
		);
	}, BOOT_MS);
	afterAll(async () => {
		await queue?.stop();
		await simulator?.close();
	});

	/** The URL of a trigger at one of the webhook processes. */
	const at = (process: 0 | 1, webhookId?: string) =>
		`${queue.webhooks[process].url}/webhook/${webhookId}/webhook`;
	/** Waits for what the worker has written about an execution. */
	const ran = (execution: Execution | undefined) =>
		until(
			`the worker runs ${execution?.id}`,
			TICK_MS,
			async () =>
				queue.worker.output().includes(`Worker started execution ${execution?.id} `) || undefined,
		);

	describe('the webhook trigger', () => {
		const trigger = () => webhookTrigger(credentials);
		let webhookId: string | undefined;
		let id: string;
		beforeAll(async () => {
			const node = trigger();
			webhookId = node.webhookId;
			({ id } = await client.createWorkflow(chainOf(node)));
		});

		it('registers once, by the main process, with the URL of the webhook processes', async () => {
			await client.publish(id);
			expect(await control.calls()).toEqual([
				'POST /emr/subscriptions 200',
				'POST /emr/webhooks 200',
			]);
			expect((await control.state()).webhooks[EMR_KEY]).toBe(at(0, webhookId));
		});

		it('accepts at both processes; the worker runs each delivery once', async () => {
			const gfes = Array.from({ length: 20 }, (_, index) => `gfe-queue-${index}`);
			const answers = await Promise.all(
				gfes.map((gfe, index) =>
					sendRaw(at(index % 2 ? 1 : 0, webhookId), { body: deliveryOf(gfe) }),
				),
			);
			expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
			const list = await client.waitForExecution(id, { count: gfes.length, timeoutMs: TICK_MS });
			expect(list.map((one) => itemsOf(one, AFTER)[0]?.json.gfe_id).sort()).toEqual(gfes.sort());
			await Promise.all(list.map(ran));
		});

		it('refuses forgeries at both processes', async () => {
			for (const process of [0, 1] as const) {
				const body = deliveryOf('gfe-forged');
				const answer = await sendRaw(at(process, webhookId), { body, signature: 'f'.repeat(64) });
				expect(answer.status).toBe(401);
			}
		});

		it('does not know in one process what the other has accepted', async () => {
			const before = await client.countExecutions(id);
			const request = { body: deliveryOf('gfe-both') };
			const send = async (process: 0 | 1) => (await sendRaw(at(process, webhookId), request)).text;
			const both = await Promise.all([send(0), send(1)]);
			expect(both.join()).not.toContain('accepted before');
			expect(await send(0)).toContain('accepted before');
			expect(await send(1)).toContain('accepted before');
			await client.waitForExecution(id, { count: before + 2 });
			expect(await client.countExecutions(id)).toBe(before + 2);
		});

		it('after a test at the main process, the webhook processes have the URL again', async () => {
			await client.listen(id);
			const testUrl = `${queue.main.url}/webhook-test/${webhookId}/webhook`;
			expect((await control.state()).webhooks[EMR_KEY]).toBe(testUrl);
			await client.cancelTestWebhook(id);
			await until('the production URL', TICK_MS, async () =>
				(await control.state()).webhooks[EMR_KEY] === at(0, webhookId) ? true : undefined,
			);
		});
	});

	describe('Remove Duplicates behind the webhook trigger', () => {
		it('lets a delivery to both processes through once', async () => {
			const [trigger, ...rest] = example.nodes as ReturnType<typeof node>[];
			const { id } = await client.createWorkflow({
				...example,
				nodes: [{ ...trigger!, credentials }, ...rest],
			} as Parameters<TriggerClient['createWorkflow']>[0]);
			await client.publish(id);
			const passed = async (count: number) =>
				(await client.waitForExecution(id, { count })).map(
					(execution) => itemsOf(execution, 'New result').length,
				);
			const send = (process: 0 | 1, changes?: object) =>
				sendRaw(at(process, trigger!.webhookId), { body: deliveryOf('gfe-once', changes) });

			await send(0);
			expect(await passed(1)).toEqual([1]);
			await send(1);
			expect(await passed(2)).toEqual([1, 0]);
			// Another decision about the same exam is other news.
			await send(1, { approved_treatments: [], deferred_treatments: ['Botox'] });
			expect(await passed(3)).toEqual([1, 0, 1]);
		});
	});

	describe('the polling trigger', () => {
		it('polls in the main process and runs in the worker', async () => {
			const { id } = await client.createWorkflow(
				chainOf(pollingTrigger(credentials, ['loc_uptown'])),
			);
			await client.publish(id);
			const visit = {
				location_id: 'loc_uptown',
				status: 'Scheduled',
				requested_treatments: ['Botox'],
			};
			const [gfe] = await control.addVisits([visit]);
			const [execution] = await client.waitForExecution(id, { timeoutMs: TICK_MS });
			expect(itemsOf(execution!, AFTER)[0]?.json).toMatchObject({ event: 'created', gfe_id: gfe });
			await ran(execution);
		});
	});
});
