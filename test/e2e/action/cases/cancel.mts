import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../../../sandbox/n8n/until.mts';
import type { JournalEntry } from '../../../../sandbox/simulator/index.mts';
import type { ActionWorld } from '../../support/action.mts';
import { AT_HOME, booking, fromItem } from '../../support/actionData.mts';
import { startAction, type ActionRun } from '../../support/actionRun.mts';

/** Longer than a test, so that what is under way at the stop stays so, however slow the machine is. */
const HANGS = { kind: 'status', status: 503, delayMs: 300_000 } as const;
const PATIENCE_MS = 60_000;
const RETRY_AFTER_S = 4;
/** What goes on in spite of the stop sends its next request at once. */
const QUIET_MS = 2_000;

/** Stopping a running execution in n8n: what is under way is cut off, and nothing more is sent. */
export const describeCancel = (world: () => ActionWorld): void => {
	/**
	 * Stops the run once enough has arrived.
	 *
	 * @param quietMs how long to wait for what must not come
	 * @returns how the run ended, what had been sent then, and what has been sent after the wait
	 */
	const stopDuring = async (
		run: ActionRun,
		hasArrived: (sent: JournalEntry[]) => boolean,
		quietMs = QUIET_MS,
	) => {
		const { client, control } = world();
		const { id, executionId } = await startAction(world(), run);
		await until('the first requests', PATIENCE_MS, async () =>
			hasArrived(await control.journal()) ? true : undefined,
		);
		await client.stopExecution(executionId);
		const [execution] = await client.waitForExecution(id);
		await until('nothing is under way', PATIENCE_MS, async () =>
			(await control.inFlight()) === 0 ? true : undefined,
		);
		const atStop = await control.calls();
		await sleep(quietMs);
		return { status: execution!.status, atStop, later: await control.calls() };
	};

	it('stops many slow reads', async () => {
		const ids = await world().control.addVisits(Array.from({ length: 300 }, () => ({})));
		await world().control.faults({ ...HANGS, match: { path: '/visits/' } });
		const { status, atStop, later } = await stopDuring(
			{
				parameters: { resource: 'atHomeVisit', operation: 'get', ...fromItem('gfeId') },
				items: ids.map((gfeId) => ({ gfeId })),
			},
			(sent) => sent.length >= 10,
		);
		expect(status).toBe('canceled');
		expect(later).toEqual(atStop);
		// So many are under way at the same time at most.
		expect(later.length).toBeLessThanOrEqual(64);
	});

	it('stops a wait for a server that asked for patience', async () => {
		const retryAfter = String(RETRY_AFTER_S);
		await world().control.faults({ kind: 'status', status: 429, retryAfter });
		const parameters = { resource: 'atHomeVisit', operation: 'get', gfeId: 'gfe-done' };
		const run = { parameters, items: [{}] };
		const quietMs = QUIET_MS + RETRY_AFTER_S * 1000;
		const { status, later } = await stopDuring(run, ([one]) => one?.status === 429, quietMs);
		expect(status).toBe('canceled');
		expect(later).toHaveLength(1);
	});

	it('sends no further create', async () => {
		const match = { method: 'POST', path: '/appointments' };
		await world().control.faults({ ...HANGS, match });
		const items = Array.from({ length: 20 }, (_, index) => booking(String(index)));
		const { status, atStop, later } = await stopDuring({ parameters: AT_HOME, items }, (sent) =>
			sent.some(({ method }) => method === 'POST'),
		);
		expect(status).toBe('canceled');
		expect(later).toEqual(atStop);
		expect(later.filter((call) => call.startsWith('POST '))).toHaveLength(1);
	});
};
