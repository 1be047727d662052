import { InputError } from '../../domain/inputError';
import { isObject } from '../../domain/json';
import type { Item } from '../operation';
import { read } from '../parameters';

/** A value that somebody gave; `undefined` in it is an expression that found nothing. */
interface Given {
	value: unknown;
}

/** A main field that is under Options too, because workflows were saved with the option. */
interface Twice {
	field: string;
	option: string;
	label: string;
	/** What n8n stores for the main field if nobody touched it. */
	untouched: string;
}

/**
 * An option as its expression gives it, or undefined if it was not added. Read alone: in a collection that
 * is read as a whole, n8n makes a text of a DateTime, and `{{ $today }}` no longer says that it is a day.
 */
export function readOption(item: Item, name: string): Given | undefined {
	const { options } = item.fn.getNode().parameters;
	if (!isObject(options) || !(name in options)) return undefined;
	return { value: read(item, `options.${name}`) };
}

/**
 * The main field if somebody filled it in, else the option of the same meaning. A field with an expression
 * is filled in, whatever the expression gives.
 *
 * @throws InputError naming the label if both are given, or an expression cannot be resolved
 */
export function readFieldOrOption(
	item: Item,
	{ field, option, label, untouched }: Twice,
): Given | undefined {
	const fromOption = readOption(item, option);
	const written = item.fn.getNode().parameters[field];
	if (written === undefined || written === '' || written === untouched) return fromOption;
	if (!fromOption) return { value: read(item, field) };
	throw new InputError(
		label,
		`'${label}' is given twice`,
		`Remove the one under Options, or clear the field '${label}'.`,
	);
}
