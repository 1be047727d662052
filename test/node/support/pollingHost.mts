import type {
	IDataObject,
	Workflow,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { pollingNode, TriggerContexts, type TriggerSetup } from './triggerContexts.mts';

/** The polling trigger on a host that keeps static data as n8n 2.40 does. */
export class PollingHost extends TriggerContexts {
	/** The static data that n8n has in its database. */
	saved = '{}';
	private running?: Workflow;

	constructor(setup: TriggerSetup) {
		super(setup, 'spakinectPollingTrigger');
	}

	/** A poll by the clock; static data stays in memory and is saved only with items. */
	async poll(activation: WorkflowActivateMode = 'activate'): Promise<IDataObject[]> {
		this.running ??= this.workflow(true, this.saved);
		const items = await this.run(this.running, 'trigger', activation);
		if (items.length > 0) this.saved = JSON.stringify(this.running.staticData);
		return items;
	}

	/** Publishing or a start of n8n: polls at once and saves the static data when that worked. */
	async activate(activation: WorkflowActivateMode = 'activate'): Promise<IDataObject[]> {
		this.running = this.workflow(true, this.saved);
		const items = await this.run(this.running, 'trigger', activation);
		this.saved = JSON.stringify(this.running.staticData);
		return items;
	}

	async pollManually(): Promise<IDataObject[]> {
		return await this.run(this.workflow(false, this.saved), 'manual', 'manual');
	}

	private async run(
		workflow: Workflow,
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode,
	): Promise<IDataObject[]> {
		const data = await pollingNode.poll.call(this.polling(workflow, mode, activation));
		return (data ?? []).flat().map(({ json }) => json);
	}
}
