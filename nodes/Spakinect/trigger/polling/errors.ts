import type { IPollFunctions, NodeApiError } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { toTaskError } from '../../transport/errors';
import { createApi } from '../../transport/api';
import type { SpakinectApiClient } from '../../transport/api';
import type { Audience, PollMemory } from './failures';
import { failureKind } from './failures';
import type { Fetched } from './fetch';
import { itemMaker, readWatched } from './parameters';
import type { Watched } from './parameters';
import { ALL_LOCATIONS } from './state';

/** Whether n8n has started or taken over a workflow that was published before. */
export const isRestart = (context: IPollFunctions): boolean =>
	['init', 'leadershipChange'].includes(context.getActivationMode());

/** The input of a poll, besides the state. */
interface Setup extends Watched {
	api: SpakinectApiClient;
	toItems: ReturnType<typeof itemMaker>;
}

/** The name in `PollFailures` for a failure before any location is read. It can't be a location ID. */
const SETUP = ' setup';

/**
 * Reads the panel and opens the API.
 *
 * A deleted credential, an unusable base URL or an empty expression fails every poll, so it is reported as
 * rarely as an outage. Publishing is refused, because a person is there to fix it. When n8n starts, the error
 * isn't thrown, because n8n would give up the trigger for good.
 *
 * @returns undefined if it failed and was reported often enough
 */
export async function openOrReport(
	context: IPollFunctions,
	memory: PollMemory,
	isFirst: boolean,
): Promise<Setup | undefined> {
	const { parameters, credentials } = context.getNode();
	const panel = JSON.stringify([parameters, credentials]);
	try {
		const watched = readWatched(context);
		const api = await createApi(context, watched.kind);
		const setup = { ...watched, api, toItems: itemMaker(context) };
		memory.failures.clear(SETUP);
		memory.openedFor = panel;
		return setup;
	} catch (error) {
		const isStart = isFirst && isRestart(context);
		const isRefused = isFirst && !isStart && memory.openedFor !== panel;
		const isShown = isFirst ? 'maybe' : 'yes';
		const { message, description } = error as NodeOperationError;
		const audience = isStart || isRefused ? 'mustNotThrow' : isShown;
		const loudness = memory.failures.note(SETUP, message, audience, Date.now());
		if (isRefused || loudness === 'throw') {
			throw new NodeOperationError(context.getNode(), message, {
				description: description ?? undefined,
			});
		}
		if (loudness === 'log') context.logger.error(`Spakinect Polling Trigger: ${message}`);
		return undefined;
	}
}

/**
 * Refuses to publish with a location that can't be read, because it is probably misspelled. Once the trigger
 * has read a location, or after a restart of n8n, one location must not stop the others.
 *
 * @param known marks by location, of this scope
 */
export function refuseUnseen(
	context: IPollFunctions,
	fetched: Fetched[],
	known: Record<string, string>,
	hasWorked: boolean,
): void {
	if (hasWorked || isRestart(context)) return;
	const unseen = fetched.filter(({ location, error }) => error && known[location] === undefined);
	const hasOthers = unseen.length < fetched.length && Object.keys(known).length > 0;
	if (unseen.length > 0 && !hasOthers) throw failure(context, unseen);
}

/**
 * Reports failures. A failure is shown by throwing, but a poll that throws loses its items, so it can't do
 * both.
 */
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

/** One error that names each failed location. */
export function failure(context: IPollFunctions, failed: Fetched[]): NodeApiError {
	const names = failed.map(({ location }) => `"${location}"`).join(', ');
	const what =
		names === `"${ALL_LOCATIONS}"`
			? 'The visits could not be read'
			: `The visits of location ${names} could not be read`;
	return toTaskError(context.getNode(), what, failed[0]?.error);
}
