import type { N8nClient } from '../n8n/client.mts';
import { installN8n } from '../n8n/install.mts';
import type { Log } from '../n8n/longStep.mts';
import { loopbackAxios } from '../n8n/loopback.mts';
import { packProject } from '../n8n/pack.mts';
import { startN8n, type N8n } from '../n8n/start.mts';
import type { NodeCredentials } from '../services/connect.mts';
import { startServices, type Services } from '../services/index.mts';
import { startSimulator, type Simulator } from '../simulator/index.mts';
import { seedKeys } from '../simulator/seed.mts';
import { Control } from './control.mts';
import { KEYS, saveCredentials } from './credentials.mts';
import { otherSystems, prepareSystems } from './otherSystems.mts';
import { demoWorkflow, type DemoWorkflow } from './workflows.mts';

interface SessionOptions {
	/** n8n's folder; default: a temporary one. */
	userFolder?: string;
	/** Fixed ports. A missing one gets a free port. */
	ports?: { n8n?: number; api?: number; files?: number };
	log: Log;
}

/**
 * Everything that the demo and `npm start` run: the simulator, the stand-ins of other systems, and n8n with the
 * nodes.
 */
export interface Session {
	simulator: Simulator;
	services: Services;
	n8n: N8n;
	/** The credentials that the workflows use, by type. */
	credentials: NodeCredentials;
	/** The IDs of n8n's workflows. */
	workflows: Record<DemoWorkflow, string>;
	stop(): Promise<void>;
}

/** Imports a workflow. One from an earlier start is kept with its changes. */
const importOnce = async (
	client: N8nClient,
	name: DemoWorkflow,
	credentials: NodeCredentials,
): Promise<{ id: string; isKept: boolean }> => {
	const definition = await demoWorkflow(name, credentials);
	const known = (await client.listWorkflows()).find((one) => one.name === definition.name);
	if (!known) return { id: (await client.createWorkflow(definition)).id, isKept: false };
	// A new simulator has no URL. n8n registers it only when it publishes.
	if (known.active) await client.unpublish(known.id);
	return { id: known.id, isKept: true };
};

/**
 * Spakinect never forgets a subscription, so the trigger of an n8n from an earlier start does not subscribe again.
 * The new simulator has none.
 */
const subscribeLocations = async ({ emrUrl }: Simulator): Promise<void> => {
	const http = loopbackAxios(emrUrl, 10_000);
	const locations = seedKeys.find(({ key }) => key === KEYS.emr)?.locations ?? [];
	for (const location_id of locations) {
		await http.post('/subscriptions', { location_id }, { headers: { 'x-api-key': KEYS.emr } });
	}
};

const prepareN8n = async (
	client: N8nClient,
	simulator: Simulator,
	services: Services,
	log: Log,
): Promise<Pick<Session, 'credentials' | 'workflows'>> => {
	await client.signIn();
	const credentials = await saveCredentials(client, simulator, services);
	log('Credentials saved: Spakinect (EMR and Client), Google, HubSpot, Slack');
	const booking = await importOnce(client, 'booking', credentials);
	const results = await importOnce(client, 'results', credentials);
	log(
		'Workflows imported: a booking becomes a GFE; its result goes to Sheets, HubSpot, Slack, Drive',
	);
	if (results.isKept) await subscribeLocations(simulator);
	for (const { id } of [booking, results]) await client.publish(id);
	log('Workflows published');
	return { credentials, workflows: { booking: booking.id, results: results.id } };
};

/**
 * Starts all parts and prepares n8n for a booking. If it fails, everything that was started is stopped again.
 * @throws StepError or UserError naming the step
 */
export const startSession = async (options: SessionOptions): Promise<Session> => {
	const { ports = {}, log } = options;
	const opened: Array<() => Promise<void>> = [];
	const stop = async (): Promise<void> => {
		for (const close of opened.splice(0).reverse()) await close();
	};
	try {
		// The slow parts come first: if they fail, nothing else is running yet.
		await installN8n(log);
		const tarball = await packProject(log);
		const services = await startServices();
		opened.push(() => services.stop());
		prepareSystems(services);
		const simulator = await startSimulator({
			port: ports.api,
			filesPort: ports.files,
			webhookRetryDelaysMs: [2000, 5000, 15_000],
			otherSystems: otherSystems(services),
		});
		opened.push(() => simulator.close());
		log(`Spakinect simulator: ${simulator.apiUrl}`);
		log('Starting n8n with the packed nodes (10 to 30 s on a quiet machine) …');
		const { userFolder } = options;
		const env = services.env();
		const n8n = await startN8n({ userFolder, port: ports.n8n, tarball, log, env });
		opened.push(() => n8n.stop());
		log(`n8n: ${n8n.url}`);
		const prepared = await prepareN8n(n8n.client, simulator, services, log);
		await new Control(simulator.controlUrl).bookThrough(`${n8n.url}/webhook/booking`);
		return { simulator, services, n8n, ...prepared, stop };
	} catch (error) {
		await stop();
		throw error;
	}
};
