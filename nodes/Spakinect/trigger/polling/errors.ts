import type { IPollFunctions, NodeApiError } from 'n8n-workflow';
import { toTaskError } from '../../transport/errors';
import type { Audience, PollMemory } from './failures';
import { failureKind } from './failures';
import { ALL_LOCATIONS } from './state';
import type { Fetched } from './fetch';

/** Whether n8n has started or taken over a workflow that was published before. */
export const isRestart = (context: IPollFunctions): boolean =>
	['init', 'leadershipChange'].includes(context.getActivationMode());

/**
 * Publishing with a location that cannot be read must not look like success: it is probably misspelt.
 * Once a poll has gone well, or after a restart of n8n, it must not stop the other locations.
 */
export function refuseUnseen(
	context: IPollFunctions,
	fetched: Fetched[],
	known: Record<string, string>,
	hasWorked: boolean,
): void {
	if (hasWorked || isRestart(context)) return;
	const unseen = fetched.filter(({ location, error }) => error && known[location] === undefined);
	if (unseen.length > 0) throw failure(context, unseen);
}

/** Failures are shown by throwing, which gives items up: a tick can do one or the other. */
export function report(
	context: IPollFunctions,
	memory: PollMemory,
	fetched: Fetched[],
	audience: Audience,
): void {
	const failed = fetched.filter(({ error }) => error !== undefined);
	const loud = failed.map((one) =>
		memory.failures.note(one.location, failureKind(one.error?.httpCode), audience, Date.now()),
	);
	const toLog = failed.filter((_, index) => loud[index] === 'log');
	if (toLog.length > 0) context.logger.error(failure(context, toLog).message);
	const toThrow = failed.filter((_, index) => loud[index] === 'throw');
	if (toThrow.length > 0) throw failure(context, toThrow);
}

/** One error for all of them, which names each location. */
export function failure(context: IPollFunctions, failed: Fetched[]): NodeApiError {
	const names = failed.map(({ location }) => `"${location}"`).join(', ');
	const what =
		names === `"${ALL_LOCATIONS}"`
			? 'The visits could not be read'
			: `The visits of location ${names} could not be read`;
	return toTaskError(context.getNode(), what, failed[0]?.error);
}
