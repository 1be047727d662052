import type { INodeExecutionData } from 'n8n-workflow';
import type { Result } from './operation';

/** How a write ended that must not be sent again: with its result, or in doubt. */
type Outcome = { results: Result[] } | { doubt: Error };

/**
 * n8n's Retry On Fail runs the whole node again, items that are done included, and so would contact
 * patients twice. A new try gets the same item objects in the same run of the node, so what is kept here
 * answers for them. The entries go with the items; a loop that comes back is another run.
 */
const outcomes = new WeakMap<INodeExecutionData, Map<string, Outcome>>();

/** The writes of one run of one node. */
export class FinishedWrites {
	constructor(
		private readonly nodeId: string,
		private readonly runIndex: number,
	) {}

	get(input: INodeExecutionData): Outcome | undefined {
		return outcomes.get(input)?.get(this.key());
	}

	set(input: INodeExecutionData, outcome: Outcome): void {
		const known = outcomes.get(input) ?? new Map<string, Outcome>();
		known.set(this.key(), outcome);
		outcomes.set(input, known);
	}

	private key(): string {
		return `${this.nodeId}:${this.runIndex}`;
	}
}
