import type { Execution } from '../../../sandbox/n8n/client.mts';
import { until } from '../../../sandbox/n8n/until.mts';
import type { ExamplesClient } from './examplesClient.mts';

/** How far ahead the time is: more, if n8n was too busy to register it before it was over. */
const AHEAD_MS = [1_000, 3_000, 10_000];
/** A timer that is late by more than this does not start anything any more. */
const LATE_MS = 1_500;
const ENDED = /^(success|error|crashed|canceled)$/;

/** Lets the Schedule Triggers start at a time, to the second, in the time zone of the workflow. */
const setTime = async (client: ExamplesClient, id: string, due: number): Promise<void> => {
	const { nodes, settings } = await client.workflow(id);
	const timeZone = String(settings?.timezone ?? 'UTC');
	const at = new Date(due).toLocaleTimeString('en-GB', { timeZone });
	const [hour, minute, second] = at.split(':').map(Number);
	const expression = `${second} ${minute} ${hour} * * *`;
	const rule = { interval: [{ field: 'cronExpression', expression }] };
	for (const { type, parameters } of nodes) {
		if (type.endsWith('.scheduleTrigger')) parameters.rule = rule;
	}
	await client.updateWorkflow(id, { nodes });
};

/**
 * Publishes a workflow with a time for its Schedule Trigger that comes at once, and waits until the execution that
 * it starts has ended. Others may start meanwhile: a polling trigger polls when it is published. It stays published:
 * after the start, the time is the one of tomorrow.
 */
export const runAtTime = async (client: ExamplesClient, id: string): Promise<Execution> => {
	const known = new Set((await client.executions(id)).map((one) => one.id));
	const { nodes } = await client.workflow(id);
	const triggers = nodes.filter(({ type }) => type.endsWith('.scheduleTrigger'));
	/** The execution, `running` while one could still be it, or undefined. */
	const started = async (): Promise<Execution | 'running' | undefined> => {
		const others = (await client.executions(id)).filter((one) => !known.has(one.id));
		for (const one of others) {
			if (!ENDED.test(one.status)) return 'running';
			const execution = await client.execution(one.id);
			if (triggers.some(({ name }) => execution.runData[name])) return execution;
			known.add(one.id);
		}
		return undefined;
	};
	for (const aheadMs of AHEAD_MS) {
		const due = Math.ceil((Date.now() + aheadMs) / 1000) * 1000;
		await setTime(client, id, due);
		await client.publish(id);
		const execution = await until('wait for the scheduled execution', 60_000, async () => {
			const found = await started();
			if (found === 'running') return undefined;
			return found ?? (Date.now() > due + LATE_MS ? false : undefined);
		});
		if (execution) return execution;
		// Without its trigger it can't start any more: what hasn't started by now never comes.
		await client.unpublish(id);
	}
	throw new Error('The Schedule Trigger has not started the workflow');
};
