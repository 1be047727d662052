import { loopbackAxios } from '../../../sandbox/n8n/loopback.mts';
import { failureOf, type Execution } from '../../../sandbox/n8n/client.mts';
import { startN8n, type N8n } from '../../../sandbox/n8n/start.mts';
import { startSimulator, type Simulator } from '../../../sandbox/simulator/index.mts';
import { ActionControl } from './action.mts';
import { startScriptedModel, type ScriptedModel } from './actionModel.mts';
import { fillInExample, type FilledIn } from './examples.mts';
import { ExamplesClient, type Row } from './examplesClient.mts';
import { CRM_HEADER, startExamplesCrm, type ExamplesCrm } from './examplesCrm.mts';
import { emrData } from './world.mts';

export const LOCATION = 'loc_downtown';
/** None of these may reach a member of staff or the CRM. */
export const PATIENT = {
	first_name: 'Zebulon',
	last_name: 'Quackenbush',
	email: 'zeb.quack@patients.example',
	phone: '(202) 555-0187',
};
const PATIENT_DATA = /zebulon|quackenbush|zeb\.quack|5550187|555-0187|1971-11-23/i;
/** What an AI assistant shows to the MCP server. */
export const MCP_TOKEN = 'assistant-stand-in';
const FORM_LOGIN = { user: 'tablet', password: 'tablet-stand-in' };

/** One simulator, one CRM, one chat model and one n8n into which the examples are imported. */
export class ExamplesWorld {
	private readonly ids = new Map<string, string>();

	private constructor(
		readonly simulator: Simulator,
		readonly control: ActionControl,
		readonly crm: ExamplesCrm,
		readonly model: ScriptedModel,
		readonly n8n: N8n,
		readonly client: ExamplesClient,
		private readonly filledIn: FilledIn,
	) {}

	static async start(): Promise<ExamplesWorld> {
		const simulator = await startSimulator();
		const crm = await startExamplesCrm();
		const model = await startScriptedModel();
		const n8n = await startN8n({ env: { GENERIC_TIMEZONE: 'UTC' } });
		const client = new ExamplesClient(n8n.url);
		await client.signIn();
		const add = async (type: string, data: object) => ({
			[type]: { id: await client.createCredential(type, type, data), name: type },
		});
		const credentials = {
			...(await add('spakinectApi', emrData(simulator))),
			...(await add('httpHeaderAuth', CRM_HEADER)),
			...(await add('httpBasicAuth', FORM_LOGIN)),
			...(await add('httpBearerAuth', { token: MCP_TOKEN })),
			...(await add('openAiApi', { apiKey: 'stand-in', url: model.url })),
		};
		const filledIn = { locationId: LOCATION, crmUrl: crm.url, credentials };
		const control = new ActionControl(simulator.controlUrl);
		return new ExamplesWorld(simulator, control, crm, model, n8n, client, filledIn);
	}

	async stop(): Promise<void> {
		await this.n8n.stop();
		await Promise.all([this.simulator.close(), this.crm.close(), this.model.close()]);
	}

	/** Forgets visits, webhook URLs, CRM calls and rows; the workflows stay. */
	async reset(): Promise<void> {
		this.crm.reset();
		await this.control.reset();
		for (const name of await this.client.tableNames()) await this.client.clearRows(name);
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

	/** Imports an example once and fills it in. @returns its id */
	async import(file: string): Promise<string> {
		const known = this.ids.get(file);
		if (known) return known;
		const { id } = await this.client.importWorkflow(fillInExample(file, this.filledIn));
		this.ids.set(file, id);
		return id;
	}

	/** Puts another connection in the place of a published example's, as its notes say for a Client key. */
	async reconnect(file: string, from: string, output: number, to: string): Promise<void> {
		const id = await this.publish(file);
		const { connections } = await this.client.workflow(id);
		connections[from]!.main![output] = [{ node: to, type: 'main', index: 0 }];
		await this.client.updateWorkflow(id, { connections });
		await this.client.publish(id);
	}

	/** Runs it by hand from a trigger, to the end. @throws Error with n8n's words when it fails */
	async runByHand(file: string, trigger: string): Promise<Execution> {
		const id = await this.import(file);
		return this.ended(id, () =>
			this.client.run(id, { triggerToStartFrom: { name: trigger } }).then(() => undefined),
		);
	}

	/** Does something that starts one execution, and waits for its end. */
	async ended(id: string, start: () => Promise<unknown>): Promise<Execution> {
		const before = (await this.client.executions(id)).length;
		await start();
		const all = await this.client.waitForExecution(id, { count: before + 1, timeoutMs: 60_000 });
		const last = all.at(-1)!;
		if (last.status !== 'success') throw new Error(failureOf(last));
		return last;
	}

	/** Imports and publishes. @returns its id */
	async publish(file: string): Promise<string> {
		const id = await this.import(file);
		await this.client.publish(id);
		return id;
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

	/** Lets Spakinect send the webhook of a visit as it is, without evaluating it anew. */
	async deliver(gfeId: string): Promise<void> {
		const { apiKey, baseUrl } = emrData(this.simulator);
		const { data: answer } = await loopbackAxios(baseUrl, 10_000).get<{ data: object }>(
			`/visits/${gfeId}`,
			{ headers: { 'x-api-key': apiKey } },
		);
		const data = { ...answer.data, location_id: LOCATION };
		const body = { event: 'visit.completed', timestamp: Date.now(), success: true, data };
		await loopbackAxios(this.simulator.controlUrl, 20_000).post('/deliveries', {
			key: apiKey,
			body,
		});
	}

	/** Changes a visit at Spakinect in a way that no API offers. */
	async setVisit(gfeId: string, changes: object): Promise<void> {
		await loopbackAxios(this.simulator.controlUrl, 10_000).patch(`/visits/${gfeId}`, changes);
	}

	/** Calls a published webhook of an example with its header. */
	async call(path: string, body: object): Promise<{ status: number; data: Row }> {
		const answer = await loopbackAxios(this.n8n.url, 60_000).post<Row>(`/webhook/${path}`, body, {
			headers: { [CRM_HEADER.name]: CRM_HEADER.value },
			validateStatus: () => true,
		});
		return { status: answer.status, data: answer.data };
	}

	bookings(): Promise<Row[]> {
		return this.client.rows('gfe_bookings');
	}

	/** The tasks of staff, after a look that neither they nor any other CRM call names the patient. */
	tasks(): Array<{ text: string; booking_id: unknown; gfe_id: unknown }> {
		expect(JSON.stringify(this.crm.calls)).not.toMatch(PATIENT_DATA);
		return this.crm.sent('POST /tasks') as ReturnType<ExamplesWorld['tasks']>;
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
