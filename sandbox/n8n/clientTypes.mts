/** A node of a workflow as n8n stores it. */
export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	webhookId?: string;
	[extra: string]: unknown;
}

type Connection = Array<Array<{ node: string; type: string; index: number }>>;

/** A workflow before n8n has given it an ID. */
export interface WorkflowDefinition {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, Record<string, Connection>>;
	settings?: Record<string, unknown>;
}

export interface StoredWorkflow extends WorkflowDefinition {
	id: string;
	versionId: string;
	active: boolean;
}

export interface PublicationStatus {
	status: string;
	triggers?: Array<{ nodeName?: string; status?: string; errorMessage?: string }>;
}

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: string;
	mode: string;
	finished: boolean;
}

export interface Item {
	json: Record<string, unknown>;
	binary?: Record<string, { fileName?: string; mimeType?: string; fileSize?: string }>;
	error?: { message?: string };
	pairedItem?: unknown;
}

interface NodeRun {
	executionStatus?: string;
	/** Milliseconds since 1970. */
	startTime?: number;
	/** Milliseconds. */
	executionTime?: number;
	error?: { message?: string; description?: string | null };
	data?: Record<string, Array<Item[] | null>>;
}

export interface Execution extends ExecutionSummary {
	/** The runs of each node, by node name. */
	runData: Record<string, NodeRun[]>;
	/** n8n's error. */
	error?: { message?: string; description?: string | null; node?: { name?: string } };
}

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

const ENDED = new Set(['success', 'error', 'crashed', 'canceled']);

/** Whether an execution neither runs nor waits any more. */
export const hasEnded = ({ status }: Pick<ExecutionSummary, 'status'>): boolean =>
	ENDED.has(status);

/** The items of a node's output. By default, of its first run and first output. */
export const itemsOf = (execution: Execution, node: string, output = 0): Item[] =>
	execution.runData[node]?.[0]?.data?.main?.[output] ?? [];

/** A failed execution's cause in one line: the node, the message and the advice. */
export const failureOf = (execution: Execution): string => {
	const failed = Object.entries(execution.runData).find(([, runs]) =>
		runs.some((run) => run.error),
	);
	const error = execution.error ?? failed?.[1].find((run) => run.error)?.error;
	const node = execution.error?.node?.name ?? failed?.[0];
	const text = [error?.message, error?.description].filter(Boolean).join(': ');
	return `${node ? `node "${node}": ` : ''}${text || `ended with status ${execution.status}`}`;
};
