import { InputError } from '../../domain/inputError';
import { isObject } from '../../domain/json';
import type { Item } from '../operation';
import { read } from '../parameters';

/** A value that the user gave. It is `undefined` if its expression found nothing. */
interface Given {
	value: unknown;
}

/** A main field that is also an option, because workflows were saved with the option. */
interface Twice {
	field: string;
	option: string;
	label: string;
	/** What n8n stores for the main field if nobody touched it. */
	untouched: string;
}

/**
 * An option as its expression returns it, or undefined if it wasn't added. It is read alone, because n8n turns
 * a DateTime into text when the whole collection is read. `{{ $today }}` would then look like a time, not a
 * day.
 */
export function readOption(item: Item, name: string): Given | undefined {
	const { options } = item.fn.getNode().parameters;
	if (!isObject(options) || !(name in options)) return undefined;
	return { value: read(item, `options.${name}`) };
}

/**
 * The main field if it is filled in, otherwise the option with the same meaning. A field with an expression
 * counts as filled in, whatever the expression returns.
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
