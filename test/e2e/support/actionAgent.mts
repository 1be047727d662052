import { randomUUID } from 'node:crypto';
import {
	itemsOf,
	type Execution,
	type WorkflowDefinition,
	type WorkflowNode,
} from '../../../sandbox/n8n/client.mts';
import type { ActionWorld } from './action.mts';
import type { ScriptedModel, Turn } from './actionModel.mts';
import type { Json } from './actionRun.mts';
import { node } from './workflows.mts';

const LANGCHAIN = '@n8n/n8n-nodes-langchain';
const TOOL_TYPE = 'n8n-nodes-spakinect.spakinectTool';

/** Parameter name → the value that the editor's "let the model fill this in" writes. */
export type FromAi = Record<string, { key: string; description: string }>;

/** The panel's text for each parameter of an operation, by parameter name. */
export const fieldHints = async (
	world: ActionWorld,
	operation: string,
): Promise<Record<string, string>> => {
	const type = (await world.client.nodeTypes()).find(({ name }) => name === TOOL_TYPE);
	const fields = type?.properties as Array<{
		name: string;
		hint?: string;
		description?: string;
		displayOptions?: { show?: { operation?: string[] } };
	}>;
	const ofOperation = fields.filter((field) =>
		field.displayOptions?.show?.operation?.includes(operation),
	);
	return Object.fromEntries(
		ofOperation.map(({ name, hint, description = '' }) => [name, hint ?? description]),
	);
};

/** The value as the editor writes it, with the description that the user typed. */
export const fromAi = (fields: FromAi): Json =>
	Object.fromEntries(
		Object.entries(fields).map(([name, { key, description }]) => [
			name,
			`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`${description}\`, 'string') }}`,
		]),
	);

/** The action node as a tool for AI agents. */
export const tool = (
	world: ActionWorld,
	name: string,
	parameters: Json,
	settings: Partial<WorkflowNode> = {},
): WorkflowNode =>
	node(
		name,
		TOOL_TYPE,
		{ authentication: 'emr', descriptionType: 'auto', ...parameters },
		{ credentials: world.credentials.emr, ...settings },
	);

const into = (target: string, type: string) => ({
	[type]: [[{ node: target, type, index: 0 }]],
});

/** Start → AI Agent, with the stand-in as its model and with the tools. */
const agentWorkflow = (modelCredential: string, tools: WorkflowNode[]): WorkflowDefinition => ({
	name: `Agent ${randomUUID()}`,
	nodes: [
		node('Start', 'n8n-nodes-base.manualTrigger', {}),
		node(
			'AI Agent',
			`${LANGCHAIN}.agent`,
			{ promptType: 'define', text: 'Go on as the script says.', options: {} },
			{ typeVersion: 3.1 },
		),
		node(
			'Model',
			`${LANGCHAIN}.lmChatOpenAi`,
			{
				model: { __rl: true, mode: 'id', value: 'stand-in' },
				responsesApiEnabled: false,
				options: { maxRetries: 0 },
			},
			{ typeVersion: 1.3, credentials: { openAiApi: { id: modelCredential, name: 'Model' } } },
		),
		...tools,
	],
	connections: {
		Start: into('AI Agent', 'main'),
		Model: into('AI Agent', 'ai_languageModel'),
		...Object.fromEntries(tools.map(({ name }) => [name, into('AI Agent', 'ai_tool')])),
	},
	settings: { executionOrder: 'v1' },
});

/** Runs the model's script. @returns the agent's last text, and the execution */
export const runAgent = async (
	world: ActionWorld,
	model: ScriptedModel,
	modelCredential: string,
	tools: WorkflowNode[],
	turns: Turn[],
): Promise<{ said: unknown; execution: Execution }> => {
	model.script(...turns);
	const { id } = await world.client.createWorkflow(agentWorkflow(modelCredential, tools));
	await world.client.run(id, { triggerToStartFrom: { name: 'Start' } });
	const [execution] = await world.client.waitForExecution(id);
	return { said: itemsOf(execution!, 'AI Agent')[0]?.json.output, execution: execution! };
};
