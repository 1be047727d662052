import type { IDataObject } from 'n8n-workflow';
import type { VisitOutput } from '../domain/visit';
import { shapeVisit } from '../domain/visit';
import { toVisitOutput } from '../shared/output';
import type { Item, Result } from './operation';
import { read, requiredText } from './parameters';

/** The `output` parameter. */
export const readOutput = (item: Item): VisitOutput => toVisitOutput(read(item, 'output'));

/** One visit in the chosen form: the same endpoint serves visits at home and in person. */
export async function getVisit(item: Item): Promise<Result[]> {
	const raw = await item.api.visit(requiredText(item, 'gfeId', 'GFE ID'));
	return shapeVisit(raw, readOutput(item)).map((shaped) => ({ json: shaped as IDataObject }));
}
