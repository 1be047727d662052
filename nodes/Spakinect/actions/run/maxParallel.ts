import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * The one option that applies to all items. It is read alone: if the whole collection were resolved here, a
 * failing expression in another option of the first item would fail all items. With Continue On Fail, n8n would
 * then pass the input on as the result.
 */
export function readMaxParallel(fn: IExecuteFunctions): unknown {
	try {
		return fn.getNodeParameter('options.maxParallelRequests', 0, null) ?? undefined;
	} catch {
		return undefined;
	}
}
