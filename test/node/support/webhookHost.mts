import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
	IDataObject,
	INodeExecutionData,
	IWebhookResponseData,
	WorkflowActivateMode,
} from 'n8n-workflow';
import { TriggerContexts, type TriggerSetup, webhookNode } from './triggerContexts.mts';

const { checkExists, create, delete: remove } = webhookNode.webhookMethods.default;

/**
 * The webhook trigger on a host that behaves like n8n 2: it saves static data when n8n does, starts test
 * listeners without any, and answers after the execution is stored.
 */
export class WebhookHost extends TriggerContexts {
	/** Items of each started execution. */
	readonly executions: INodeExecutionData[][] = [];
	/** The static data that n8n has in its database. */
	saved = '{}';
	/** Replaces the storing of an execution, for instance to fail. */
	storeExecution: (items: INodeExecutionData[]) => Promise<void> = async (items) => {
		this.executions.push(items);
	};

	private readonly server = createServer((request, response) => void this.serve(request, response));
	private listening?: IDataObject;
	private ended?: Promise<void>;

	constructor(setup: TriggerSetup) {
		super(setup, 'spakinectTrigger');
	}

	async start(): Promise<this> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
		return this;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	get productionUrl(): string {
		return `${this.url}/${this.endpoints.production}/${this.node.webhookId}/webhook`;
	}

	get testUrl(): string {
		return `${this.url}/${this.endpoints.test}/${this.node.webhookId}/webhook`;
	}

	/** Publishing: checkExists, then create, with the stored static data, which is saved afterwards. */
	async publish(activation: WorkflowActivateMode = 'activate'): Promise<void> {
		const workflow = this.workflow(true, this.saved);
		const hook = this.hook(workflow, 'trigger', activation, false);
		try {
			if (!(await checkExists.call(hook))) await create.call(hook);
		} finally {
			this.saved = JSON.stringify(workflow.staticData);
		}
	}

	async unpublish(): Promise<void> {
		const workflow = this.workflow(true, this.saved);
		await remove.call(this.hook(workflow, 'internal', 'update', false));
		this.saved = JSON.stringify(workflow.staticData);
	}

	/** "Listen for test event": it starts without static data, and none is ever stored. */
	async listen(): Promise<void> {
		const workflow = this.workflow(false, '{}');
		const hook = this.hook(workflow, 'manual', 'manual', true);
		try {
			if (!(await checkExists.call(hook))) await create.call(hook);
			this.listening = workflow.staticData;
		} catch (error) {
			await this.stopListening();
			throw error;
		}
	}

	/** The end of a test listener: an event, a cancel, or the timeout. */
	async stopListening(): Promise<void> {
		const workflow = this.workflow(false, JSON.stringify(this.listening ?? {}));
		this.listening = undefined;
		await remove.call(this.hook(workflow, 'internal', 'update', true));
	}

	/** Waits until a test listener that got its event has been cleaned up. */
	async listenerEnded(): Promise<void> {
		await this.ended;
	}

	/**
	 * Does what n8n does around webhook(): it provides the raw body and answers once, after the execution is
	 * stored.
	 */
	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const isTest = request.url?.startsWith(`/${this.endpoints.test}/`) ?? false;
		const send = (status: number, body: unknown) => {
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(body));
		};
		if (isTest && this.listening === undefined) return send(404, { message: 'not listening' });
		const httpResponse = Object.assign(response, {
			status(code: number) {
				response.statusCode = code;
				return httpResponse;
			},
			json: (body: unknown) => send(response.statusCode, body),
		});
		const rawBody = Buffer.concat(chunks);
		const httpRequest = Object.assign(request, { rawBody, body: undefined });
		const workflow = this.workflow(!isTest, isTest ? '{}' : this.saved);
		let result: IWebhookResponseData;
		try {
			const context = this.webhook(workflow, isTest, { httpRequest, httpResponse });
			result = await webhookNode.webhook.call(context);
			if (result.workflowData) await this.storeExecution(result.workflowData.flat());
		} catch (error) {
			this.logs.push({ level: 'fatal', message: String(error) });
			return send(500, { message: 'Workflow Webhook Error: Workflow could not be started!' });
		}
		if (result.noWebhookResponse !== true) send(200, result.webhookResponse ?? { message: 'ok' });
		if (isTest && result.workflowData) this.ended = this.stopListening();
	}
}
