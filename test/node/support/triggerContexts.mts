import './environment.mts';
import 'reflect-metadata';
import { HookContext, PollContext, WebhookContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeParameters,
	INodeType,
	IWebhookData,
	IWorkflowExecuteAdditionalData,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { SpakinectPollingTrigger } from '../../../nodes/Spakinect/SpakinectPollingTrigger.node';
import { SpakinectTrigger } from '../../../nodes/Spakinect/SpakinectTrigger.node';
import { credentialsHelper } from './credentials.mts';

export interface TriggerSetup {
	parameters: object;
	credentials: Record<string, ICredentialDataDecryptedObject>;
	/** The path segments of n8n's endpoints. Default: n8n's own. */
	endpoints?: { production: string; test: string };
}

export const webhookNode = new SpakinectTrigger();
export const pollingNode = new SpakinectPollingTrigger();

const types: Record<string, INodeType> = {
	spakinectTrigger: webhookNode,
	spakinectPollingTrigger: pollingNode,
};

let count = 0;

/** One trigger node and the contexts in which n8n-core calls it. */
export class TriggerContexts {
	/** The node's lines in n8n's log. */
	readonly logs: Array<{ level: string; message: string }> = [];
	readonly node: INode;
	/** The origin of this n8n. */
	url = '';
	readonly endpoints: { production: string; test: string };
	/** The credentials that n8n has stored. A test may delete or change them. */
	readonly credentials: TriggerSetup['credentials'];
	private readonly id = `w${(count += 1)}`;

	constructor(setup: TriggerSetup, type: string) {
		this.credentials = { ...setup.credentials };
		this.endpoints = setup.endpoints ?? { production: 'webhook', test: 'webhook-test' };
		this.node = {
			id: `node-${this.id}`,
			name: 'Trigger',
			type,
			typeVersion: 1,
			position: [0, 0],
			webhookId: `hook-${this.id}`,
			parameters: setup.parameters as INodeParameters,
			credentials: Object.fromEntries(
				Object.keys(setup.credentials).map((name) => [name, { id: `c-${name}`, name }]),
			),
		};
	}

	/** @param staticData as JSON, like n8n's database column */
	workflow(active: boolean, staticData: string): Workflow {
		return new Workflow({
			id: this.id,
			name: 'Test',
			nodes: [this.node],
			connections: {},
			active,
			nodeTypes: {
				getByName: (name: string) => types[name]!,
				getByNameAndVersion: (name: string) => types[name]!,
				getKnownTypes: () => ({}),
			},
			staticData: JSON.parse(staticData) as IDataObject,
			settings: {},
		});
	}

	hook(
		workflow: Workflow,
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode,
		isTest: boolean,
	): HookContext {
		const data = this.webhookData(isTest);
		return this.logged(
			new HookContext(workflow, this.node, this.additionalData(), mode, activation, data),
		);
	}

	webhook(workflow: Workflow, isTest: boolean, http: object): WebhookContext {
		const mode = isTest ? 'manual' : 'webhook';
		const data = this.webhookData(isTest);
		return this.logged(
			new WebhookContext(workflow, this.node, this.additionalData(http), mode, data, [], null),
		);
	}

	polling(workflow: Workflow, mode: WorkflowExecuteMode, activation: WorkflowActivateMode) {
		return this.logged(
			new PollContext(workflow, this.node, this.additionalData(), mode, activation),
		);
	}

	private webhookData(isTest: boolean): IWebhookData {
		const [webhookDescription] = webhookNode.description.webhooks ?? [];
		return { isTest, webhookDescription, node: this.node.name } as unknown as IWebhookData;
	}

	private additionalData(http: object = {}): IWorkflowExecuteAdditionalData {
		return {
			credentialsHelper: credentialsHelper(this.credentials),
			variables: {},
			restApiUrl: `${this.url}/rest`,
			instanceBaseUrl: `${this.url}/`,
			webhookBaseUrl: `${this.url}/${this.endpoints.production}`,
			webhookTestBaseUrl: `${this.url}/${this.endpoints.test}`,
			webhookWaitingBaseUrl: `${this.url}/webhook-waiting`,
			formWaitingBaseUrl: `${this.url}/form-waiting`,
			...http,
		} as unknown as IWorkflowExecuteAdditionalData;
	}

	private logged<T extends object>(context: T): T {
		const log = (level: string) => (message: string) => void this.logs.push({ level, message });
		const levels = ['error', 'warn', 'info', 'debug'];
		const logger = Object.fromEntries(levels.map((level) => [level, log(level)]));
		return Object.defineProperty(context, 'logger', { value: logger });
	}
}
