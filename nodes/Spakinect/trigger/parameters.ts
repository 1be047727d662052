import type { FunctionsBase, INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { VisitOutput } from '../domain/visit/visit';
import type { KeyKind } from '../transport/credential';
import { toKeyKind } from '../shared/authentication';
import { toVisitOutput } from '../shared/fields';

/** The part of hook, webhook and poll contexts that reading parameters needs. */
export type ParameterContext = Pick<FunctionsBase, 'getNode' | 'getWorkflow'> & {
	getNodeParameter(name: string, fallback?: unknown): unknown;
};

export const readKind = (context: ParameterContext): KeyKind =>
	toKeyKind(context.getNodeParameter('authentication', 'emr'));

export const readOutput = (context: ParameterContext): VisitOutput =>
	toVisitOutput(context.getNodeParameter('output', 'visit'));

/** The chosen events. An expression may return one text or a comma-separated list. */
export function readEvents(context: ParameterContext): string[] {
	const value = context.getNodeParameter('events', []);
	const names = Array.isArray(value) ? value : String(value ?? '').split(',');
	return names.map((name) => String(name).trim()).filter((name) => name !== '');
}

/** The locations chosen from the list and those typed. */
const givenLocations = (context: ParameterContext): unknown[] =>
	[context.getNodeParameter('locations', []), context.getNodeParameter('locationIds', [])].flat();

/** Location IDs, or an empty array if none is given. */
export function readOptionalLocations(context: ParameterContext): string[] {
	return isBlank(givenLocations(context)) ? [] : readLocations(context);
}

/**
 * Location IDs, each once. An expression may return an array, or a text with commas.
 * @throws NodeOperationError if no location is given
 */
export function readLocations(context: ParameterContext): string[] {
	const ids = givenLocations(context)
		.filter((part) => typeof part === 'string' || typeof part === 'number')
		.flatMap((part) => String(part).split(','))
		.map((id) => id.trim())
		.filter((id) => id !== '');
	if (ids.length > 0) return [...new Set(ids)];
	throw new NodeOperationError(context.getNode(), "'Location IDs' is empty", {
		description:
			"Choose a location from the list, or enter its ID in 'Location IDs'. Copy the ID from the Spakinect Client Portal.",
	});
}

const isBlank = (value: unknown): boolean =>
	value === undefined ||
	value === null ||
	(Array.isArray(value) ? value.every(isBlank) : String(value).replace(/[\s,]/g, '') === '');

/** A key for each trigger of this n8n, for the memory of the process. */
export function nodeKey(context: Pick<FunctionsBase, 'getNode' | 'getWorkflow'>): string {
	const node: INode = context.getNode();
	return `${context.getWorkflow().id ?? ''}/${node.id}`;
}
