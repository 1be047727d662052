import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../../../sandbox/n8n/until.mts';
import { itemsOf, type Execution } from '../../../../sandbox/n8n/client.mts';
import { AFTER } from '../../support/workflows.mts';
import { POLLER, chainOf, changeTrigger, pollingTrigger } from '../support/workflow.mts';
import type { TriggerWorld } from '../support/world.mts';

/** n8n asks once a minute at most; its second of the minute is random. */
const TICK_MS = 75_000;
const LIST = 'GET /emr/gfes/loc_uptown 200';

/** The polling trigger: publish, tick, manual run. Watches a location of its own; restart.mts has the rest. */
export const describePolling = (world: () => TriggerWorld): void => {
	describe('a Spakinect Polling Trigger', () => {
		let id: string;
		let open: string;

		const polls = async () =>
			(await world().control.calls()).filter((call) => call === LIST).length;
		const eventsOf = (execution: Execution | undefined) =>
			itemsOf(execution!, AFTER).map(({ json }) => `${json.event} ${json.gfe_id}`);

		beforeAll(async () => {
			open = await world().newVisit('loc_uptown');
			await world().newVisit('loc_uptown', { status: 'Completed' });
			const trigger = pollingTrigger(world().credentials.emr, ['loc_uptown']);
			({ id } = await world().client.createWorkflow(chainOf(trigger)));
		});
		afterAll(async () => await world().client.deleteWorkflow(id));

		it('shows a sample when it is run by hand, published or not', async () => {
			const { executionId } = await world().client.listen(id, POLLER);
			const [execution] = await world().client.waitForExecution(id);
			expect(execution).toMatchObject({ id: executionId, status: 'success', mode: 'manual' });
			expect(itemsOf(execution!, AFTER)).toHaveLength(1);
		});

		it('polls when it is published, and takes note without starting anything', async () => {
			const before = await polls();
			await world().client.publish(id);
			await until('the poll of the publication', 20_000, async () =>
				(await polls()) > before ? true : undefined,
			);
			await sleep(1000);
			expect(await world().client.countExecutions(id)).toBe(1);
		});

		it(
			'gives what has changed at the next tick, and no more by a manual run between',
			async () => {
				await world().control.complete(open, { deliver: false });
				const fresh = await world().newVisit('loc_uptown');
				await world().client.listen(id, POLLER);
				const list = await world().client.waitForExecution(id, { count: 3, timeoutMs: TICK_MS });
				// The tick may come while the manual run is on its way.
				expect(list.map(({ mode }) => mode).sort()).toEqual(['manual', 'manual', 'trigger']);
				expect(eventsOf(list.find(({ mode }) => mode === 'trigger')).sort()).toEqual(
					[`completed ${open}`, `created ${fresh}`].sort(),
				);
			},
			TICK_MS + 10_000,
		);

		it('names the location when it cannot be read at publishing', async () => {
			const trigger = pollingTrigger(world().credentials.emr, ['loc_nowhere']);
			const bad = await world().client.createWorkflow(chainOf(trigger));
			await expect(world().client.publish(bad.id)).rejects.toThrow(/loc_nowhere/);
			await world().client.deleteWorkflow(bad.id);
		});

		it('published again with a location that cannot be read, it goes on with the others', async () => {
			await changeTrigger(world(), id, ({ parameters }) => ({
				parameters: { ...parameters, locationIds: ['loc_uptown', 'loc_nowhere'] },
			}));
			const fresh = await world().newVisit('loc_uptown');
			const before = await world().client.countExecutions(id);
			await world().client.publish(id);
			const list = await world().client.waitForExecution(id, { count: before + 1 });
			expect(eventsOf(list.at(-1))).toEqual([`created ${fresh}`]);
		});
	});

	describe('a Spakinect Polling Trigger that includes existing visits', () => {
		it.each<[string, 'emr' | 'client']>([
			['an EMR key', 'emr'],
			['a Client key', 'client'],
		])('reports them once, also when the node gets another name, with %s', async (_, kind) => {
			await world().newVisit('loc_uptown', { status: 'Completed' });
			const trigger = pollingTrigger(world().credentials[kind], ['loc_uptown']);
			Object.assign(trigger.parameters, {
				authentication: kind,
				events: ['completed'],
				options: { emitExisting: true },
			});
			const { id } = await world().client.createWorkflow(chainOf(trigger));
			await world().client.publish(id);
			const [first] = await world().client.waitForExecution(id);
			expect(itemsOf(first!, AFTER).length).toBeGreaterThan(0);

			await changeTrigger(world(), id, () => ({ name: 'Renamed' }));
			await world().client.publish(id);
			await sleep(1000);
			expect(await world().client.countExecutions(id)).toBe(1);

			await world().client.unpublish(id);
			const fresh = await world().newVisit('loc_uptown', { status: 'Completed' });
			await changeTrigger(world(), id, () => ({ name: 'Renamed Again' }));
			await world().client.publish(id);
			const list = await world().client.waitForExecution(id, { count: 2 });
			expect(itemsOf(list[1]!, AFTER).map(({ json }) => json.gfe_id)).toEqual([fresh]);
			await world().client.deleteWorkflow(id);
		});
	});
};
