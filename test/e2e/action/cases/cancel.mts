import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../../../sandbox/n8n/until.mts';
import type { ActionWorld } from '../../support/action.mts';
import { AT_HOME, booking, fromItem } from '../../support/actionData.mts';
import { startAction, type ActionRun } from '../../support/actionRun.mts';

/** Stopping a running execution in n8n: nothing more may be sent after a second at most. */
export const describeCancel = (world: () => ActionWorld): void => {
	const requests = async () => (await world().control.journal()).length;

	/** Stops the run once `first` requests have arrived. @returns how many came in all, 1 s after and later */
	const stopDuring = async (run: ActionRun, first: number) => {
		const { client, control } = world();
		const { id, executionId } = await startAction(world(), run);
		await until(`${first} requests`, 20_000, async () =>
			(await requests()) >= first ? true : undefined,
		);
		await client.stopExecution(executionId);
		await sleep(1000);
		const soon = await requests();
		await sleep(2500);
		const [execution] = await client.waitForExecution(id);
		return {
			status: execution!.status,
			soon,
			later: await requests(),
			inFlight: await control.inFlight(),
		};
	};

	it('stops many slow reads', async () => {
		const ids = await world().control.addVisits(Array.from({ length: 300 }, () => ({})));
		await world().control.faults({ kind: 'delay', delayMs: 700, match: { path: '/visits/' } });
		const result = await stopDuring(
			{
				parameters: { resource: 'atHomeVisit', operation: 'get', ...fromItem('gfeId') },
				items: ids.map((gfeId) => ({ gfeId })),
			},
			10,
		);
		expect(result).toMatchObject({ status: 'canceled', inFlight: 0 });
		expect(result.later).toBe(result.soon);
		expect(result.later).toBeLessThan(80);
	});

	it('stops a wait for a server that asked for patience', async () => {
		await world().control.faults({ kind: 'status', status: 429, retryAfter: '2' });
		const parameters = { resource: 'atHomeVisit', operation: 'get', gfeId: 'gfe-done' };
		const result = await stopDuring({ parameters, items: [{}] }, 1);
		expect(result).toEqual({ status: 'canceled', soon: 1, later: 1, inFlight: 0 });
	});

	it('sends no further create', async () => {
		const match = { method: 'POST', path: '/appointments' };
		await world().control.faults({ kind: 'delay', delayMs: 600, match });
		const items = Array.from({ length: 20 }, (_, index) => booking(String(index)));
		const result = await stopDuring({ parameters: AT_HOME, items }, 3);
		expect(result).toMatchObject({ status: 'canceled', inFlight: 0 });
		// The catalog, and creates one at a time.
		expect(result.later).toBe(result.soon);
		expect(result.later).toBeLessThanOrEqual(4);
	});
};
