import { locationIdField, returnAllFields } from '../fields';
import { BOTH_KEYS } from '../operation';
import type { Operation } from '../operation';
import { readChoice, readLimit } from '../choices';
import { requiredText } from '../parameters';

/** GET /treatments, or a location's favorites (EMR). */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many treatments',
	description:
		'Retrieve a list of treatments from the Spakinect catalog. Create operations use these names.',
	keys: BOTH_KEYS,
	writes: false,
	hint: 'Shows the names that Create and Check Clearance accept. Map the services of the booking system to them.',
	fields: [
		{
			displayName: 'Source',
			name: 'source',
			type: 'options',
			options: [
				{ name: 'All', value: 'all', description: 'The whole catalog' },
				{
					name: 'Favorites',
					value: 'favorites',
					description: 'The treatments a location marked as favorites',
				},
			],
			default: 'all',
			displayOptions: { show: { authentication: ['emr'] } },
		},
		{
			...locationIdField,
			displayOptions: { show: { authentication: ['emr'], source: ['favorites'] } },
		},
		...returnAllFields,
	],
	async run(item) {
		// n8n drops the value of a field that is not shown, so a Client key never asks for favorites.
		const source = readChoice(item, 'source', ['all', 'favorites']);
		const limit = readLimit(item);
		const favoritesOf = source === 'favorites' ? requiredText(item, 'locationId') : undefined;
		const treatments = await item.api.treatments(favoritesOf);
		return treatments.slice(0, limit).map((treatment) => ({ json: treatment }));
	},
};
