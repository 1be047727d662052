import { log } from './environment.mts';
import 'reflect-metadata';
import { Container } from '@n8n/di';
import { BinaryDataService, ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import type {
	IConnections,
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IRun,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { createRunExecutionData, NodeConnectionTypes, Workflow } from 'n8n-workflow';
import { Spakinect } from '../../../nodes/Spakinect/Spakinect.node';
import { credentialsHelper } from './credentials.mts';

/** Returns its input, like a manual trigger. */
export const start: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: { name: 'Start' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute() {
		return [this.getInputData()];
	},
};

export interface RunOptions {
	parameters: INodeParameters;
	credentials: Record<string, ICredentialDataDecryptedObject>;
	/** One input item each. Default: one empty item. */
	items?: IDataObject[];
	node?: Partial<INode>;
	timezone?: string;
	/** A node after Spakinect whose output goes back into it, as in a loop. */
	loop?: INodeType;
	/** Default "1". */
	executionId?: string;
	/** The failed execution that n8n's Retry button runs again with its data, in a new execution. */
	retryOf?: IRun;
	/** The execution whose node Execute Sub-workflow runs this one. */
	parentExecutionId?: string;
	/** Called with the running execution, for instance to cancel it. */
	started?(execution: { cancel(): void }): void;
}

export interface RunResult {
	/** Items per output. */
	outputs: INodeExecutionData[][];
	/** Shorthand for the json of the first output. */
	json: IDataObject[];
	error: (Error & { description?: string; context?: IDataObject; httpCode?: string }) | undefined;
	/** Everything that n8n would store and show of this execution. */
	stored: string;
	/** n8n's log lines of the run. */
	logged: string;
	run: IRun;
}

const node = (name: string, type: string, rest: Partial<INode>): INode => ({
	id: `id-${name}`,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	...rest,
});

function additionalData(
	credentials: Record<string, ICredentialDataDecryptedObject>,
	workflow: Workflow,
	executionId = '1',
): IWorkflowExecuteAdditionalData {
	const base = 'http://127.0.0.1:5678';
	return {
		credentialsHelper: credentialsHelper(credentials),
		hooks: new ExecutionLifecycleHooks('manual', executionId, {
			...workflow,
			connections: {},
		} as never),
		executionId,
		currentNodeExecutionIndex: 0,
		variables: {},
		userId: 'user',
		restApiUrl: `${base}/rest`,
		instanceBaseUrl: `${base}/`,
		webhookBaseUrl: `${base}/webhook`,
		webhookTestBaseUrl: `${base}/webhook-test`,
		webhookWaitingBaseUrl: `${base}/webhook-waiting`,
		formWaitingBaseUrl: `${base}/form-waiting`,
		setExecutionStatus: () => undefined,
		sendDataToUI: () => undefined,
	} as unknown as IWorkflowExecuteAdditionalData;
}

let binaryReady: Promise<void> | undefined;

/** The workflow to run: nodes and connections of a saved workflow, and their node types. */
export interface Executed {
	nodes: INode[];
	connections: IConnections;
	types: Record<string, INodeType>;
}

/** Runs a workflow from its first node in n8n-core's own engine. */
export async function executeWorkflow(
	{ nodes, connections, types }: Executed,
	options: Omit<RunOptions, 'parameters' | 'node' | 'loop'>,
): Promise<IRun> {
	binaryReady ??= Container.get(BinaryDataService).init();
	await binaryReady;
	const workflow = new Workflow({
		id: 'w',
		name: 'Test',
		nodes,
		connections,
		active: false,
		nodeTypes: {
			getByName: (name: string) => types[name]!,
			getByNameAndVersion: (name: string) => types[name]!,
			getKnownTypes: () => ({}),
		},
		settings: { timezone: options.timezone ?? 'America/New_York' },
	});
	const items = (options.items ?? [{}]).map((json) => ({ json }));
	const execution = new WorkflowExecute(
		additionalData(options.credentials, workflow, options.executionId),
		'manual',
		createRunExecutionData({
			...(options.parentExecutionId === undefined
				? {}
				: { parentExecution: { executionId: options.parentExecutionId, workflowId: 'parent' } }),
			executionData: {
				nodeExecutionStack: [{ node: nodes[0]!, data: { main: [items] }, source: null }],
				contextData: structuredClone(options.retryOf?.data.executionData?.contextData ?? {}),
			},
		} as never),
	);
	const running = execution.processRunExecutionData(workflow);
	options.started?.(running as unknown as { cancel(): void });
	return await running;
}

/** Runs Start → Spakinect. */
export async function runSpakinect(options: RunOptions): Promise<RunResult> {
	const types: Record<string, INodeType> = { start, spakinect: new Spakinect() };
	if (options.loop) types.loop = options.loop;
	const credentials = Object.fromEntries(
		Object.keys(options.credentials).map((type) => [type, { id: '1', name: type }]),
	);
	const nodes = [
		node('Start', 'start', {}),
		node('Spakinect', 'spakinect', {
			parameters: options.parameters,
			credentials,
			...options.node,
		}),
		...(options.loop ? [node('Loop', 'loop', {})] : []),
	];
	const toSpakinect = { main: [[{ node: 'Spakinect', type: NodeConnectionTypes.Main, index: 0 }]] };
	const toLoop = { main: [[{ node: 'Loop', type: NodeConnectionTypes.Main, index: 0 }]] };
	const connections = {
		Start: toSpakinect,
		...(options.loop ? { Spakinect: toLoop, Loop: toSpakinect } : {}),
	};
	const logStart = log.length;
	const run = await executeWorkflow({ nodes, connections, types }, options);
	const { resultData } = run.data;
	const outputs = (resultData.runData.Spakinect?.at(-1)?.data?.main ??
		[]) as INodeExecutionData[][];
	return {
		outputs,
		json: (outputs[0] ?? []).map((item) => item.json),
		error: resultData.error as RunResult['error'],
		stored: JSON.stringify(run),
		logged: log.slice(logStart).join('\n'),
		run,
	};
}
