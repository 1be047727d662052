import type { Answer } from '../shared/http.mts';
import type { Values } from '../shared/fields.mts';
import { invalid } from './errors.mts';
import type { Property } from './properties.mts';
import { readFilters } from './search.mts';

const BRIEF = ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'];
export interface Contact {
	vid: number;
	properties: Record<string, string>;
}

/** Answers a search over contacts. @param body the body of HubSpot's CRM search */
export const searchContacts = (
	contacts: Iterable<Contact>,
	known: ReadonlyMap<string, Property>,
	body: Values,
): Answer => {
	const { filterGroups, query, sorts, properties, limit = 10, after = 0 } = body;
	const size = limit as number;
	if (size < 1 || size > 200) return invalid(`Invalid limit: ${size}. The maximum is 200.`);
	const test = readFilters(known, filterGroups);
	const [sort] = (sorts ?? []) as Array<{ propertyName?: string; direction?: string }>;
	if (!test || (sort && !known.has(sort.propertyName ?? ''))) {
		return invalid('There was a problem with the request.');
	}
	const text = String(query ?? '').toLowerCase();
	const found = [...contacts].filter(
		(one) =>
			test(one.properties) &&
			Object.values(one.properties).some((value) => value.toLowerCase().includes(text)),
	);
	const by = sort?.propertyName ?? 'hs_object_id';
	found.sort((a, b) => (a.properties[by] ?? '').localeCompare(b.properties[by] ?? ''));
	if (sort?.direction === 'DESCENDING') found.reverse();
	const start = Number(after);
	const wanted = Array.isArray(properties) ? properties.map(String) : [];
	const results = found.slice(start, start + size).map((one) => ({
		id: String(one.vid),
		properties: Object.fromEntries(
			[...BRIEF, ...wanted].map((name) => [name, one.properties[name] ?? null]),
		),
		createdAt: one.properties.createdate,
		updatedAt: one.properties.lastmodifieddate,
		archived: false,
	}));
	const isMore = found.length > start + size;
	const paging = isMore ? { paging: { next: { after: String(start + size) } } } : {};
	return { status: 200, json: { total: found.length, results, ...paging } };
};
