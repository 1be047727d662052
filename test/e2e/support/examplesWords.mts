import type { WorkflowDefinition, WorkflowNode } from '../../../sandbox/n8n/client.mts';

/** Fields that hold nothing of a patient. */
const FIELDS =
	/^(?:.*_id|.*_at|.*_time|treatments?(?:_text)?|decisions?|status(?:_group)?|id|(?:conditionally_)?approved_treatments|deferred_treatments|undecided_treatments|result|reference|summary|message|days_left|reason|count|name|lastNodeExecuted|url|resumeUrl|(?:concatenated_)?row_number|uri|appointmentId|new)$/;
/** Times and counts, and two lists that 10 makes of IDs and summaries: its test puts a patient in the wrong column. */
const COUNTED =
	/^(?:hours|minutes|Month|day|year|event|count_row|row_number|concatenated_(?:booking|for_staff))$/;
/** Of some fields only these: those of a workflow, an execution, a file, a booking, a contact. */
const ONLY: Record<string, RegExp> = {
	name: /\bworkflow\.name$/,
	url: /\bexecution\.url$/,
	id: /\bexecution\.id$|\bcontact\.id$|'File the lists'\)\.first\(\)\.json\.id$/,
	uri: /\bpayload\.uri$/,
};

/** What staff read: the texts of Slack messages and of tasks. */
const textsOf = ({ type, parameters }: WorkflowNode): string[] => {
	if (type.endsWith('.slack')) return [String(parameters.text)];
	if (!type.endsWith('.hubspot') || parameters.type !== 'task') return [];
	const { subject, body } = (parameters.metadata ?? {}) as Record<string, unknown>;
	return [subject, body].map((text) => String(text ?? ''));
};

/** The error of another system can quote what it got, so a message has only those of the Spakinect nodes. */
const hearsOnlySpakinect = (
	name: string,
	nodes: WorkflowNode[],
	connections: WorkflowDefinition['connections'],
): boolean =>
	nodes
		.filter((node) => connections[node.name]?.main?.flat().some((one) => one.node === name))
		.filter(({ onError }) => (onError as string | undefined)?.startsWith('continue'))
		.every(({ type }) => type.startsWith('n8n-nodes-spakinect.'));

/** The fields in messages to staff that could hold something of a patient: `node: expression`. */
export const wordsProblems = (
	nodes: WorkflowNode[],
	connections: WorkflowDefinition['connections'],
): string[] =>
	nodes.flatMap((node) =>
		textsOf(node)
			.flatMap((text) => [...text.matchAll(/\{\{\s*([\s\S]*?)\s*\}\}/g)].map(([, found]) => found!))
			.filter((path) => {
				const field = /([A-Za-z_]+)$/.exec(path)?.[1] ?? '';
				if (field === 'error') return !hearsOnlySpakinect(node.name, nodes, connections);
				if (COUNTED.test(field)) return false;
				return !FIELDS.test(field) || (ONLY[field] && !ONLY[field].test(path));
			})
			.map((path) => `${node.name}: ${path}`),
	);
