import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { Api } from './api.mts';
import { Booking } from './booking.mts';
import { registerControl } from './control.mts';
import { registerDashboard } from './dashboard.mts';
import { Faults } from './faults.mts';
import { registerFiles } from './files.mts';
import { Gate } from './gate.mts';
import { LinkSigner } from './links.mts';
import { Lists } from './lists.mts';
import type { OtherSystems } from './otherSystems.mts';
import { Store } from './store.mts';
import type { KeySeed } from './types.mts';
import { Webhooks } from './webhooks.mts';

export type { OtherSystems, OtherSystemsSummary } from './otherSystems.mts';
export type { Decision, Delivery, Fault, JournalEntry, Settings, Visit } from './types.mts';

export interface SimulatorOptions {
	/** Port of the APIs, the control API and the dashboard. Default 0 = a free one. */
	port?: number;
	/** Port of the PDF links. Default 0. */
	filesPort?: number;
	/** Address to listen on. Default 127.0.0.1. */
	host?: string;
	/** Pauses before automatic redeliveries of a webhook, ms. Default: [], which means one attempt. */
	webhookRetryDelaysMs?: number[];
	/** The real address of a registered webhook URL, e.g. of a tunnel to loopback. Default: the URL itself. */
	reach?: (url: string) => string;
	/** Other systems of the spa, which the dashboard shows. Default: none. */
	otherSystems?: OtherSystems;
	/** Log requests to standard output. */
	logger?: boolean;
	/** The API keys. Default: those of the seed. */
	keys?: KeySeed[];
	/**
	 * Whether to check each answer against the description. A mismatch becomes a 500. Default: true with
	 * NODE_ENV=test.
	 */
	validateResponses?: boolean;
}

export interface Simulator {
	/** Origin of both APIs, the control API and the dashboard, e.g. http://127.0.0.1:4010. */
	apiUrl: string;
	emrUrl: string;
	clientUrl: string;
	/** Origin of the PDF links. */
	filesUrl: string;
	controlUrl: string;
	close(): Promise<void>;
}

function server(logger: boolean): FastifyInstance {
	return Fastify({
		logger,
		bodyLimit: 256 * 1024 * 1024,
		forceCloseConnections: true,
		routerOptions: { maxParamLength: 1000 },
		ajv: {
			customOptions: {
				removeAdditional: false,
				coerceTypes: false,
				useDefaults: false,
				strict: false,
				allErrors: true,
			},
		},
	});
}

function addressOf(app: FastifyInstance): string {
	const { address, port } = app.server.address() as AddressInfo;
	const host = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address;
	return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/**
 * Starts the simulator: both APIs, the control API and the dashboard on one origin, PDFs on another.
 * @throws the error of `listen` (code EADDRINUSE if a port is in use). Nothing keeps running then
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const { port = 0, filesPort = 0, host = '127.0.0.1', logger = false } = options;
	const { validateResponses = process.env.NODE_ENV === 'test' } = options;
	const { webhookRetryDelaysMs = [] } = options;
	const closing = new AbortController();
	const store = new Store(options.keys, { webhookRetryDelaysMs });
	const links = new LinkSigner();
	const lists = new Lists(store, links);
	const faults = new Faults(closing.signal);
	const gate = new Gate(store, faults);
	const webhooks = new Webhooks(store, links, options.reach);
	const main = server(logger);
	const files = server(logger);
	const api = new Api(
		{ store, links, lists, apiUrl: () => addressOf(main) },
		gate,
		validateResponses,
	);

	main.register(async (app) => api.register(app, 'emr'));
	main.register(async (app) => api.register(app, 'client'));
	const booking = new Booking(store, () => addressOf(main));
	const { otherSystems } = options;
	const control = { store, webhooks, faults, gate, booking, otherSystems };
	main.register(async (app) => registerControl(app, control), { prefix: '/control' });
	main.register(async (app) => registerDashboard(app));
	registerFiles(files, store, links, gate);

	const close = async () => {
		closing.abort();
		webhooks.stop();
		await Promise.all([main.close(), files.close()]);
	};
	try {
		await main.listen({ port, host });
		await files.listen({ port: filesPort, host });
	} catch (error) {
		await close();
		throw error;
	}
	const apiUrl = addressOf(main);
	links.filesUrl = addressOf(files);
	return {
		apiUrl,
		emrUrl: `${apiUrl}/emr`,
		clientUrl: `${apiUrl}/client`,
		filesUrl: links.filesUrl,
		controlUrl: `${apiUrl}/control`,
		close,
	};
}
