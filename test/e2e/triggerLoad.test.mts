import { until } from '../../sandbox/n8n/until.mts';
import { BOOT_MS } from './support/world.mts';
import { node } from './support/workflows.mts';
import { fire, flood, gfeOf, inParallel, type Kind } from './trigger/support/flood.mts';
import { countByStatus, storedExecutions } from './trigger/support/stored.mts';
import { saveTrigger, webhookTrigger, type Saved } from './trigger/support/workflow.mts';
import { TriggerWorld } from './trigger/support/world.mts';

const LOAD_MS = 180_000;
const WIDTH = 20;

jest.setTimeout(LOAD_MS);

let world: TriggerWorld;
let saved: Saved;

/**
 * n8n 2 prepares a fresh expression engine three times for each delivery, 40 ms of computing and more
 * each. With the engine of n8n 1 the same flood takes a minute instead of five on a small machine.
 */
const ENV = { N8N_EXPRESSION_ENGINE: 'legacy' };

beforeAll(async () => {
	world = await TriggerWorld.start(ENV);
}, BOOT_MS);
afterAll(() => world?.stop());
afterEach(async () => await world.client.deleteWorkflow(saved.id));

const stored = async () => await storedExecutions(world.n8n.userFolder, saved.id);
const RUNNING = ['new', 'running', 'waiting'];
/** Waits until nothing runs any more, but for the executions up to the id `leftOver`. */
const allEnded = async (leftOver = 0) =>
	await until('the end of the executions', LOAD_MS, async () => {
		const list = await stored();
		const open = list.filter(({ status }) => RUNNING.includes(status));
		return open.some(({ id, status }) => id > leftOver || status !== 'running') ? undefined : list;
	});

describe('a flood of deliveries', () => {
	it('1,000 among 200 redeliveries, 100 forged and 50 malformed become 1,000 executions', async () => {
		saved = await saveTrigger(world, webhookTrigger(world.credentials.emr));
		await world.client.publish(saved.id);
		const shots = flood({ sound: 1000, repeat: 200, forged: 100, malformed: 50 }, 42);
		const began = Date.now();
		const answered = await fire(world.control, shots, WIDTH);
		const took = Date.now() - began;

		const statuses = (kind: Kind) =>
			new Set(
				answered.filter((one) => one.kind === kind).map((one) => one.delivery.attempts[0]?.status),
			);
		// The simulator gives a receiver ten seconds, as Spakinect's documentation once did.
		expect(statuses('sound')).toEqual(new Set([200]));
		expect(statuses('repeat')).toEqual(new Set([200]));
		expect(statuses('forged')).toEqual(new Set([401]));
		// n8n itself refuses what is not JSON with 422.
		expect(statuses('malformed')).toEqual(new Set([400, 422]));
		const slowest = Math.max(...answered.map((one) => one.delivery.attempts[0]!.ms));

		const list = await allEnded();
		expect(list.map(({ gfe }) => gfe).sort()).toEqual(
			Array.from({ length: 1000 }, (_, index) => gfeOf(index)),
		);
		expect(countByStatus(list)).toEqual({ success: 1000 });
		console.log(`${shots.length} requests in ${took} ms, the slowest answer after ${slowest} ms`);
	});
});

describe('n8n killed with SIGKILL in the middle of it', () => {
	/** Keeps executions running for a while, so that some of them are when n8n dies. */
	const pause = () =>
		node('Pause', 'n8n-nodes-base.wait', { amount: 1, unit: 'seconds' }, { typeVersion: 1.1 });

	it(
		'no acknowledged delivery is lost, and the others come again',
		async () => {
			saved = await saveTrigger(world, webhookTrigger(world.credentials.emr), pause());
			await world.client.publish(saved.id);
			const shots = flood({ sound: 400, repeat: 0, forged: 0, malformed: 0 }, 7);
			let acknowledged = 0;
			let killed: Promise<void> | undefined;
			const answered = await fire(world.control, shots, WIDTH, (delivery) => {
				if (delivery.acknowledged) acknowledged += 1;
				if (acknowledged >= 150) killed ??= world.n8n.kill();
			});
			await killed;
			const missed = answered.filter((one) => !one.delivery.acknowledged);
			const kept = answered.filter((one) => one.delivery.acknowledged);
			expect(missed.length).toBeGreaterThan(0);

			// At the kill: an acknowledged delivery is in the database, whatever became of its execution.
			const atKill = await stored();
			const inDatabase = new Set(atKill.map(({ gfe }) => gfe));
			expect(kept.filter(({ gfe }) => !inDatabase.has(gfe))).toEqual([]);
			expect(atKill.some(({ status }) => RUNNING.includes(status))).toBe(true);

			await world.boot();
			await inParallel(missed, WIDTH, async ({ delivery }) => {
				const again = await world.control.redeliver(delivery.id);
				expect(again.attempts.at(-1)).toMatchObject({ status: 200 });
			});
			const lastAtKill = atKill.at(-1)?.id ?? 0;
			const afterwards = await allEnded(lastAtKill);
			expect(new Set(afterwards.map(({ gfe }) => gfe)).size).toBe(400);
			console.log(
				`killed after ${kept.length} acknowledged; at the kill ${JSON.stringify(countByStatus(atKill))}, ` +
					`after the restart ${JSON.stringify(countByStatus(afterwards))}`,
			);

			// n8n runs what was new, but not again what was running: it marks that crashed, to be retried by
			// hand. What began in the very last moment stays "running": its log did not reach the disk.
			const succeeded = new Set(
				afterwards.filter(({ status }) => status === 'success').map(({ gfe }) => gfe),
			);
			const others = afterwards.filter(({ gfe }) => !succeeded.has(gfe));
			const withStatus = (status: string) => others.filter((one) => one.status === status);
			expect([...withStatus('crashed'), ...withStatus('running')]).toHaveLength(others.length);
			expect(withStatus('running').length).toBeLessThanOrEqual(WIDTH);
			await inParallel(withStatus('crashed'), WIDTH, ({ id }) => world.client.retry(String(id)));
			const left = new Set(withStatus('running').map(({ gfe }) => gfe));
			const again = answered.filter(({ gfe }) => left.has(gfe));
			await inParallel(again, WIDTH, async ({ delivery }) => {
				await world.control.redeliver(delivery.id);
			});
			const done = (await allEnded(lastAtKill)).filter(({ status }) => status === 'success');
			expect(new Set(done.map(({ gfe }) => gfe)).size).toBe(400);
		},
		LOAD_MS + BOOT_MS,
	);
});
