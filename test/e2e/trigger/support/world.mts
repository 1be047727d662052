import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startN8n, type N8n } from '../../../../sandbox/n8n/start.mts';
import {
	startSimulator,
	type Delivery,
	type Simulator,
} from '../../../../sandbox/simulator/index.mts';
import { until } from '../../../../sandbox/n8n/until.mts';
import { EMR_KEY, emrData } from '../../support/world.mts';
import { TriggerClient } from './client.mts';
import { TriggerControl } from './control.mts';
import { startOutside, type Outside } from './outside.mts';

export const SECOND_KEY = 'emr-second-key';
export const CLIENT_KEY = 'client-test-key';

/** What doesn't come within this time after n8n's answer doesn't come: n8n works in the background. */
export const QUIET_MS = 1500;
/** Longer than n8n or the trigger take for anything on a slow machine, the end of a test with an outage included. */
const ARRIVAL_MS = 60_000;

/** A credential in the form of a node. */
export type Credentials = Record<string, { id: string; name: string }>;

/** One simulator and one n8n that can be stopped, killed and started again on the same folder and port. */
export class TriggerWorld {
	n8n!: N8n;
	client!: TriggerClient;
	credentials!: Record<'emr' | 'second' | 'production' | 'client', Credentials>;
	readonly control: TriggerControl;

	private constructor(
		readonly simulator: Simulator,
		/** The addresses on other machines that n8n requested. */
		readonly outside: Outside,
		private readonly folder: string,
		private readonly env: NodeJS.ProcessEnv,
	) {
		this.control = new TriggerControl(simulator.controlUrl);
	}

	/** @param env added to n8n's own environment */
	static async start(env: NodeJS.ProcessEnv = {}): Promise<TriggerWorld> {
		const folder = await mkdtemp(join(tmpdir(), 'spakinect-trigger-'));
		const world = new TriggerWorld(await startSimulator(), await startOutside(), folder, env);
		try {
			await world.boot();
			world.credentials = await world.addCredentials();
			return world;
		} catch (error) {
			await world.stop();
			throw error;
		}
	}

	/**
	 * Starts n8n. A second start uses the data of the first.
	 * @param env added to n8n's environment this time
	 */
	async boot(env: NodeJS.ProcessEnv = {}): Promise<void> {
		const again = this.n8n as N8n | undefined;
		this.n8n = await startN8n({
			userFolder: this.folder,
			env: { ...this.outside.env, ...this.env, ...env },
			...(again && { port: again.port, tarball: null }),
		});
		this.client = new TriggerClient(this.n8n.url);
		await this.client.signIn();
	}

	async stop(): Promise<void> {
		await (this.n8n as N8n | undefined)?.stop();
		await this.simulator.close();
		await this.outside.close();
		await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
	}

	/** The number of the newest journal entry, to read the entries after it. */
	async mark(): Promise<number> {
		return (await this.control.journal()).at(-1)?.n ?? 0;
	}

	/**
	 * The requests about locations and URLs: `subscribe loc_downtown 200`, `register <url> 200`.
	 * @param keyName only requests with this key. Default: all except the second key, whose listener ends by
	 *   itself during other tests
	 */
	async told(since = 0, keyName?: string): Promise<string[]> {
		const entries = (await this.control.journal(since)).filter((one) =>
			keyName === undefined ? one.keyName !== SECOND_KEY : one.keyName === keyName,
		);
		return entries.flatMap(({ path, body, status }) => {
			const { location_id: location, url } = (body ?? {}) as Record<string, string>;
			if (path.endsWith('/subscriptions')) return [`subscribe ${location} ${status}`];
			return path.endsWith('/webhooks') ? [`register ${url} ${status}`] : [];
		});
	}

	/**
	 * Like `told`, after at least this many requests have come and a while for those that must not come.
	 * @throws StepError if fewer come
	 */
	async toldAtLeast(count: number, since: number): Promise<string[]> {
		await until(`${count} requests about locations and URLs`, ARRIVAL_MS, async () =>
			(await this.told(since)).length >= count ? true : undefined,
		);
		await sleep(QUIET_MS);
		return await this.told(since);
	}

	/** The URL that Spakinect has for the EMR key. */
	async registeredUrl(): Promise<string | undefined> {
		return (await this.control.state()).webhooks[EMR_KEY];
	}

	/**
	 * Waits until Spakinect has this URL for the EMR key.
	 * @throws StepError if it doesn't get it
	 */
	async untilRegistered(url: string): Promise<void> {
		await until(`the registration of ${url}`, ARRIVAL_MS, async () =>
			(await this.registeredUrl()) === url ? true : undefined,
		);
	}

	/** Listens for a test event and stops. */
	async testBriefly({ id, test }: { id: string; test: string }): Promise<void> {
		await this.client.listen(id);
		await this.untilRegistered(test);
		await this.client.cancelTestWebhook(id);
	}

	/** The attempts to deliver the event of a visit, after the first one has ended. */
	async attemptsFor(gfeId: string): Promise<Delivery['attempts']> {
		return await until(`a delivery for ${gfeId}`, ARRIVAL_MS, async () => {
			const delivery = (await this.control.deliveries()).find((one) => one.gfe_id === gfeId);
			return delivery?.attempts.length ? delivery.attempts : undefined;
		});
	}

	/** Adds an open visit of this location. @returns its ID */
	async newVisit(location = 'loc_downtown', changes: object = {}): Promise<string> {
		const [id] = await this.control.addVisits([
			{
				location_id: location,
				status: 'Scheduled',
				requested_treatments: ['Botox', 'Dermal Filler'],
				patient_details: { first_name: 'Ada', last_name: 'Example', email: 'ada@patients.example' },
				...changes,
			},
		]);
		return id!;
	}

	private async addCredentials(): Promise<TriggerWorld['credentials']> {
		const add = async (type: string, name: string, data: object): Promise<Credentials> => ({
			[type]: { id: await this.client.createCredential(name, type, data), name },
		});
		const { simulator } = this;
		return {
			emr: await add('spakinectApi', 'EMR', emrData(simulator)),
			second: await add('spakinectApi', 'Second', emrData(simulator, SECOND_KEY)),
			production: await add('spakinectApi', 'Production', {
				...emrData(simulator),
				environment: 'production',
			}),
			client: await add('spakinectClientApi', 'Client', {
				apiKey: CLIENT_KEY,
				environment: 'custom',
				baseUrl: simulator.clientUrl,
			}),
		};
	}
}
