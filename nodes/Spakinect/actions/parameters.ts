import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { emptyField, InputError, MISSING_ADVICE } from '../domain/inputError';
import { isObject } from '../domain/json';
import {
	collapseSpaces,
	decodeEntities,
	isBlank,
	isNoName,
	showsMissingValue,
	withoutInvisible,
} from '../domain/text';
import { locatorValue } from '../shared/choice';
import { draggedValue } from './dragged';
import type { Item } from './operation';

function resolve(item: Item, name: string, fallback: unknown): { value: unknown } | undefined {
	try {
		const dragged = draggedValue(item, name);
		return dragged ?? { value: item.fn.getNodeParameter(name, item.index, fallback) };
	} catch {
		return undefined;
	}
}

const hasOptions = (field: INodeProperties | undefined): INodeProperties[] =>
	field?.type === 'collection' ? ((field.options ?? []) as INodeProperties[]) : [];

/**
 * The panel's name of a field. Of a collection that can't be read, it is the option whose expression can't be
 * resolved.
 *
 * @param name of a field, or of an option with its collection, such as `options.asOf`
 */
export function labelOf(item: Item, name: string): string {
	const [own, option] = name.split('.');
	const field = item.fields.find((one) => one.name === own);
	const failing = hasOptions(field).find((one) =>
		option === undefined
			? resolve(item, `${name}.${one.name}`, null) === undefined
			: one.name === option,
	);
	return failing?.displayName ?? field?.displayName ?? name;
}

/**
 * A parameter as n8n resolved it, without a resource locator around it. An expression may return any value, or
 * none. n8n throws for a hidden parameter unless it gets a fallback.
 *
 * @param hidden the value of a hidden parameter
 * @throws InputError naming the field if its expression can't be resolved. n8n's own text is dropped, because
 *   it may quote patient data
 */
export function read(item: Item, name: string, hidden: unknown = null): unknown {
	const resolved = resolve(item, name, hidden);
	if (resolved) return locatorValue(resolved.value);
	const label = labelOf(item, name);
	throw new InputError(
		label,
		`The expression in '${label}' cannot be resolved`,
		'Open the node and look at the field: it shows what is wrong. Often it reads a node that did not run, or one that has no item for this item.',
	);
}

/** A collection such as Options. It is empty if the user never opened it. */
export function readCollection(item: Item, name: string): IDataObject {
	const value = read(item, name);
	return isObject(value) ? (value as IDataObject) : {};
}

/**
 * A text that may be empty. A number becomes a text.
 * @throws InputError for anything else, because a list read as empty would be lost silently
 */
export function optionalText(item: Item, name: string): string {
	const value = read(item, name);
	if (isBlank(value)) return '';
	if (typeof value === 'string') return withoutInvisible(value).trim();
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	const label = labelOf(item, name);
	throw new InputError(
		label,
		`'${label}' is not a text`,
		'Its expression returns a list, an object or something else. Change it to return a single value.',
	);
}

/**
 * The user's own ID as given, or null.
 * @throws InputError for a list or an object, because tables can't store it
 */
export function asReference(value: unknown): string | number | null {
	if (isBlank(value)) return null;
	if (typeof value === 'string' || typeof value === 'number') return value;
	throw new InputError(
		'Reference',
		"'Reference' is not a text",
		'Its expression returns a list or an object. Choose the one value that you want.',
	);
}

/**
 * A required text, trimmed.
 * @throws InputError naming the field
 */
export function requiredText(item: Item, name: string): string {
	const text = optionalText(item, name);
	if (text === '') throw emptyField(labelOf(item, name));
	return text;
}

const MAX_NAME_LENGTH = 100;

/**
 * A first or last name: 1 to 100 characters (the API's rule). Accents are composed (NFC), because Spakinect
 * recognizes a patient by the name and systems encode accents differently.
 * @throws InputError naming the field, also for {@link isNoName} and for words such as `undefined`. They come
 *   from an expression that found nothing, and Spakinect would invite the patient under that name
 */
export function requiredName(item: Item, name: string): string {
	const given = decodeEntities(requiredText(item, name)).trim();
	const text = collapseSpaces(given).normalize('NFC');
	const label = labelOf(item, name);
	if ([...text].length > MAX_NAME_LENGTH) {
		throw new InputError(label, `'${label}' is longer than ${MAX_NAME_LENGTH} characters`);
	}
	if (showsMissingValue(text)) {
		throw new InputError(label, `'${label}' contains a missing value`, MISSING_ADVICE);
	}
	if (isNoName(given)) {
		throw new InputError(label, `'${label}' is not a name`, 'Enter the name of the patient.');
	}
	return text;
}

/** Parts joined by single dots, as the API's own check of the format has it. */
const EMAIL =
	/^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z\d]([a-z\d-]*[a-z\d])?$/i;

/** An email address: the invitation goes to it, so a malformed one must stop here. */
export function requiredEmail(item: Item): string {
	const text = requiredText(item, 'email').replace(/^mailto:/i, '');
	if (!EMAIL.test(text)) {
		throw new InputError(
			'Email',
			"'Email' is not an email address",
			'Use an address such as name@example.com.',
		);
	}
	return text;
}
