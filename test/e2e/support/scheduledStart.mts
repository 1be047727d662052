import { hasEnded, type Execution } from '../../../sandbox/n8n/client.mts';
import { until } from '../../../sandbox/n8n/until.mts';
import type { ExamplesClient } from './examplesClient.mts';

const TRIES = 4;
const LEAST_AHEAD_MS = 500;
/** A timer that is late by more than this does not start anything any more. */
const LATE_MS = 5_000;

/** How long n8n takes to save and to publish just now, in milliseconds. */
let usualMs = 0;

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
			if (!hasEnded(one)) return 'running';
			const execution = await client.execution(one.id);
			if (triggers.some(({ name }) => execution.runData[name])) return execution;
			known.add(one.id);
		}
		return undefined;
	};
	/** The execution, or undefined if it hasn't started by then. */
	const startedBy = (time: number): Promise<Execution | undefined> =>
		until('wait for the scheduled execution', 90_000, async () => {
			const found = await started();
			if (found === 'running') return undefined;
			if (found) return { found };
			return Date.now() > time ? { found: undefined } : undefined;
		}).then(({ found }) => found);
	for (let tries = 1; tries <= TRIES; tries += 1) {
		const began = Date.now();
		// A time that is over before n8n has registered it is the one of tomorrow.
		const aheadMs = LEAST_AHEAD_MS * tries ** 2 + usualMs;
		const due = Math.ceil((began + aheadMs) / 1000) * 1000;
		await setTime(client, id, due);
		await client.publish(id);
		usualMs = Math.max(Date.now() - began, usualMs * 0.7);
		const execution = await startedBy(Math.max(Date.now(), due) + LATE_MS);
		if (execution) return execution;
		// Without its trigger it can't start any more.
		await client.unpublish(id);
		const late = await startedBy(Date.now());
		if (late) return late;
	}
	throw new Error('The Schedule Trigger has not started the workflow');
};
