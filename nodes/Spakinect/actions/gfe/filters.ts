import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { InputError } from '../../domain/inputError';
import { readList } from '../../domain/json';
import { isBlank, withoutInvisible } from '../../domain/text';
import { KNOWN_STATUSES } from '../../domain/visit/status';
import type { Item } from '../operation';
import { readCollection } from '../parameters';

/** The filters of Get Many, in the order of the panel. */
export const FILTERS: INodeProperties[] = [
	{
		displayName: 'Completed After',
		name: 'completedAfter',
		type: 'dateTime',
		default: '',
		description:
			'Only GFEs evaluated at this time or later. With a Client API key, nothing matches: it gets no evaluation dates.',
	},
	{
		displayName: 'Completed Before',
		name: 'completedBefore',
		type: 'dateTime',
		default: '',
		description:
			'Only GFEs evaluated before this time. With a Client API key, nothing matches: it gets no evaluation dates.',
	},
	{
		displayName: 'Date of Birth',
		name: 'dateOfBirth',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1990-04-25',
		description: 'As 1990-04-25, 04/25/1990 or 04-25-1990 (month first)',
	},
	{
		displayName: 'Patient Email',
		name: 'patientEmail',
		type: 'string',
		default: '',
		placeholder: 'e.g. nathan@example.com',
	},
	{
		displayName: 'Patient Name',
		name: 'patientName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Nathan Smith',
		description: "Part of the name. Capitals, accents and spaces don't matter.",
	},
	{
		displayName: 'Statuses',
		name: 'statuses',
		type: 'multiOptions',
		options: KNOWN_STATUSES.map((status) => ({ name: status, value: status })).sort((a, b) =>
			a.name.localeCompare(b.name),
		),
		default: [],
		description:
			"Only GFEs with one of these statuses. An expression can give any status text; capitals don't matter.",
	},
	{
		displayName: 'Treatment',
		name: 'treatment',
		type: 'string',
		default: '',
		placeholder: 'e.g. Botox',
		description:
			"The whole name of a treatment that was requested or decided. Capitals don't matter.",
	},
];

const isEmpty = (value: unknown): boolean => {
	const text = typeof value === 'string' ? withoutInvisible(value) : value;
	const list = readList(text);
	return isBlank(text) || (list !== null && list.every(isBlank));
};

/**
 * The filters that were added.
 *
 * @throws InputError for an empty filter, usually an expression that finds nothing. Without the filter, the
 *   output would hold every patient's visits
 */
export function readFilters(item: Item): IDataObject {
	const filters = readCollection(item, 'filters');
	const empty = FILTERS.find(({ name }) => name in filters && isEmpty(filters[name]));
	if (empty) {
		throw new InputError(
			empty.displayName,
			`'${empty.displayName}' is empty`,
			'Fill in the filter, remove it, or check that its expression finds a value.',
		);
	}
	return filters;
}
