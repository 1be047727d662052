import type { IDataObject } from 'n8n-workflow';
import { findOpenVisit } from '../domain/duplicates';
import { InputError } from '../domain/inputError';
import { buildIntakeAnswers } from '../domain/intake';
import { parseTreatments, resolveTreatments } from '../domain/treatments';
import type { CatalogueTreatment } from '../domain/treatments';
import { readVisit } from '../domain/visit';
import type { Visit } from '../domain/visit';
import type { Item, Result } from './operation';
import { read, readCollection } from './parameters';

/** Who a visit is for, as the duplicate guard compares people: e-mail at home, date of birth in person. */
export interface Person {
	firstName: string;
	lastName: string;
	email?: string;
	/** YYYY-MM-DD */
	dateOfBirth?: string;
}

/** Treatment names in the catalogue's spelling. One catalogue call an execution. */
export async function readTreatments(item: Item, mode: 'error' | 'send'): Promise<string[]> {
	const requested = parseTreatments(read(item, 'treatments'));
	const catalogue = (await item.api.treatments()) as unknown as CatalogueTreatment[];
	return resolveTreatments(requested, catalogue, mode);
}

/** `options.unknownTreatments`; anything but `send` refuses, the safe reading of a wrong expression. */
export const unknownTreatmentsMode = (options: IDataObject): 'error' | 'send' =>
	options.unknownTreatments === 'send' ? 'send' : 'error';

/** Intake answers for the request; nothing at all for a Client key, whose API refuses the field. */
export function readIntakeAnswers(item: Item): IDataObject {
	if (item.api.kind === 'client') return {};
	const answers = buildIntakeAnswers(readCollection(item, 'intakeAnswers'));
	return answers.length > 0 ? { intake_answers: answers } : {};
}

async function findExisting(
	item: Item,
	locationId: string,
	person: Person,
	treatments: string[],
	kind: 'atHome' | 'inPerson',
): Promise<Visit | undefined> {
	const listed = await item.api.list(locationId);
	const visits = listed.map((raw) => readVisit(raw)).filter((visit) => visit !== undefined);
	return findOpenVisit([...visits, ...item.created.at(locationId)], person, treatments, kind);
}

/**
 * Looks for an open visit if the user asked for it (`options.onExisting`).
 *
 * @returns the item to give back instead of creating, or undefined to go on
 * @throws InputError naming the existing GFE if the user wants to stop then
 */
export async function guardAgainstDuplicate(
	item: Item,
	locationId: string,
	person: Person,
	treatments: string[],
	kind: 'atHome' | 'inPerson',
): Promise<Visit | undefined> {
	const { onExisting } = readCollection(item, 'options');
	if (onExisting !== 'return' && onExisting !== 'error') return undefined;
	const existing = await findExisting(item, locationId, person, treatments, kind);
	if (existing && onExisting === 'error') {
		throw new InputError(
			'If an Open Visit Exists',
			`This patient has an open visit for these treatments already: GFE ${existing.gfe_id}`,
			'Nothing was created. Use that GFE, or cancel it first.',
		);
	}
	return existing;
}

/** Remembers a visit that this execution created, for the guard of the items that follow. */
export function rememberCreated(
	item: Item,
	gfeId: string,
	locationId: string,
	person: Person,
	treatments: string[],
): void {
	const visit = readVisit(
		{
			gfe_id: gfeId,
			status: 'Processing',
			requested_treatments: treatments,
			patient_details: {
				first_name: person.firstName,
				last_name: person.lastName,
				email: person.email,
				dob: person.dateOfBirth,
			},
		},
		{ locationId },
	);
	if (visit) item.created.add(locationId, visit);
}

/** The item of a create: what was sent, in its final form, and what came of it. */
export function echo(item: Item, sent: IDataObject, outcome: IDataObject): Result[] {
	const { reference } = readCollection(item, 'options');
	const hasReference = reference !== undefined && reference !== '';
	return [{ json: { ...outcome, ...sent, ...(hasReference ? { reference } : {}) } }];
}

/** The id of a new visit; the documentation calls it `gfe_id` in one place and `visit_id` in another. */
export const createdId = (answer: IDataObject): string | undefined => {
	const id = answer.gfe_id ?? answer.visit_id;
	return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
};
