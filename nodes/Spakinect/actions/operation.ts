import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	IPairedItemData,
} from 'n8n-workflow';
import type { KeyKind } from '../transport/credential';
import type { SpakinectApiClient } from '../transport/api';
import type { CreatedVisits } from './create/createdVisits';
import type { CreateRecord } from './run/createRecord';
import type { Pace } from './run/pace';
import type { VisitLists } from './run/visitLists';
import type { Warnings } from './run/warnings';

/** What an operation gets for one input item. */
export interface Item {
	fn: IExecuteFunctions;
	index: number;
	/** The fields of the operation. Errors take the names of parameters from them. */
	fields: readonly INodeProperties[];
	api: SpakinectApiClient;
	/** Visits created earlier in this run, which a list read at its start does not hold. */
	created: CreatedVisits;
	/** The lists of this run, read and indexed once each. */
	lists: VisitLists;
	/** Await it before work that takes some milliseconds, so that n8n can answer other requests. */
	pace: Pace;
	/** The creates of this run and of earlier tries. */
	record: CreateRecord;
	/** Hints for a person to check, although the item succeeded. */
	warnings: Warnings;
	/** The workflow's time zone, an IANA name. */
	zone: string;
	/** The day in that zone, YYYY-MM-DD. */
	today: string;
}

/** What an operation returns. The router turns it into n8n items. */
export type Result = {
	json: IDataObject;
	binary?: IBinaryKeyData;
	/** Set by the router. */
	pairedItem?: IPairedItemData;
};

/** One resource/operation pair: what the panel shows. */
interface OperationPanel {
	value: string;
	name: string;
	/** Read by people in the node list and by AI models that use the node as a tool. */
	action: string;
	description: string;
	/** The keys whose API has this endpoint. */
	keys: readonly KeyKind[];
	/** Writes run one at a time; reads run side by side. */
	writes: boolean;
	/**
	 * What someone who builds a workflow without seeing the panel must know, in plain sentences. n8n's AI
	 * builder reads it: n8n gives it neither notices nor the descriptions of operations. Whether the
	 * operation writes is said before it.
	 */
	hint?: string;
	/** Without displayOptions for resource and operation, which panel.ts adds. */
	fields: INodeProperties[];
}

/** An operation on each input item. */
export interface Operation extends OperationPanel {
	run(item: Item): Promise<Result[]>;
}

/** The outcome of an operation on all items: results or the error of one item, or results that belong to all. */
export type Outcome =
	| { of: number; error: unknown }
	| {
			/** Index of the input item. */
			of: number | 'all';
			results: Result[];
	  };

/** An operation that runs once and looks at all input items together. It only reads. */
export interface AllItemsOperation extends OperationPanel {
	writes: false;
	/**
	 * @param items all input items, at least one
	 * @returns the outcomes in the order of the output
	 * @throws an error that counts for every item
	 */
	runAll(items: Item[]): Promise<Outcome[]>;
}

export type AnyOperation = Operation | AllItemsOperation;

export interface Resource {
	value: string;
	name: string;
	description: string;
	operations: readonly AnyOperation[];
}

export const EMR_ONLY: readonly KeyKind[] = ['emr'];
export const BOTH_KEYS: readonly KeyKind[] = ['emr', 'client'];
