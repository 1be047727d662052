import { randomUUID } from 'node:crypto';
import type { Execution, WorkflowNode } from '../../../sandbox/n8n/client.mts';
import { startN8n, type N8n } from '../../../sandbox/n8n/start.mts';
import { connectCredential, type NodeCredentials } from '../../../sandbox/services/connect.mts';
import {
	startServices,
	type NewCredential,
	type Services,
} from '../../../sandbox/services/index.mts';
import { node } from './workflows.mts';

export const START = 'Start';
const INPUT = 'Input';

/** The stand-ins and one n8n that reaches the internet only through them. */
export class ServicesWorld {
	private constructor(
		readonly services: Services,
		readonly n8n: N8n,
	) {}

	static async start(): Promise<ServicesWorld> {
		const services = await startServices();
		try {
			const n8n = await startN8n({ env: services.env({ isPublic: true }) });
			services.tunnel.to(n8n.url);
			await n8n.client.signIn();
			return new ServicesWorld(services, n8n);
		} catch (error) {
			await services.stop();
			throw error;
		}
	}

	async stop(): Promise<void> {
		await this.n8n.stop();
		await this.services.stop();
	}

	connect(credential: NewCredential): Promise<NodeCredentials> {
		return connectCredential(this.n8n.client, credential);
	}

	/**
	 * Runs nodes one after the other on one item, manually, until they end. Failures are returned, not thrown.
	 */
	async run(input: Record<string, unknown>, ...nodes: WorkflowNode[]): Promise<Execution> {
		const set = { mode: 'raw', jsonOutput: JSON.stringify(input), options: {} };
		const chain = [
			node(START, 'n8n-nodes-base.manualTrigger', {}),
			node(INPUT, 'n8n-nodes-base.set', set, { typeVersion: 3.4 }),
			...nodes,
		];
		const { client } = this.n8n;
		const { id } = await client.createWorkflow({
			name: `Services ${randomUUID()}`,
			nodes: chain,
			connections: connected(chain),
		});
		await client.run(id, { triggerToStartFrom: { name: START } });
		const [execution] = await client.waitForExecution(id);
		return execution!;
	}
}

/** The connections of nodes in a row. */
export const connected = (chain: WorkflowNode[]) =>
	Object.fromEntries(
		chain
			.slice(0, -1)
			.map(({ name }, index) => [
				name,
				{ main: [[{ node: chain[index + 1]!.name, type: 'main', index: 0 }]] },
			]),
	);
