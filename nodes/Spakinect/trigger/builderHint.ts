import type { IRelatedNode } from 'n8n-workflow';

/** What n8n's AI builder must know about an event of either trigger. */
export const COMPLETED_EVENT_HINT =
	"Completed isn't an approval: look at all_approved, or at the decision on each treatment (set output to treatments). For a chat message without patient data, set output to summary. Put a Remove Duplicates node on event_id directly after this node, since an event can arrive twice.";

/** The nodes to use after either trigger. */
export const eventNodes: IRelatedNode[] = [
	{
		nodeType: 'n8n-nodes-base.removeDuplicates',
		relationHint:
			'Directly after the trigger: removes items processed in previous executions, by event_id',
	},
	{
		nodeType: 'n8n-nodes-spakinect.spakinect',
		relationHint: 'Downloads the PDF of the exam, checks clearance, cancels or requests exams',
	},
];
