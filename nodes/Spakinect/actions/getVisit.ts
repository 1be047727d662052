import type { IDataObject } from 'n8n-workflow';
import { shapeVisit } from '../domain/visit';
import type { Item, Result } from './operation';
import { optionalText, requiredText } from './parameters';

export type VisitOutput = 'visit' | 'treatments' | 'raw';

/** The `output` parameter; anything unknown is the default. */
export function readOutput(item: Item): VisitOutput {
	const output = optionalText(item, 'output');
	return output === 'raw' || output === 'treatments' ? output : 'visit';
}

/** One visit in the chosen form: the same endpoint serves visits at home and in person. */
export async function getVisit(item: Item): Promise<Result[]> {
	const raw = await item.api.visit(requiredText(item, 'gfeId', 'GFE ID'));
	return shapeVisit(raw, readOutput(item)).map((shaped) => ({ json: shaped as IDataObject }));
}
