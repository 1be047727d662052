import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { EMPTY_ADVICE, InputError } from '../domain/inputError';
import { collapseSpaces, isBlank, withoutInvisible } from '../domain/text/text';
import type { Item } from './operation';

function resolve(item: Item, name: string): { value: unknown } | undefined {
	try {
		return { value: item.fn.getNodeParameter(name, item.index, null) };
	} catch {
		return undefined;
	}
}

/**
 * A parameter as n8n resolved it: an expression may give a value of any kind, or none. One that the panel
 * hides (by the kind of key) is not there at all, and n8n throws for it unless told what to give instead.
 *
 * @throws InputError naming the parameter if its expression cannot be resolved. n8n's own text stays behind:
 *   it may quote what the expression met.
 */
export function read(item: Item, name: string): unknown {
	const resolved = resolve(item, name);
	if (resolved) return resolved.value;
	throw new InputError(
		name,
		`The expression of the parameter '${name}' cannot be resolved`,
		'It may read a node that did not run, or has no item that belongs to this one. The field shows what is wrong when you open the node in the editor.',
	);
}

/** A collection such as Options; what was never opened is empty. */
export function readCollection(item: Item, name: string): IDataObject {
	const value = read(item, name);
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as IDataObject)
		: {};
}

/**
 * A text that may be left empty; a number becomes one.
 *
 * @param label the field's name in the panel
 * @throws InputError for what is neither: taken for empty, a list would silently be left out
 */
export function optionalText(item: Item, name: string, label: string): string {
	const value = read(item, name);
	if (isBlank(value)) return '';
	if (typeof value === 'string') return withoutInvisible(value).trim();
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	throw new InputError(
		label,
		`'${label}' is not a text`,
		'Its expression gives a list, an object or something else: let it give the one value that is meant.',
	);
}

/**
 * A text that must be there, trimmed.
 *
 * @param label the field's name in the panel
 * @throws InputError naming the field
 */
export function requiredText(item: Item, name: string, label: string): string {
	const text = optionalText(item, name, label);
	if (text === '') {
		throw new InputError(label, `'${label}' is empty`, EMPTY_ADVICE);
	}
	return text;
}

const MAX_NAME_LENGTH = 100;

/**
 * A first or last name: 1 to 100 characters (the API's rule). Accents in their composed form: Spakinect
 * recognises a patient by the name, and one system writes them as one character, the other as two.
 */
export function requiredName(item: Item, name: string, label: string): string {
	const text = collapseSpaces(requiredText(item, name, label)).normalize('NFC');
	if ([...text].length > MAX_NAME_LENGTH) {
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

const DEFAULT_LIMIT = 50;

/**
 * Return All and Limit of the list operations; Infinity for all. An expression may give `true` as a text,
 * which taken for false would cut the list off without a word.
 */
export function readLimit(item: Item): number {
	const returnAll = read(item, 'returnAll');
	if (returnAll === true || returnAll === 'true') return Infinity;
	const limit = Number(item.fn.getNodeParameter('limit', item.index, DEFAULT_LIMIT));
	if (!Number.isInteger(limit) || limit < 1) {
		throw new InputError('Limit', "'Limit' must be a whole number of at least 1");
	}
	return limit;
}

/**
 * The one option that counts for all items. Read alone: were the whole collection resolved here, an
 * expression in another option that fails for the first item would fail them all, and with Continue On Fail
 * n8n would then pass the input on as if it were the result.
 */
export function readMaxParallel(fn: IExecuteFunctions): unknown {
	try {
		return fn.getNodeParameter('options.maxParallelRequests', 0, null) ?? undefined;
	} catch {
		return undefined;
	}
}
