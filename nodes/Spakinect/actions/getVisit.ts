import type { IDataObject } from 'n8n-workflow';
import type { VisitOutput } from '../domain/visit';
import { readVisit, shapeVisit } from '../domain/visit';
import { toVisitOutput } from '../shared/output';
import type { Item, Result } from './operation';
import { read, requiredText } from './parameters';

/** The `output` parameter. */
export const readOutput = (item: Item): VisitOutput => toVisitOutput(read(item, 'output'));

/** One visit in the chosen form: the same endpoint serves visits at home and in person. */
export async function getVisit(item: Item): Promise<Result[]> {
	const gfeId = requiredText(item, 'gfeId', 'GFE ID');
	const raw = await item.api.visit(gfeId);
	// An answer without its id is still of the visit that was asked for: dropped, the item would be lost.
	const output = readOutput(item);
	const named = output === 'raw' || readVisit(raw) ? raw : { ...raw, gfe_id: gfeId };
	return shapeVisit(named, output).map((shaped) => ({ json: shaped as IDataObject }));
}
