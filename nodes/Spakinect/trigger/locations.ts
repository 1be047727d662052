import type { DisplayCondition, IDisplayOptions, INodeProperties } from 'n8n-workflow';

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
