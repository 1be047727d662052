import { until } from '../../../sandbox/n8n/until.mts';
import type { ExamplesClient } from './examplesClient.mts';

/** How far ahead the time is: more, if n8n was too busy to register it before it was over. */
const AHEAD_MS = [1_000, 3_000, 10_000];
/** A timer that is late by more than this does not start anything any more. */
const LATE_MS = 1_500;

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
 * Publishes a workflow with a time for its Schedule Trigger that comes at once, and waits until it has started
 * one execution. It stays published: after the start, the time is the one of tomorrow.
 */
export const startOnSchedule = async (client: ExamplesClient, id: string): Promise<void> => {
	const count = async () => (await client.executions(id)).length;
	const before = await count();
	for (const aheadMs of AHEAD_MS) {
		const due = Math.ceil((Date.now() + aheadMs) / 1000) * 1000;
		await setTime(client, id, due);
		await client.publish(id);
		const isStarted = await until(
			'wait for the scheduled start',
			60_000,
			async () => (await count()) > before || (Date.now() > due + LATE_MS ? false : undefined),
		);
		if (isStarted) return;
		// Without its trigger it can't start any more: what hasn't started by now never comes.
		await client.unpublish(id);
		if ((await count()) > before) return;
	}
	throw new Error('The Schedule Trigger has not started the workflow');
};
