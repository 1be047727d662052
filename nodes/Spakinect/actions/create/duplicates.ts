import type { IDataObject } from 'n8n-workflow';
import { findOpenVisit } from '../../domain/visit/openVisit';
import { InputError } from '../../domain/inputError';
import type { LinkedVisit } from './createdVisits';
import type { Item } from '../operation';
import { optionChoice } from '../choices';
import { readCollection } from '../parameters';

const FIELD = 'If an Open Visit Exists';
const MODES = ['create', 'return', 'error'] as const;

/** Who a visit is for, as the duplicate guard compares people: e-mail at home, date of birth in person. */
export interface Person {
	firstName: string;
	lastName: string;
	email?: string;
	/** YYYY-MM-DD */
	dateOfBirth?: string;
}

/** The visit that a create asks for, as far as another one can be the same. */
export interface Wanted {
	kind: 'atHome' | 'inPerson';
	locationId: string;
	person: Person;
	treatments: string[];
}

/** `options.onExisting`. */
const readMode = (item: Item): (typeof MODES)[number] =>
	optionChoice(readCollection(item, 'options'), 'onExisting', FIELD, MODES, 'create');

/** `visit_link` of an answer or a visit; the documentation promises it nowhere. */
export const linkOf = ({ visit_link: link }: IDataObject): string | null =>
	typeof link === 'string' && link !== '' ? link : null;

async function findExisting(
	item: Item,
	{ kind, locationId, person, treatments }: Wanted,
	fresh: boolean,
): Promise<LinkedVisit | undefined> {
	const list = await item.lists.at(locationId, { fresh });
	const known: LinkedVisit[] = list
		.named(person)
		.map(({ visit, raw }) => ({ visit, link: linkOf(raw as IDataObject) }));
	// Last, since of several the last is taken, and only these are sure to have their link.
	known.push(...item.created.at(locationId));
	const visits = known.map(({ visit }) => visit);
	const found = findOpenVisit(visits, person, treatments, kind);
	return known.find(({ visit }) => visit === found);
}

/**
 * Looks for an open visit if the user asked for it (`options.onExisting`).
 *
 * @returns the visit to give back instead of creating, or undefined to go on
 * @throws InputError naming the existing GFE if the user wants to stop then; also if an item before may
 *   have created the same visit and the list does not show it
 */
export async function guardAgainstDuplicate(
	item: Item,
	wanted: Wanted,
): Promise<LinkedVisit | undefined> {
	const mode = readMode(item);
	if (mode === 'create') return undefined;
	const { kind, locationId, person, treatments } = wanted;
	const doubts = item.created.doubtsAt(locationId);
	const isInDoubt = findOpenVisit(doubts, person, treatments, kind) !== undefined;
	const existing = await findExisting(item, wanted, isInDoubt);
	if (existing && mode === 'error') {
		throw new InputError(
			FIELD,
			`This patient has an open visit for these treatments already: GFE ${existing.visit.gfe_id}`,
			'Nothing was created. Use that GFE, or cancel it first.',
		);
	}
	if (!existing && isInDoubt) {
		throw new InputError(
			FIELD,
			'An item before this one may have created the same visit: nothing was sent',
			'Look for the visit in the portal before you run either item again.',
		);
	}
	return existing;
}
