import { hasEnded, type Execution, type ExecutionSummary } from '../../../sandbox/n8n/client.mts';
import { until } from '../../../sandbox/n8n/until.mts';
import type { ExamplesClient } from './examplesClient.mts';

const PATIENCE_MS = 90_000;

/** What n8n's Error Trigger gives. */
interface Failure {
	execution?: { id?: string };
}

/** The failed execution for which the error workflow ran. */
const causeOf = ({ runData }: Execution): string | undefined =>
	Object.values(runData)
		.flatMap((runs) => runs[0]?.data?.main?.[0] ?? [])
		.map(({ json }) => (json as Failure).execution?.id)
		.find(Boolean);

/** n8n starts the error workflow after it has stored the failed execution, so who sees that one has to wait. */
export class ErrorWorkflow {
	/** The failed executions for which it has run to its end. */
	private readonly heard = new Set<string>();
	private readonly read = new Set<string>();

	constructor(
		private readonly client: ExamplesClient,
		private readonly id: string,
	) {}

	/** Waits until it has run for an execution, if that has failed. Runs by hand don't start it. */
	async hears(execution: ExecutionSummary): Promise<void> {
		const { id, status, mode, workflowId } = execution;
		if (status !== 'error' || mode === 'manual' || workflowId === this.id) return;
		await until(`the error workflow runs for execution ${id}`, PATIENCE_MS, async () => {
			if (!this.heard.has(id)) await this.readNew();
			return this.heard.has(id) ? true : undefined;
		});
	}

	/** Waits until nothing runs, and until it has run for everything that has failed. */
	async quiet(): Promise<void> {
		await until('nothing runs', PATIENCE_MS, async () =>
			(await this.client.executionsWith('new', 'running')).length === 0 ? true : undefined,
		);
		for (const failed of await this.client.executionsWith('error')) await this.hears(failed);
	}

	private async readNew(): Promise<void> {
		const ended = (await this.client.executions(this.id)).filter(hasEnded);
		for (const { id } of ended.filter((one) => !this.read.has(one.id))) {
			const cause = causeOf(await this.client.execution(id));
			if (cause !== undefined) this.heard.add(cause);
			this.read.add(id);
		}
	}
}
