import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { readLocationLines } from '../domain/location/locationLines';
import { credentialName } from '../transport/credential';
import { toKeyKind } from '../shared/authentication';

/**
 * The locations in the credential's field Locations, because the API has no list of locations.
 *
 * @param filter part of a name or ID, without case
 */
export async function getLocations(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodePropertyOptions[]> {
	const kind = toKeyKind(this.getCurrentNodeParameter('authentication'));
	const { locations } = await this.getCredentials(credentialName(kind));
	const wanted = filter.trim().toLowerCase();
	return readLocationLines(locations)
		.filter(({ name, id }) => `${name}\n${id}`.toLowerCase().includes(wanted))
		.sort((a, b) => a.name.localeCompare(b.name))
		.map(({ name, id }) => ({ name, value: id, description: id }));
}

/** The same for a resource locator. */
export async function searchLocations(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const results = await getLocations.call(this, filter);
	return { results: results.map(({ name, value }) => ({ name, value })) };
}
