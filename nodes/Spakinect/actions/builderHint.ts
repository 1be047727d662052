import type { INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import type { AnyOperation } from './operation';
import { RESOURCES } from './registry';

const EFFECT_OF_WRITES = 'Changes data at Spakinect on every run, also in tests.';
const EFFECT_OF_READS = 'Reads only: contacts nobody and changes nothing.';

const hintText = ({ writes, hint }: AnyOperation): string =>
	[writes ? EFFECT_OF_WRITES : EFFECT_OF_READS, hint].filter(Boolean).join(' ');

/**
 * The hint that n8n's AI builder reads with an operation when it searches for nodes. It is set on each choice,
 * because n8n doesn't load a package that sets it on the drop-down.
 */
export const operationHint = (operation: AnyOperation): INodePropertyOptions['builderHint'] => ({
	propertyHint: hintText(operation),
});

/** The hints that n8n's AI builder reads for the action node: first the whole node, then each operation. */
export const builderHint: INodeTypeDescription['builderHint'] = {
	searchHint:
		"Good Faith Exams (GFEs) for med spas. Create of At-Home Visit requests an exam for a booking, and emails and texts the patient on every run, also in tests. Check Clearance of GFE decides before a treatment: treat only if cleared is true. A Completed exam isn't an approval. To react to results, start with the Spakinect Trigger instead of asking in a loop. Store the gfe_id with the booking. As tools of an AI agent, use operations that only read, and put a human review step before any other.",
	relatedNodes: [
		{
			nodeType: 'n8n-nodes-spakinect.spakinectTrigger',
			relationHint: 'Starts a workflow when a provider has evaluated an exam',
		},
		{
			nodeType: 'n8n-nodes-spakinect.spakinectPollingTrigger',
			relationHint:
				'The same for n8n without a public address, and for more workflows on the same API key',
		},
		{
			nodeType: 'n8n-nodes-base.if',
			relationHint: 'Branches on cleared after Check Clearance: only true counts',
		},
		{
			nodeType: 'n8n-nodes-base.dataTable',
			relationHint: 'Stores the gfe_id with the booking, for Cancel, Get and lists of open exams',
		},
	],
	extraTypeDefContent: RESOURCES.flatMap((resource) =>
		resource.operations.map((operation) => ({
			content: `@builderHint ${hintText(operation)}`,
			displayOptions: { show: { resource: [resource.value], operation: [operation.value] } },
		})),
	),
};
