import { PollingHost } from './pollingHost.mts';
import { KEYS, useSimulator } from './world.mts';

export const ALL_EVENTS = [
	'created',
	'completed',
	'cancelled',
	'rejected',
	'statusChanged',
	'decisionsChanged',
];

/** Visits for the control API. */
export const downtown = { location_id: 'loc_downtown', status: 'Processing' };
export const uptown = { location_id: 'loc_uptown', status: 'Processing' };
export const DONE = {
	status: 'Completed',
	requested_treatments: ['Botox'],
	approved_treatments: ['Botox'],
};

/** `event gfe_id` of each item. */
export const short = (items: object[]): string[] =>
	items.map((item) => {
		const { event, gfe_id } = item as { event: string; gfe_id: string };
		return `${event} ${gfe_id}`;
	});

/** A simulator, and polling triggers, by default with one location and all events. */
export function usePolling() {
	const world = useSimulator();
	const credentials = () => ({
		spakinectApi: { apiKey: KEYS.emr, environment: 'custom', baseUrl: world.sim.emrUrl },
		spakinectClientApi: {
			apiKey: KEYS.client,
			environment: 'custom',
			baseUrl: world.sim.clientUrl,
		},
	});
	const host = (parameters: object = {}): PollingHost =>
		new PollingHost({
			parameters: { locationIds: ['loc_downtown'], events: ALL_EVENTS, ...parameters },
			credentials: credentials(),
		});
	/** Makes lists with a matching path answer with this status. */
	const failLists = async (path: string, status = 403) =>
		await world.control.faults({ match: { path }, kind: 'status', status });
	return { world, credentials, host, failLists };
}
