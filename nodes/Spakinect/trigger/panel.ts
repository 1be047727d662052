import type {
	DisplayCondition,
	IDisplayOptions,
	INodeProperties,
	IRelatedNode,
} from 'n8n-workflow';

const CHOSEN: DisplayCondition[] = [{ _cnd: { exists: true } }];

const listField: INodeProperties = {
	displayName: 'Location Names or IDs',
	name: 'locations',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getLocations', loadOptionsDependsOn: ['authentication'] },
	default: [],
	hint: 'The list shows the locations in the credential (field Locations)',
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

/** The field for typed IDs. */
export const typedLocationIds = (description: string): INodeProperties => ({
	displayName: 'Location IDs',
	name: 'locationIds',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Location' },
	// One empty field, because n8n doesn't report a missing required value in an empty list.
	default: [''],
	placeholder: 'e.g. jkA6SQCtwZhRNpOFj0ZN',
	description,
});

/**
 * The locations of a trigger: a list to choose from and a field for IDs. Both count together. If `required`,
 * one of them must be filled in. n8n then marks the field for IDs only while nothing is chosen from the list.
 *
 * @param typed the result of {@link typedLocationIds}
 * @param show when the two are shown
 */
export function locationFields(
	typed: INodeProperties,
	show: NonNullable<IDisplayOptions['show']>,
	required = false,
): INodeProperties[] {
	const list = { ...listField, displayOptions: { show } };
	if (!required) return [list, { ...typed, displayOptions: { show } }];
	return [
		list,
		{ ...typed, required, displayOptions: { show, hide: { locations: CHOSEN } } },
		{ ...typed, hint: undefined, displayOptions: { show: { ...show, locations: CHOSEN } } },
	];
}

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
