import {
	N8nClient,
	type StoredWorkflow,
	type WorkflowDefinition,
} from '../../../sandbox/n8n/client.mts';

/** Controls n8n 1.123 through the REST interface of its editor, where it differs from n8n 2. */
export class N8n1Client extends N8nClient {
	/** Its database requires the field that n8n 2 fills in itself. */
	override createWorkflow(definition: WorkflowDefinition): Promise<StoredWorkflow> {
		const inactive = { active: false, ...definition };
		return super.createWorkflow(inactive);
	}

	/** Activates the saved version. n8n answers when the triggers are registered or have failed. */
	override async publish(id: string): Promise<void> {
		const { versionId, name } = await this.workflow(id);
		const path = `/rest/workflows/${id}/activate`;
		await this.http.call(`activate "${name}"`, 'POST', path, { versionId });
	}

	override async unpublish(id: string): Promise<void> {
		await this.http.call('deactivate', 'POST', `/rest/workflows/${id}/deactivate`, {});
	}

	/** Unlike n8n 2, it runs the workflow in the request, not the saved one. */
	override async run(
		id: string,
		body: object,
	): Promise<{ executionId?: string; waitingForWebhook?: boolean }> {
		const workflowData = await this.workflow(id);
		return super.run(id, { workflowData, ...body });
	}
}
