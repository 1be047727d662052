import type { IDataObject, Workflow, WorkflowActivateMode } from 'n8n-workflow';
import { pollingNode, TriggerContexts, type TriggerSetup } from './triggerContexts.mts';

/** The polling trigger on a host that keeps static data as n8n 2 does. */
export class PollingHost extends TriggerContexts {
	/** The static data that n8n has in its database. */
	saved = '{}';
	private running?: Workflow;
	private context?: ReturnType<TriggerContexts['polling']>;

	constructor(setup: TriggerSetup) {
		super(setup, 'spakinectPollingTrigger');
	}

	/** A scheduled poll. It uses the context of the activation, and static data is saved only with items. */
	async poll(): Promise<IDataObject[]> {
		const items = await this.run(this.context!);
		if (items.length > 0) this.saved = JSON.stringify(this.running!.staticData);
		return items;
	}

	/** Publishing or a start of n8n: polls immediately and saves the static data if that worked. */
	async activate(activation: WorkflowActivateMode = 'activate'): Promise<IDataObject[]> {
		this.running = this.workflow(true, this.saved);
		this.context = this.polling(this.running, 'trigger', activation);
		const items = await this.run(this.context);
		this.saved = JSON.stringify(this.running.staticData);
		return items;
	}

	async pollManually(): Promise<IDataObject[]> {
		return await this.run(this.polling(this.workflow(false, this.saved), 'manual', 'manual'));
	}

	private async run(context: ReturnType<TriggerContexts['polling']>): Promise<IDataObject[]> {
		const data = await pollingNode.poll.call(context);
		return (data ?? []).flat().map(({ json }) => json);
	}
}
