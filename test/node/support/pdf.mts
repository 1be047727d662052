import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';
import type { RunResult } from './harness.mts';

/** The stored file of an item, from memory or from n8n's storage. */
export async function fileOf(result: RunResult, index = 0, field = 'data') {
	const meta = result.outputs[0]?.[index]?.binary?.[field] as IBinaryData;
	const bytes = await Container.get(BinaryDataService).getAsBuffer(meta);
	return { meta, bytes };
}

export const hasFile = (result: RunResult): boolean =>
	result.outputs.flat().some((item) => item.binary !== undefined);
