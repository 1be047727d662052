import type { IDataObject } from 'n8n-workflow';
import { buildVisitFilter } from '../../domain/visit/listFilters';
import { EMPTY_ADVICE, InputError } from '../../domain/inputError';
import { KNOWN_STATUSES } from '../../domain/visit/status';
import { shapeVisit } from '../../domain/visit/visit';
import { outputField } from '../../shared/output';
import { locationIdField, maxParallelOption, optionsField, returnAllFields } from '../fields';
import { COMPLETED_HINT, readOutput } from '../getVisit';
import { BOTH_KEYS } from '../operation';
import type { Item, Operation, Result } from '../operation';
import { readCollection, readLimit, requiredText } from '../parameters';

const PATIENT_FILTERS: Array<[name: string, label: string]> = [
	['dateOfBirth', 'Date of Birth'],
	['patientEmail', 'Patient Email'],
	['patientName', 'Patient Name'],
];

/**
 * The filters, of which a blank one does not filter.
 *
 * @throws InputError for a filter of a patient whose expression finds nothing: taken for blank, it would
 *   hand every patient's visits to whatever comes next
 */
function readFilters(item: Item): IDataObject {
	const filters = readCollection(item, 'filters');
	for (const [name, label] of PATIENT_FILTERS) {
		if (name in filters && (filters[name] ?? null) === null) {
			throw new InputError(label, `'${label}' is empty`, EMPTY_ADVICE);
		}
	}
	return filters;
}

/** GET /gfes/{location} with an EMR key, GET /gfes?status=completed with a Client key. */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many GFEs',
	description:
		'Retrieve a list of GFEs: of one location in every status with an EMR key, the completed ones of every location with a Client key',
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
			options: [
				{
					displayName: 'Completed After',
					name: 'completedAfter',
					type: 'dateTime',
					default: '',
					description:
						'Evaluated at this time or later. A Client API key gets no evaluation dates, so nothing matches then.',
				},
				{
					displayName: 'Completed Before',
					name: 'completedBefore',
					type: 'dateTime',
					default: '',
					description:
						'Evaluated before this time. A Client API key gets no evaluation dates, so nothing matches then.',
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
					description: 'Part of the name; capitals, accents and spaces do not matter',
				},
				{
					displayName: 'Statuses',
					name: 'statuses',
					type: 'multiOptions',
					options: KNOWN_STATUSES.map((status) => ({ name: status, value: status })).sort((a, b) =>
						a.name.localeCompare(b.name),
					),
					default: [],
					description: 'By expression any status text; capitals do not matter',
				},
				{
					displayName: 'Treatment',
					name: 'treatment',
					type: 'string',
					default: '',
					placeholder: 'e.g. Botox',
					description: 'Requested or decided in the visit; the whole name, capitals do not matter',
				},
			],
		},
		optionsField([maxParallelOption]),
	],
	async run(item) {
		const isEmr = item.api.kind === 'emr';
		const locationId = isEmr ? requiredText(item, 'locationId', 'Location ID') : undefined;
		const limit = readLimit(item);
		const output = readOutput(item);
		const filters = readFilters(item);
		const matches = buildVisitFilter(filters, item.zone, item.today);

		const results: Result[] = [];
		let found = 0;
		for (const raw of await item.api.list(locationId)) {
			if (found >= limit) break;
			if (!matches(raw)) continue;
			found += 1;
			for (const shaped of shapeVisit(raw, output, { locationId })) {
				results.push({ json: shaped as IDataObject });
			}
		}
		return results;
	},
};
