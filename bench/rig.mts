import { randomUUID } from 'node:crypto';
import axios from 'axios';
import type { WorkflowNode } from '../sandbox/n8n/client.mts';
import { failureOf } from '../sandbox/n8n/client.mts';
import { startN8n, type N8n } from '../sandbox/n8n/start.mts';
import { startSimulator, type Simulator } from '../sandbox/simulator/index.mts';
import { peakMb, resetPeak } from './measure.mts';

const START = 'Start';

export interface Rig {
	n8n: N8n;
	simulator: Simulator;
	credential: { id: string; name: string };
	control(
		method: 'get' | 'put' | 'post' | 'delete',
		path: string,
		body?: unknown,
	): Promise<unknown>;
	stop(): Promise<void>;
}

/** A simulator and a real n8n with the packed nodes and the EMR credential. */
export async function startRig(): Promise<Rig> {
	const simulator = await startSimulator({ validateResponses: false });
	const n8n = await startN8n({ log: (line) => console.log(line) });
	await n8n.client.setupOwner();
	const id = await n8n.client.createCredential('EMR', 'spakinectApi', {
		apiKey: 'emr-test-key',
		environment: 'custom',
		baseUrl: simulator.emrUrl,
		webhookSecret: '',
	});
	return {
		n8n,
		simulator,
		credential: { id, name: 'EMR' },
		control: async (method, path, body) => {
			const url = simulator.controlUrl + path;
			const { data } = await axios.request({ method, url, data: body, maxBodyLength: Infinity });
			return data as unknown;
		},
		stop: async () => {
			await n8n.stop();
			await simulator.close();
		},
	};
}

/** HTTP Request and Split Out: the list of a location as n8n's own nodes give it. */
export const listSteps = (rig: Rig): Step[] => [
	{
		name: 'Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			url: `${rig.simulator.emrUrl}/gfes/loc_downtown`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'spakinectApi',
			options: {},
		},
		credentials: { spakinectApi: rig.credential },
	},
	{
		name: 'Split Out',
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		parameters: { fieldToSplitOut: 'gfes', options: {} },
	},
];

/** Saves a workflow that starts by hand, with nodes that are connected as `[from, to, input of to]`. */
export async function saveGraph(
	rig: Rig,
	name: string,
	steps: Step[],
	links: Array<[string, string, number?]>,
): Promise<string> {
	const start: Step = {
		name: START,
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		parameters: {},
	};
	const nodes = [start, ...steps].map((step, index) => ({
		id: randomUUID(),
		position: [index * 220, 0] as [number, number],
		...step,
	}));
	const connections: Record<
		string,
		{ main: Array<Array<{ node: string; type: string; index: number }>> }
	> = {};
	for (const [from, node, index = 0] of links) {
		connections[from] ??= { main: [[]] };
		connections[from].main[0]!.push({ node, type: 'main', index });
	}
	return (await rig.n8n.client.createWorkflow({ name, nodes, connections })).id;
}

export type Step = Pick<WorkflowNode, 'name' | 'type' | 'typeVersion' | 'parameters'> &
	Partial<WorkflowNode>;

/** A Code node that gives one item per id. */
export const idsNode = (ids: string[]): Step => ({
	name: 'Ids',
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: {
		jsCode: `return ${JSON.stringify(ids)}.map((id) => ({ json: { id } }));`,
	},
});

/** Saves a workflow: a manual trigger, then the steps one after the other. */
export async function saveChain(rig: Rig, name: string, steps: Step[]): Promise<string> {
	const names = [START, ...steps.map((step) => step.name)];
	const links = names.slice(1).map((to, index): [string, string] => [names[index]!, to]);
	return await saveGraph(rig, name, steps, links);
}

export interface Round {
	/** Sum over the named nodes, as n8n measured it. */
	ms: number;
	peakMb: number;
	items: number;
}

/** Runs a saved chain once and adds up the time of the named nodes. */
export async function runChain(rig: Rig, workflowId: string, nodes: string[]): Promise<Round> {
	resetPeak(rig.n8n.pid);
	const { executionId } = await rig.n8n.client.run(workflowId, {
		triggerToStartFrom: { name: START },
	});
	await ended(rig, workflowId, String(executionId));
	const peak = peakMb(rig.n8n.pid);
	const execution = await rig.n8n.client.execution(String(executionId));
	if (execution.status !== 'success') throw new Error(failureOf(execution));
	const runs = nodes.map((name) => execution.runData[name]![0]!);
	return {
		ms: runs.reduce((sum, run) => sum + (run.executionTime ?? NaN), 0),
		peakMb: peak,
		items: runs.at(-1)!.data?.main?.[0]?.length ?? 0,
	};
}

/** Waits by polling the list of executions. Reading their data would disturb the measurement. */
async function ended(rig: Rig, workflowId: string, id: string): Promise<void> {
	for (;;) {
		await new Promise((resolve) => setTimeout(resolve, 500));
		const list = await rig.n8n.client.executions(workflowId);
		const status = list.find((execution) => execution.id === id)?.status;
		if (status !== undefined && !['new', 'running'].includes(status)) return;
	}
}
