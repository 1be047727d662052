import { randomUUID } from 'node:crypto';
import { N8nAccount } from './account.mts';
import { hasEnded } from './clientTypes.mts';
import type {
	Execution,
	ExecutionSummary,
	PublicationStatus,
	StoredWorkflow,
	WorkflowDefinition,
} from './clientTypes.mts';
import { StepError } from './errors.mts';
import { readExecution, type RawExecution } from './execution.mts';
import { until } from './until.mts';

export type * from './clientTypes.mts';
export { OWNER } from './account.mts';
export { failureOf, hasEnded, itemsOf } from './clientTypes.mts';

/** `partial`: some triggers failed. A node that can wait for an answer, such as Slack, counts as a trigger. */
const SETTLED = new Set(['published', 'partial', 'failed']);

/** Controls n8n 2 through the REST interface of its editor. Every failure names the step. */
export class N8nClient extends N8nAccount {
	listWorkflows(): Promise<Array<{ id: string; name: string; active: boolean }>> {
		return this.http.call('list the workflows', 'GET', '/rest/workflows');
	}

	workflow(id: string): Promise<StoredWorkflow> {
		return this.http.call('read the workflow', 'GET', `/rest/workflows/${id}`);
	}

	/** Saves a new workflow. Triggers without a `webhookId` get one, as the editor does. */
	createWorkflow(definition: WorkflowDefinition): Promise<StoredWorkflow> {
		const nodes = definition.nodes.map((node) =>
			/trigger$|\.webhook$/i.test(node.type) ? { webhookId: randomUUID(), ...node } : node,
		);
		const body = { settings: {}, ...definition, nodes };
		return this.http.call(`import "${definition.name}"`, 'POST', '/rest/workflows', body);
	}

	/** Saves a new draft. The published version doesn't change until `publish`. */
	async updateWorkflow(id: string, changes: Partial<WorkflowDefinition>): Promise<StoredWorkflow> {
		const { versionId } = await this.workflow(id);
		const path = `/rest/workflows/${id}`;
		return this.http.call('save the workflow', 'PATCH', path, { ...changes, versionId });
	}

	publicationStatus(id: string): Promise<PublicationStatus> {
		const path = `/rest/workflows/${id}/publication-status`;
		return this.http.call('read the publication status', 'GET', path);
	}

	/**
	 * Publishes the saved version and waits until its triggers are registered (n8n tries for up to 84 s).
	 * @throws StepError with the triggers' own error texts
	 */
	async publish(id: string, timeoutMs = 100_000): Promise<void> {
		const { versionId, name } = await this.workflow(id);
		const step = `publish "${name}"`;
		await this.http.call(step, 'POST', `/rest/workflows/${id}/activate`, { versionId });
		const last = await until(step, timeoutMs, async () => {
			const now = await this.publicationStatus(id);
			return SETTLED.has(now.status) ? now : undefined;
		});
		if (last.status === 'published') return;
		const texts = (last.triggers ?? []).map((trigger) => trigger.errorMessage).filter(Boolean);
		throw new StepError(step, texts.join('; ') || `status ${last.status}`);
	}

	/** Unpublishes a workflow and waits until n8n confirms it. */
	async unpublish(id: string, timeoutMs = 100_000): Promise<void> {
		const step = 'unpublish the workflow';
		await this.http.call(step, 'POST', `/rest/workflows/${id}/deactivate`, {});
		await until(step, timeoutMs, async () =>
			(await this.publicationStatus(id)).status === 'not_published' ? true : undefined,
		);
	}

	/** Unpublishes, archives and deletes. */
	async deleteWorkflow(id: string): Promise<void> {
		const step = 'delete the workflow';
		await this.http.call(step, 'POST', `/rest/workflows/${id}/deactivate`, {});
		await this.http.call(step, 'POST', `/rest/workflows/${id}/archive`, {});
		await this.http.call(step, 'DELETE', `/rest/workflows/${id}`);
	}

	/** Runs the saved workflow by hand, e.g. `{ triggerToStartFrom: { name: 'When clicked' } }`. */
	run(id: string, body: object): Promise<{ executionId?: string; waitingForWebhook?: boolean }> {
		return this.http.call('run the workflow', 'POST', `/rest/workflows/${id}/run`, body);
	}

	/** Stops "listen for test event". */
	async cancelTestWebhook(id: string): Promise<void> {
		await this.http.call('stop listening', 'DELETE', `/rest/test-webhook/${id}`);
	}

	/** The workflow's executions, oldest first. `limit` is at most 100 (n8n's own limit). */
	executions(workflowId: string, limit = 100): Promise<ExecutionSummary[]> {
		return this.findExecutions({ workflowId }, limit);
	}

	/** The newest executions of any workflow with one of these statuses, oldest first. At most 100. */
	executionsWith(...status: string[]): Promise<ExecutionSummary[]> {
		return this.findExecutions({ status }, 100);
	}

	private async findExecutions(wanted: object, limit: number): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify(wanted));
		const path = `/rest/executions?filter=${filter}&limit=${limit}`;
		const list = await this.http.call<{ results: ExecutionSummary[] }>(
			'list the executions',
			'GET',
			path,
		);
		return [...list.results].sort((a, b) => Number(a.id) - Number(b.id));
	}

	async execution(id: string): Promise<Execution> {
		const path = `/rest/executions/${id}`;
		return readExecution(await this.http.call<RawExecution>('read the execution', 'GET', path));
	}

	/**
	 * Waits until `count` executions (default 1) have ended, or ended with `status`.
	 * @returns all of them with their data, oldest first
	 */
	async waitForExecution(
		workflowId: string,
		options: { count?: number; timeoutMs?: number; status?: string } = {},
	): Promise<Execution[]> {
		const { count = 1, timeoutMs = 90_000, status } = options;
		const what = `wait for ${count} execution(s)${status ? ` with status ${status}` : ''}`;
		const ended = await until(what, timeoutMs, async () => {
			const list = (await this.executions(workflowId)).filter((one) =>
				status ? one.status === status : hasEnded(one),
			);
			return list.length >= count ? list : undefined;
		});
		return Promise.all(ended.map((one) => this.execution(one.id)));
	}
}
