import axios, { type AxiosInstance } from 'axios';
import { Control } from '../../../sandbox/demo/control.mts';
import { N8nClient, OWNER } from '../../../sandbox/n8n/client.mts';
import { startN8n, type N8n } from '../../../sandbox/n8n/start.mts';
import { startSimulator, type Fault, type Simulator } from '../../../sandbox/simulator/index.mts';
import { emrData } from './world.mts';

export const CLIENT_KEY = 'client-test-key';

const LOCATIONS = 'Uptown: loc_uptown\nDowntown: loc_downtown';

/** The credential of a node in the form of a workflow. */
export type Credentials = Record<string, { id: string; name: string }>;

/** The simulator's control API, with calls that only the tests of the action node use. */
export class ActionControl extends Control {
	private readonly more: AxiosInstance;

	constructor(controlUrl: string) {
		super(controlUrl);
		this.more = axios.create({ baseURL: controlUrl, proxy: false, timeout: 30_000 });
	}

	async reset(): Promise<void> {
		await this.more.post('/reset', {});
	}

	/** Adds made-up at-home visits of many patients to the downtown location. */
	async generate(count: number): Promise<void> {
		await this.more.post('/visits', { generate: count, location_id: 'loc_downtown' });
	}

	async faults(...faults: Fault[]): Promise<void> {
		await this.more.put('/faults', { faults });
	}

	/** Every message that a patient would have received. */
	async contacts(): Promise<Array<{ gfe_id: string; channel: string; to: string }>> {
		return (await this.more.get('/contacts')).data;
	}

	/** How patients were contacted, once for each message, in the order of the alphabet. */
	async channels(): Promise<string[]> {
		return (await this.contacts()).map(({ channel }) => channel).sort();
	}

	async inFlight(): Promise<number> {
		return (await this.more.get<{ inFlight: number }>('/stats')).data.inFlight;
	}

	/** Requests to the PDF host that carried a key. */
	async leaks(): Promise<unknown[]> {
		return (await this.more.get('/leaks')).data;
	}
}

/** n8n's REST interface, with calls that only the tests of the action node use. */
export class ActionClient extends N8nClient {
	private session: Promise<string> | undefined;

	/** The stored execution as text, including the fields that the reader of executions leaves out. */
	async storedText(executionId: string): Promise<string> {
		const { data } = await this.http.call<{ data: unknown }>(
			'read the stored execution',
			'GET',
			`/rest/executions/${executionId}`,
		);
		return typeof data === 'string' ? data : JSON.stringify(data);
	}

	async deleteCredential(id: string): Promise<void> {
		await this.http.call('delete the credential', 'DELETE', `/rest/credentials/${id}`);
	}

	/** Does what the Retry button of a failed execution does. @returns the ID of the new execution */
	async retryExecution(executionId: string, loadWorkflow = false): Promise<string> {
		const path = `/rest/executions/${executionId}/retry`;
		const { id } = await this.http.call<{ id: string }>('retry', 'POST', path, { loadWorkflow });
		return id;
	}

	async stopExecution(executionId: string): Promise<void> {
		await this.http.call('stop', 'POST', `/rest/executions/${executionId}/stop`, {});
	}

	/** The bytes of a stored file, as from the editor's download button. */
	async file(binaryId: string): Promise<Buffer> {
		const path = `/rest/binary-data?id=${encodeURIComponent(binaryId)}&action=download`;
		const answer = await axios.get<ArrayBuffer>(this.url + path, {
			proxy: false,
			responseType: 'arraybuffer',
			headers: { cookie: await this.cookie() },
		});
		return Buffer.from(answer.data);
	}

	/** Signs in once, because n8n refuses a user who signs in too often. */
	private cookie(): Promise<string> {
		const { email: emailOrLdapLoginId, password } = OWNER;
		this.session ??= this.http
			.send('POST', '/rest/login', { emailOrLdapLoginId, password })
			.then(({ headers }) =>
				(headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; '),
			);
		return this.session;
	}
}

/** One simulator and one n8n with the packed nodes and a credential for each kind of key. */
export interface ActionWorld {
	simulator: Simulator;
	control: ActionControl;
	n8n: N8n;
	client: ActionClient;
	credentials: Record<'emr' | 'client' | 'wrong', Credentials>;
	stop(): Promise<void>;
}

/** Long and unlike any word, so that a search in a log finds only the key. */
export const WRONG_KEY = 'wrong-key-8f2c41d7';

const addCredentials = async (client: N8nClient, simulator: Simulator) => {
	const add = async (type: string, name: string, data: object) => ({
		[type]: { id: await client.createCredential(name, type, data), name },
	});
	const clientData = {
		apiKey: CLIENT_KEY,
		environment: 'custom',
		baseUrl: simulator.clientUrl,
	};
	return {
		emr: await add('spakinectApi', 'EMR', { ...emrData(simulator), locations: LOCATIONS }),
		client: await add('spakinectClientApi', 'Client', clientData),
		wrong: await add('spakinectApi', 'Wrong', emrData(simulator, WRONG_KEY)),
	};
};

/** @param env added to n8n's own environment */
export const startActionWorld = async (env: NodeJS.ProcessEnv = {}): Promise<ActionWorld> => {
	const simulator = await startSimulator();
	try {
		const n8n = await startN8n({ env });
		const client = new ActionClient(n8n.url);
		await client.signIn();
		return {
			simulator,
			control: new ActionControl(simulator.controlUrl),
			n8n,
			client,
			credentials: await addCredentials(client, simulator),
			stop: async () => {
				await n8n.stop();
				await simulator.close();
			},
		};
	} catch (error) {
		await simulator.close();
		throw error;
	}
};
