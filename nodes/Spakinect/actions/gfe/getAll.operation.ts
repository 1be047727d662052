import type { IDataObject } from 'n8n-workflow';
import { buildVisitFilter } from '../../domain/visit/listFilters';
import { shapeVisit } from '../../domain/visit/shape';
import { outputField, optionsField } from '../../shared/fields';
import { locationIdField, maxParallelOption, returnAllFields } from '../fields';
import { COMPLETED_HINT, readOutput } from '../getVisit';
import { BOTH_KEYS } from '../operation';
import type { Operation, Result } from '../operation';
import { readLimit } from '../choices';
import { requiredText } from '../parameters';
import { FILTERS, readFilters } from './filters';

/** Visits to shape before other work gets a turn. */
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
		const locationId = item.api.kind === 'emr' ? requiredText(item, 'locationId') : undefined;
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
