import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { buildVisitFilter } from '../../domain/visit/listFilters';
import { InputError } from '../../domain/inputError';
import { readList } from '../../domain/text/list';
import { isBlank, withoutInvisible } from '../../domain/text/text';
import { KNOWN_STATUSES } from '../../domain/visit/status';
import { shapeVisit } from '../../domain/visit/visit';
import { outputField } from '../../shared/output';
import { locationIdField, maxParallelOption, returnAllFields } from '../fields';
import { optionsField } from '../../shared/optionsField';
import { COMPLETED_HINT, readOutput } from '../getVisit';
import { BOTH_KEYS } from '../operation';
import type { Item, Operation, Result } from '../operation';
import { readLimit } from '../choices';
import { readCollection, requiredText } from '../parameters';

const FILTERS: INodeProperties[] = [
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
 * @throws InputError for one that is empty, mostly an expression that finds nothing: taken for no filter, it
 *   would hand every patient's visits to whatever comes next
 */
function readFilters(item: Item): IDataObject {
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

/** So many visits are shaped between two breaths. */
const CHUNK = 200;

/** GET /gfes/{location} with an EMR key, GET /gfes?status=completed with a Client key. */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many GFEs',
	description:
		'Retrieve a list of GFEs. An EMR key lists one location in every status; a Client key lists the completed GFEs of every location.',
	keys: BOTH_KEYS,
	writes: false,
	hint: COMPLETED_HINT,
	fields: [
		{ ...locationIdField, displayOptions: { show: { authentication: ['emr'] } } },
		...returnAllFields,
		outputField,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: FILTERS,
		},
		optionsField([maxParallelOption]),
	],
	async run(item) {
		const locationId =
			item.api.kind === 'emr' ? requiredText(item, 'locationId', 'Location ID') : undefined;
		const limit = readLimit(item);
		const output = readOutput(item);
		const filters = readFilters(item);
		const matches = buildVisitFilter(filters, item.zone, item.today);

		const results: Result[] = [];
		let found = 0;
		for (const raw of await item.api.list(locationId)) {
			if (found >= limit) break;
			if (!matches(raw)) continue;
			if (found++ % CHUNK === 0) await item.pace.breathe();
			for (const shaped of shapeVisit(raw, output, { locationId, zone: item.zone })) {
				results.push({ json: shaped as IDataObject });
			}
		}
		return results;
	},
};
