import { loopbackAxios } from '../../../sandbox/n8n/loopback.mts';
import { failureOf, hasEnded, type Execution } from '../../../sandbox/n8n/client.mts';
import { startN8n, type N8n } from '../../../sandbox/n8n/start.mts';
import { until } from '../../../sandbox/n8n/until.mts';
import { connectCredential, type NodeCredentials } from '../../../sandbox/services/connect.mts';
import { startServices, type Services } from '../../../sandbox/services/index.mts';
import type { FaultKind } from '../../../sandbox/services/shared/service.mts';
import { startSimulator, type Simulator } from '../../../sandbox/simulator/index.mts';
import { ActionControl, CLIENT_KEY } from './action.mts';
import { startScriptedModel, type ScriptedModel } from './actionModel.mts';
import { ErrorWorkflow } from './errorWorkflow.mts';
import { ExamplesClient, type Row } from './examplesClient.mts';
import { fillInRecipe, RECIPES, type FilledIn } from './recipeFile.mts';
import { runAtTime } from './scheduledStart.mts';
import { emrData } from './world.mts';

export const LOCATION = 'loc_downtown';
/** None of these may reach a member of staff: no Slack message and no task has them. */
export const PATIENT = {
	first_name: 'Zebulon',
	last_name: 'Quackenbush',
	email: 'zeb.quack@patients.example',
	phone: '(202) 555-0187',
};
export const PATIENT_DATA = /zebulon|quackenbush|zeb\.quack|5550187|555-0187|1971-11-23/i;
/** What an AI assistant shows to the MCP server. */
export const MCP_TOKEN = 'assistant-stand-in';
/** The header with which the booking system calls. */
const HEADER = { name: 'x-booking-key', value: 'booking-stand-in' };
const FORM_LOGIN = { user: 'tablet', password: 'tablet-stand-in' };

export const CHANNEL = 'front-desk';
export const FOLDER = 'your-folder-id';
export const SPREADSHEET = 'your-spreadsheet-id';
/** HubSpot's contact properties that the recipes fill; their notes ask for them. */
export const PROPERTIES = [
	...['gfe_id', 'gfe_status', 'gfe_decisions', 'gfe_completed'],
	...['gfe_reminder', 'gfe_booking'],
];

/** What may be wrong with another system. */
export const FAULTS = ['limited', 'revoked', 'down'] as const satisfies readonly FaultKind[];

const TELL_STAFF = '00-tell-staff.json';
const EXECUTION_MS = 90_000;
/** Calls that end in front of staff. */
const TO_STAFF = /slack\.com\/api\/chat\.postMessage|engagements|\/tasks/i;

export interface RecipeWorldOptions {
	/** n8n's webhooks get a public https address, which Calendly asks for. */
	isPublic?: boolean;
	/** More credentials: type → its data. */
	credentials?: Record<string, object>;
}

const servicesCredentials = (services: Services) => [
	services.slack.credential(),
	services.hubspot.credential(),
	services.google.serviceAccount(),
	services.google.signedIn('googleDriveOAuth2Api'),
	services.google.signedIn('googleSheetsOAuth2Api'),
	services.google.signedIn('googleSheetsTriggerOAuth2Api'),
	services.highLevel.credential(),
	services.twilio.credential(),
	services.calendly.credential(),
];

/** One simulator, the other services, one chat model, and one n8n into which the recipes are imported. */
export class RecipeWorld {
	private readonly ids = new Map<string, string>();
	private errorWorkflow: ErrorWorkflow | undefined;

	private constructor(
		readonly simulator: Simulator,
		readonly control: ActionControl,
		readonly services: Services,
		readonly model: ScriptedModel,
		readonly n8n: N8n,
		readonly client: ExamplesClient,
		private readonly filledIn: FilledIn,
	) {}

	/** Starts it, makes the tables, and publishes the error workflow. */
	static async start(options: RecipeWorldOptions = {}): Promise<RecipeWorld> {
		const { isPublic = false } = options;
		const services = await startServices();
		const simulator = await startSimulator({ reach: services.tunnel.reach });
		const model = await startScriptedModel();
		const env = { GENERIC_TIMEZONE: 'UTC', ...services.env({ isPublic }) };
		const n8n = await startN8n({ env });
		services.tunnel.to(n8n.url);
		const client = new ExamplesClient(n8n.url);
		await client.signIn();
		const credentials: NodeCredentials = {};
		for (const credential of servicesCredentials(services)) {
			Object.assign(credentials, await connectCredential(client, credential));
		}
		const own = {
			spakinectApi: emrData(simulator),
			spakinectClientApi: { ...emrData(simulator, CLIENT_KEY), baseUrl: simulator.clientUrl },
			httpHeaderAuth: HEADER,
			httpBasicAuth: FORM_LOGIN,
			httpBearerAuth: { token: MCP_TOKEN },
			openAiApi: { apiKey: 'stand-in', url: model.url },
			...options.credentials,
		};
		for (const [type, data] of Object.entries(own)) {
			credentials[type] = { id: await client.createCredential(type, type, data), name: type };
		}
		const placeholders = { 'your-highlevel-location-id': services.highLevel.store.locationId };
		const filledIn: FilledIn = { locationId: LOCATION, credentials, placeholders };
		const control = new ActionControl(simulator.controlUrl);
		const world = new RecipeWorld(simulator, control, services, model, n8n, client, filledIn);
		await world.runByHand('00-create-tables.json', 'Run this once');
		// Before the recipe with the error workflow is there, failed executions tell nobody.
		if (RECIPES.includes(TELL_STAFF)) {
			filledIn.errorWorkflow = await world.publish(TELL_STAFF);
			world.errorWorkflow = new ErrorWorkflow(client, filledIn.errorWorkflow);
		}
		await world.reset();
		return world;
	}

	async stop(): Promise<void> {
		await this.n8n.stop();
		await Promise.all([this.simulator.close(), this.services.stop(), this.model.close()]);
	}

	/** Forgets visits, webhook URLs, faults, rows and what the services hold; the workflows stay. */
	async reset(): Promise<void> {
		// What still runs would reach the next test.
		await this.errorWorkflow?.quiet();
		await this.control.reset();
		for (const name of await this.client.tableNames()) await this.client.clearRows(name);
		this.services.reset();
		this.services.slack.addChannel(CHANNEL);
		for (const name of PROPERTIES) this.services.hubspot.defineProperty({ name, type: 'string' });
		this.services.drive.store.addFolder('GFE', { id: FOLDER });
	}

	/** The Slack messages in the staff channel, after a look that neither they nor a task names the patient. */
	slack(): string[] {
		const told = this.services.calls.filter(({ call }) => TO_STAFF.test(call));
		for (const { body } of told)
			expect(decodeURIComponent(body.replaceAll('+', ' '))).not.toMatch(PATIENT_DATA);
		return this.services.slack.textsIn(CHANNEL);
	}

	/** Gives the Spakinect credential a base URL that is refused, so that no Spakinect node can start. */
	async breakCredential(): Promise<void> {
		await this.saveCredential({ baseUrl: 'http://not-encrypted.example' });
	}

	async repairCredential(): Promise<void> {
		await this.saveCredential({});
	}

	private async saveCredential(changes: object): Promise<void> {
		const { id, name } = this.filledIn.credentials.spakinectApi!;
		const data = { ...emrData(this.simulator), ...changes };
		await this.client.updateCredential(id, name, 'spakinectApi', data);
	}

	/** Imports a recipe once and fills it in. @returns its id */
	async import(file: string): Promise<string> {
		const known = this.ids.get(file);
		if (known) return known;
		const { id } = await this.client.importWorkflow(fillInRecipe(file, this.filledIn));
		this.ids.set(file, id);
		return id;
	}

	/** Imports a recipe once more, with a Client credential chosen in its Spakinect nodes. @returns its id */
	async importForClientKey(file: string): Promise<string> {
		const name = `${file} with a Client key`;
		const known = this.ids.get(name);
		if (known) return known;
		const definition = fillInRecipe(file, { ...this.filledIn, key: 'client' });
		const { id } = await this.client.importWorkflow({ ...definition, name });
		this.ids.set(name, id);
		return id;
	}

	/** Imports and publishes. @returns its id */
	async publish(file: string): Promise<string> {
		const id = await this.import(file);
		await this.client.publish(id);
		return id;
	}

	/** Puts another connection in the place of a published recipe's, as its notes say for a Client key. */
	async reconnect(file: string, from: string, output: number, to: string): Promise<void> {
		const id = await this.publish(file);
		const { connections } = await this.client.workflow(id);
		connections[from]!.main![output] = [{ node: to, type: 'main', index: 0 }];
		await this.client.updateWorkflow(id, { connections });
		await this.client.publish(id);
	}

	/** Runs it by hand from a trigger, to the end. The error workflow does not hear of it. @throws Error when it fails */
	async runByHand(file: string, trigger: string): Promise<Execution> {
		const id = await this.import(file);
		return succeeded(
			await this.finished(id, () =>
				this.client.run(id, { triggerToStartFrom: { name: trigger } }).then(() => undefined),
			),
		);
	}

	/**
	 * Runs a recipe with a Schedule Trigger once as n8n does by itself. If it fails, the error workflow has run for it
	 * too.
	 */
	async runOnSchedule(file: string): Promise<Execution> {
		const id = await this.import(file);
		const execution = await runAtTime(this.client, id);
		await this.client.unpublish(id);
		await this.errorWorkflow?.hears(execution);
		return execution;
	}

	/**
	 * Does something that starts one execution, and waits for its end, whatever that is. If it fails, the error
	 * workflow has run for it too.
	 */
	async finished(id: string, start: () => Promise<unknown>): Promise<Execution> {
		const known = new Set((await this.client.executions(id)).map((one) => one.id));
		await start();
		const last = await until('an execution ends', EXECUTION_MS, async () => {
			const all = (await this.client.executions(id)).filter((one) => !known.has(one.id));
			return all.every(hasEnded) ? all.at(-1) : undefined;
		});
		await this.errorWorkflow?.hears(last);
		return await this.client.execution(last.id);
	}

	/**
	 * Does something that starts one execution, which fails, until the error workflow has run for it.
	 *
	 * @throws Error if the execution doesn't fail
	 */
	async failing(start: () => Promise<Execution>): Promise<Execution> {
		if (this.errorWorkflow === undefined) throw new Error(`There is no ${TELL_STAFF}`);
		const ended = await start();
		if (ended.status !== 'error') throw new Error(`It ended with ${ended.status}`);
		await this.errorWorkflow.hears(ended);
		return ended;
	}

	/**
	 * The same while Slack takes no message, so that the error workflow tries in vain. Slack works again afterward.
	 *
	 * @throws Error if the execution doesn't fail: nobody would see that staff weren't told
	 */
	async withoutSlack(fault: FaultKind, start: () => Promise<Execution>): Promise<Execution> {
		this.services.slack.fail(fault);
		try {
			return await this.failing(start);
		} finally {
			this.services.slack.recover();
		}
	}

	/** Presses *Retry* on a failed execution. @throws Error with n8n's words when it fails again */
	async retry(id: string, failed: Execution): Promise<Execution> {
		return this.ended(id, () => this.client.retryExecution(failed.id));
	}

	/** Does something that starts one execution, and waits for its end. @throws Error with n8n's words when it fails */
	async ended(id: string, start: () => Promise<unknown>): Promise<Execution> {
		return succeeded(await this.finished(id, start));
	}

	/** Subscribes a location, as a trigger that was published before has done. */
	async subscribe(location_id: string): Promise<void> {
		const { apiKey, baseUrl } = emrData(this.simulator);
		await loopbackAxios(baseUrl, 10_000).post(
			'/subscriptions',
			{ location_id },
			{ headers: { 'x-api-key': apiKey } },
		);
	}

	/** What Spakinect would send about a visit as it is now. */
	async deliveryOf(gfeId: string): Promise<object> {
		const { apiKey, baseUrl } = emrData(this.simulator);
		const { data: answer } = await loopbackAxios(baseUrl, 10_000).get<{ data: object }>(
			`/visits/${gfeId}`,
			{ headers: { 'x-api-key': apiKey } },
		);
		const data = { ...answer.data, location_id: LOCATION };
		return { event: 'visit.completed', timestamp: Date.now(), success: true, data };
	}

	/** Lets Spakinect send a delivery, signed. */
	async send(body: object): Promise<void> {
		const { apiKey: key } = emrData(this.simulator);
		await loopbackAxios(this.simulator.controlUrl, 20_000).post('/deliveries', { key, body });
	}

	/** Lets Spakinect send the webhook of a visit as it is, without evaluating it anew. */
	async deliver(gfeId: string): Promise<void> {
		await this.send(await this.deliveryOf(gfeId));
	}

	/** The production URL that a webhook trigger of ours shows. */
	async productionUrl(id: string, trigger: string): Promise<string> {
		const { nodes } = await this.client.workflow(id);
		const { webhookId } = nodes.find(({ name }) => name === trigger)!;
		return `${this.n8n.url}/webhook/${webhookId}/webhook`;
	}

	/** Pastes a URL into the portal, as a Client key needs it. Null takes it away. */
	async pasteIntoPortal(url: string | null): Promise<void> {
		await loopbackAxios(this.simulator.controlUrl, 10_000).put('/webhooks', {
			key: CLIENT_KEY,
			url,
		});
	}

	/** Changes a visit at Spakinect in a way that no API offers. */
	async setVisit(gfeId: string, changes: object): Promise<void> {
		await loopbackAxios(this.simulator.controlUrl, 10_000).patch(`/visits/${gfeId}`, changes);
	}

	/** Calls a published webhook of a recipe with its header. */
	async call(path: string, body: object): Promise<{ status: number; data: Row }> {
		const answer = await loopbackAxios(this.n8n.url, 60_000).post<Row>(`/webhook/${path}`, body, {
			headers: { [HEADER.name]: HEADER.value },
			validateStatus: () => true,
		});
		return { status: answer.status, data: answer.data };
	}

	bookings(): Promise<Row[]> {
		return this.client.rows('gfe_bookings');
	}

	decisions(): Promise<Row[]> {
		return this.client.rows('gfe_decisions');
	}

	/** The requests that changed something at Spakinect, e.g. `POST /emr/appointments 201`. */
	async writes(since: number): Promise<string[]> {
		return (await this.control.calls(since)).filter((call) => !call.startsWith('GET '));
	}

	async mark(): Promise<number> {
		return (await this.control.journal()).at(-1)?.n ?? 0;
	}

	get formLogin(): { username: string; password: string } {
		return { username: FORM_LOGIN.user, password: FORM_LOGIN.password };
	}
}

const succeeded = (execution: Execution): Execution => {
	if (execution.status !== 'success') throw new Error(failureOf(execution));
	return execution;
};
