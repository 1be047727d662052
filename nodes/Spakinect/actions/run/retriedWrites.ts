import type { INodeExecutionData } from 'n8n-workflow';
import { CreatedVisits } from '../create/createdVisits';
import type { Result } from '../operation';

/** How a write ended that must not be sent again: with its results, or in doubt. */
type Outcome = { results: Result[] } | { doubt: Error };

interface Kept {
	outcome?: Outcome;
	created?: CreatedVisits;
}

/**
 * n8n's Retry On Fail runs the whole node again, including finished items, which would contact patients twice.
 * A new try gets the same item objects in the same run of the node, so finished items return the results kept
 * here. The entries are freed with the items. Each pass of a loop is another run. For a new execution of the
 * same items, see CreateRecord.
 */
const keptBy = new WeakMap<INodeExecutionData, Map<string, Kept>>();

/** The finished writes of one run of one node in one execution, for n8n's Retry On Fail. */
export class RetriedWrites {
	private readonly run: string;

	constructor(executionId: string, nodeId: string, runIndex: number) {
		this.run = `${executionId}:${nodeId}:${runIndex}`;
	}

	get(input: INodeExecutionData): Outcome | undefined {
		return this.keptOf(input).outcome;
	}

	set(input: INodeExecutionData, outcome: Outcome): void {
		this.keptOf(input).outcome = outcome;
	}

	/**
	 * The visits that earlier tries created, for the duplicate guard. A try that takes its first items from
	 * memory wouldn't know them, and a Client key can't list them.
	 */
	created(first: INodeExecutionData): CreatedVisits {
		const kept = this.keptOf(first);
		kept.created ??= new CreatedVisits();
		return kept.created;
	}

	private keptOf(input: INodeExecutionData): Kept {
		const runs = keptBy.get(input) ?? new Map<string, Kept>();
		keptBy.set(input, runs);
		const kept = runs.get(this.run) ?? {};
		runs.set(this.run, kept);
		return kept;
	}
}
