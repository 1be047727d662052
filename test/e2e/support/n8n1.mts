import {
	N8nClient,
	type StoredWorkflow,
	type WorkflowDefinition,
} from '../../../sandbox/n8n/client.mts';

/** Drives n8n 1.123 over the REST interface of its editor, where that differs from n8n 2. */
export class N8n1Client extends N8nClient {
	/** Its database demands the field that n8n 2 fills in itself. */
	override createWorkflow(definition: WorkflowDefinition): Promise<StoredWorkflow> {
		const inactive = { active: false, ...definition };
		return super.createWorkflow(inactive);
	}

	/** Activates the saved version; the answer comes when the triggers are registered, or could not be. */
	override async publish(id: string): Promise<void> {
		const { versionId, name } = await this.workflow(id);
		const path = `/rest/workflows/${id}/activate`;
		await this.http.call(`activate "${name}"`, 'POST', path, { versionId });
	}

	override async unpublish(id: string): Promise<void> {
		await this.http.call('deactivate', 'POST', `/rest/workflows/${id}/deactivate`, {});
	}

	/** Unlike n8n 2 it runs what the request brings, not what is saved. */
	override async run(
		id: string,
		body: object,
	): Promise<{ executionId?: string; waitingForWebhook?: boolean }> {
		const workflowData = await this.workflow(id);
		return super.run(id, { workflowData, ...body });
	}
}
