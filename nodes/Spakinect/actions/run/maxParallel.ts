import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * The one option that counts for all items. Read alone: were the whole collection resolved here, an
 * expression in another option that fails for the first item would fail them all, and with Continue On Fail
 * n8n would then pass the input on as if it were the result.
 */
export function readMaxParallel(fn: IExecuteFunctions): unknown {
	try {
		return fn.getNodeParameter('options.maxParallelRequests', 0, null) ?? undefined;
	} catch {
		return undefined;
	}
}
