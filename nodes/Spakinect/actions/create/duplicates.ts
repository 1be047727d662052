import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../domain/inputError';
import { findOpenVisit } from '../../domain/visit/openVisit';
import type { Item } from '../operation';
import type { LinkedVisit } from './createdVisits';
import { ON_EXISTING_FIELD, readOnExisting } from './onExisting';
import type { Wanted } from './wanted';

/** `visit_link` of an answer or a visit. The documentation doesn't promise it anywhere. */
export const linkOf = ({ visit_link: link }: IDataObject): string | null =>
	typeof link === 'string' && link !== '' ? link : null;

/** More input for the search for an open visit. */
interface Search {
	/** Set if an earlier try of the item may have created the visit. */
	retriedDoubt?: 'older' | 'recent';
	/** A GFE to ignore, because it is about to be canceled. */
	except?: string;
}

/** The open visit that makes a new one needless, whatever the user chose: of the list, or of this run. */
export async function findExisting(
	item: Item,
	{ kind, locationId, person, treatments }: Wanted,
	fresh: boolean,
	except?: string,
): Promise<LinkedVisit | undefined> {
	const list = await item.lists.at(locationId, { fresh });
	const known: LinkedVisit[] = list
		.named(person)
		.map(({ visit, raw }) => ({ visit, link: linkOf(raw as IDataObject) }));
	// At the end, because the last match is used and only these are sure to have their link.
	known.push(...item.created.at(locationId));
	const visits = known
		.map(({ visit }) => visit)
		.filter(({ gfe_id: id }) => id !== except && !item.created.isCanceled(id));
	const found = findOpenVisit(visits, person, treatments, kind);
	return known.find(({ visit }) => visit === found);
}

/**
 * For an item that n8n runs again after a try without a reliable answer. The node looks for the visit, whatever
 * the user chose. After an automatic retry, a visit that was just requested may not be in the list yet, so its
 * absence proves nothing.
 */
async function findDoubtful(
	item: Item,
	wanted: Wanted,
	{ retriedDoubt, except }: Search,
): Promise<LinkedVisit | undefined> {
	const existing = await findExisting(item, wanted, true, except);
	if (!existing && (item.api.kind === 'client' || retriedDoubt === 'recent')) {
		throw new InputError(
			ON_EXISTING_FIELD,
			'The first try of this item may have created the visit, so nothing was sent',
			"Look for the visit in the portal. If it isn't there, start a new execution instead of this retry.",
		);
	}
	return existing;
}

/**
 * Looks for an open visit unless the user chose to create another.
 *
 * @returns the visit to return instead of creating one, or undefined to go on
 * @throws InputError naming the existing GFE if the user chose to stop. Also if an earlier item may have
 *   created the same visit and the list doesn't show it
 */
export async function guardAgainstDuplicate(
	item: Item,
	wanted: Wanted,
	search: Search = {},
): Promise<LinkedVisit | undefined> {
	const mode = readOnExisting(item);
	if (search.retriedDoubt) return await findDoubtful(item, wanted, search);
	if (mode === 'create') return undefined;
	const { kind, locationId, person, treatments } = wanted;
	const doubts = item.created.doubtsAt(locationId);
	const isInDoubt = findOpenVisit(doubts, person, treatments, kind) !== undefined;
	const existing = await findExisting(item, wanted, isInDoubt, search.except);
	if (existing && mode === 'error') {
		throw new InputError(
			ON_EXISTING_FIELD,
			`This patient already has an open visit for these treatments: GFE ${existing.visit.gfe_id}`,
			'Nothing was created. Use that GFE, or cancel it first.',
		);
	}
	if (!existing && isInDoubt) {
		throw new InputError(
			ON_EXISTING_FIELD,
			'An earlier item may have created the same visit, so nothing was sent',
			'Look for the visit in the portal before you run either item again.',
		);
	}
	return existing;
}
