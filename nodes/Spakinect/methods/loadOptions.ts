import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { treatmentKey } from '../domain/treatment/key';
import { toKeyKind } from '../shared/authentication';
import { locatorValue } from '../shared/choice';
import { createApi } from '../transport/api';

const names = (treatments: Array<{ name?: unknown }>): string[] =>
	treatments
		.map(({ name }) => name)
		.filter((name): name is string => typeof name === 'string' && name.trim() !== '')
		.sort((a, b) => a.localeCompare(b));

/** Favorites only change the order, so if they can't be read, the list is the plain catalog. */
async function favoriteNames(
	fn: ILoadOptionsFunctions,
	api: Awaited<ReturnType<typeof createApi>>,
): Promise<string[]> {
	const locationId = locatorValue(fn.getCurrentNodeParameter('locationId'));
	if (api.kind === 'client' || typeof locationId !== 'string' || !locationId.trim()) return [];
	// An expression can't be resolved while the workflow is edited.
	if (locationId.includes('{{')) return [];
	return await api.treatments(locationId.trim()).then(names, () => []);
}

/** The treatments for the picker. The location's favorites come first. */
export async function getTreatments(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const api = await createApi(this, toKeyKind(this.getCurrentNodeParameter('authentication')));
	const [favorites, all] = await Promise.all([
		favoriteNames(this, api),
		api.treatments().then(names),
	]);
	const isFavorite = new Set(favorites.map(treatmentKey));
	return [
		...favorites.map((name) => ({ name, value: name, description: 'Favorite of this location' })),
		...all
			.filter((name) => !isFavorite.has(treatmentKey(name)))
			.map((name) => ({ name, value: name })),
	];
}
