import type { Delivery } from '../../../sandbox/simulator/index.mts';
import { Deliveries } from './deliveries.mts';
import { WebhookHost } from './webhookHost.mts';
import { useSimulator } from './world.mts';

export const EMR = 'emr-test-key';

/** A delivery as Spakinect sends it, and its parts. */
export const DATA = {
	location_id: 'loc_downtown',
	gfe_id: 'g1',
	status: 'Completed',
	requested_treatments: ['Botox'],
	approved_treatments: ['Botox'],
	patient_details: {
		name: 'Ana Ruiz',
		first_name: 'Ana',
		last_name: 'Ruiz',
		email: 'ana@example.com',
	},
};
export const BODY = {
	event: 'visit.completed',
	timestamp: Date.now(),
	success: true,
	data: DATA,
};

/** A visit for the control API. */
export const VISIT = {
	location_id: 'loc_downtown',
	requested_treatments: ['Botox', 'Chemical Peel'],
};

interface Sent {
	status: Delivery['attempts'][number]['status'];
	answer: unknown;
	/** Executions of the host so far. */
	runs: number;
}

/** A simulator, and webhook triggers that are closed after each test. */
export function useWebhookHosts() {
	const world = useSimulator();
	const deliveries = new Deliveries(world);
	const hosts: WebhookHost[] = [];
	// Unpublished too, because the process remembers a key's URLs for later tests.
	afterEach(async () => {
		for (const one of hosts.splice(0)) {
			await one.unpublish();
			await one.close();
		}
	});

	const emr = (rest: object = {}) => ({
		spakinectApi: { apiKey: EMR, environment: 'custom', baseUrl: world.sim.emrUrl, ...rest },
	});

	const host = async (
		parameters: object = {},
		credentials: Record<string, object> = emr(),
		rest: object = {},
	): Promise<WebhookHost> => {
		const defaults = { locationIds: ['loc_downtown'], events: ['visit.completed'] };
		const one = new WebhookHost({
			parameters: { ...defaults, ...parameters },
			credentials: credentials as never,
			...rest,
		});
		hosts.push(one);
		return await one.start();
	};

	/** Sends one delivery to the host and returns its answer. */
	const send = async (
		one: WebhookHost,
		delivery: object = {},
		url = one.productionUrl,
	): Promise<Sent> => {
		const { attempts } = await deliveries.send({ key: EMR, url, body: BODY, ...delivery });
		const { status = null, body } = attempts[0] ?? {};
		return { status, answer: JSON.parse(body ?? 'null'), runs: one.executions.length };
	};

	return { world, deliveries, emr, host, send };
}
