import type { IDataObject } from 'n8n-workflow';
import { EMPTY_ADVICE, InputError } from '../domain/inputError';
import type { Item } from './operation';

/**
 * A parameter as n8n resolved it: an expression may give a value of any kind, or none. One that the panel
 * hides (by the kind of key) is not there at all, and n8n throws for it unless told what to give instead.
 */
export const read = (item: Item, name: string): unknown =>
	item.fn.getNodeParameter(name, item.index, null);

/** A collection such as Options; what was never opened is empty. */
export function readCollection(item: Item, name: string): IDataObject {
	const value = read(item, name);
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as IDataObject)
		: {};
}

const toText = (value: unknown): string =>
	typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';

/** A text that may be left empty. */
export const optionalText = (item: Item, name: string): string => toText(read(item, name));

/**
 * A text that must be there, trimmed.
 *
 * @param label the field's name in the panel
 * @throws InputError naming the field
 */
export function requiredText(item: Item, name: string, label: string): string {
	const text = optionalText(item, name);
	if (text === '') {
		throw new InputError(label, `'${label}' is empty`, EMPTY_ADVICE);
	}
	return text;
}

const MAX_NAME_LENGTH = 100;

/** A first or last name: 1 to 100 characters (the API's rule). */
export function requiredName(item: Item, name: string, label: string): string {
	const text = requiredText(item, name, label).replace(/\s+/g, ' ');
	if (text.length > MAX_NAME_LENGTH) {
		throw new InputError(label, `'${label}' is longer than ${MAX_NAME_LENGTH} characters`);
	}
	return text;
}

/** Parts joined by single dots, as the API's own check of the format has it. */
const EMAIL =
	/^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z\d]([a-z\d-]*[a-z\d])?$/i;

/** An e-mail address: the invitation goes to it, so a malformed one must stop here. */
export function requiredEmail(item: Item, name = 'email', label = 'Email'): string {
	const text = requiredText(item, name, label).replace(/^mailto:/i, '');
	if (!EMAIL.test(text)) {
		throw new InputError(
			label,
			`'${label}' is not an e-mail address`,
			'It looks like name@example.com.',
		);
	}
	return text;
}

/** Return All and Limit of the list operations; Infinity for all. */
export function readLimit(item: Item): number {
	if (read(item, 'returnAll') === true) return Infinity;
	const limit = Number(item.fn.getNodeParameter('limit', item.index, 50));
	if (!Number.isInteger(limit) || limit < 1) {
		throw new InputError('Limit', "'Limit' must be a whole number of at least 1");
	}
	return limit;
}
