import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowDefinition, WorkflowNode } from '../../../sandbox/n8n/client.mts';
import { loopbackAxios } from '../../../sandbox/n8n/loopback.mts';
import { projectRoot } from '../../../sandbox/n8n/paths.mts';
import { startN8n, type N8n } from '../../../sandbox/n8n/start.mts';
import { startSimulator, type Simulator } from '../../../sandbox/simulator/index.mts';
import { ActionControl } from './action.mts';
import { ExamplesClient, type Row } from './examplesClient.mts';
import { CRM_HEADER, startExamplesCrm, type ExamplesCrm } from './examplesCrm.mts';
import { emrData } from './world.mts';

const folder = join(projectRoot, 'test', 'e2e', 'saved');

const credentialType = ({ type, parameters }: WorkflowNode): string | undefined => {
	if (type.startsWith('n8n-nodes-spakinect.')) return 'spakinectApi';
	const isHeader = [parameters.genericAuthType, parameters.authentication].some((value) =>
		/headerAuth/i.test(String(value)),
	);
	return isHeader ? 'httpHeaderAuth' : undefined;
};

/** One simulator, a CRM that takes any HTTP request, and one n8n with workflows saved by an earlier version. */
export class SavedWorld {
	private constructor(
		readonly simulator: Simulator,
		readonly control: ActionControl,
		readonly crm: ExamplesCrm,
		readonly n8n: N8n,
		readonly client: ExamplesClient,
		private readonly credentials: Record<string, { id: string; name: string }>,
	) {}

	static async start(): Promise<SavedWorld> {
		const simulator = await startSimulator();
		const crm = await startExamplesCrm();
		const n8n = await startN8n({ env: { GENERIC_TIMEZONE: 'UTC' } });
		const client = new ExamplesClient(n8n.url);
		await client.signIn();
		const credentials: Record<string, { id: string; name: string }> = {};
		const data = { spakinectApi: emrData(simulator), httpHeaderAuth: CRM_HEADER };
		for (const [type, fields] of Object.entries(data)) {
			credentials[type] = { id: await client.createCredential(type, type, fields), name: type };
		}
		const control = new ActionControl(simulator.controlUrl);
		return new SavedWorld(simulator, control, crm, n8n, client, credentials);
	}

	async stop(): Promise<void> {
		await this.n8n.stop();
		await Promise.all([this.simulator.close(), this.crm.close()]);
	}

	/** Imports a saved workflow as it is, with its credentials chosen. @returns its id */
	async import(file: string): Promise<string> {
		const text = readFileSync(join(folder, file), 'utf8')
			.replaceAll('your-location-id', 'loc_downtown')
			.replaceAll('https://crm.example.com', this.crm.url);
		const definition = JSON.parse(text) as WorkflowDefinition;
		const nodes = definition.nodes.map((node) => {
			const type = credentialType(node);
			return {
				...node,
				...(/trigger$|\.webhook$/i.test(node.type) && { webhookId: randomUUID() }),
				...(type && { credentials: { [type]: this.credentials[type]! } }),
			};
		});
		return (await this.client.importWorkflow({ ...definition, nodes })).id;
	}

	/** Imports and runs by hand, to the end. @returns how it ended */
	async runByHand(file: string, trigger: string): Promise<string> {
		const id = await this.import(file);
		await this.client.run(id, { triggerToStartFrom: { name: trigger } });
		const [execution] = await this.client.waitForExecution(id);
		return execution!.status;
	}

	async call(path: string, body: object): Promise<Row> {
		const headers = { [CRM_HEADER.name]: CRM_HEADER.value };
		const url = `/webhook/${path}`;
		return (await loopbackAxios(this.n8n.url, 60_000).post<Row>(url, body, { headers })).data;
	}

	/** What staff are told. */
	tasks(): string[] {
		return this.crm.sent('POST /tasks').map(({ text }) => String(text));
	}
}
