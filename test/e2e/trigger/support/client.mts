import { N8nClient } from '../../../../sandbox/n8n/client.mts';
import { TRIGGER } from '../../support/workflows.mts';

/** n8n's REST interface, with calls that only the tests of the triggers use. */
export class TriggerClient extends N8nClient {
	/** The number of the workflow's executions, including running ones. */
	async countExecutions(workflowId: string): Promise<number> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const path = `/rest/executions?filter=${filter}&limit=1`;
		const step = 'count the executions';
		return (await this.http.call<{ count: number }>(step, 'GET', path)).count;
	}

	/** "Listen for test event", or "Fetch test event" of a polling trigger. */
	listen(workflowId: string, trigger = TRIGGER) {
		return this.run(workflowId, { triggerToStartFrom: { name: trigger } });
	}

	/**
	 * n8n refuses to delete a workflow that is still being unpublished, which takes a while on a busy machine.
	 */
	override async deleteWorkflow(id: string): Promise<void> {
		await this.unpublish(id);
		await super.deleteWorkflow(id);
	}

	/** "Retry" of a failed execution. */
	async retry(executionId: string): Promise<void> {
		const path = `/rest/executions/${executionId}/retry`;
		await this.http.call('retry the execution', 'POST', path, { loadWorkflow: false });
	}
}
