import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	IPairedItemData,
} from 'n8n-workflow';
import type { KeyKind } from '../shared/authentication';
import type { SpakinectApiClient } from '../transport/api';
import type { CreatedVisits } from './create/createdVisits';
import type { Pace } from './run/pace';
import type { VisitLists } from './run/visitLists';
import type { Warnings } from './run/warnings';

/** What an operation gets for one input item. */
export interface Item {
	fn: IExecuteFunctions;
	index: number;
	/** The fields of the operation, for the panel's names of its parameters. */
	fields: readonly INodeProperties[];
	api: SpakinectApiClient;
	/** Visits created earlier in this run, which a list read at its start does not hold. */
	created: CreatedVisits;
	/** The lists of this run, read and indexed once each. */
	lists: VisitLists;
	/** To be awaited before work of some milliseconds, so that n8n can answer others. */
	pace: Pace;
	/** What a person should look at although it worked. */
	warnings: Warnings;
	/** The workflow's time zone, an IANA name. */
	zone: string;
	/** The day in that zone, YYYY-MM-DD. */
	today: string;
}

/** What an operation gives back; the router makes n8n items of it. */
export type Result = {
	json: IDataObject;
	binary?: IBinaryKeyData;
	/** Set by the router. */
	pairedItem?: IPairedItemData;
};

/** One resource/operation pair: what the panel shows and what it does. */
export interface Operation {
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
	/** Without displayOptions for resource and operation; the registry adds those. */
	fields: INodeProperties[];
	run(item: Item): Promise<Result[]>;
}

export interface Resource {
	value: string;
	name: string;
	description: string;
	operations: readonly Operation[];
}

export const EMR_ONLY: readonly KeyKind[] = ['emr'];
export const BOTH_KEYS: readonly KeyKind[] = ['emr', 'client'];
