import { InputError } from '../../domain/inputError';
import { isObject } from '../../domain/json';
import type { Item } from '../operation';
import { read } from '../parameters';

/** A value that somebody gave; `undefined` in it is an expression that found nothing. */
interface Given {
	value: unknown;
}

/** A field that stands in the panel twice: since workflows were saved with the option, it stays. */
interface Twice {
	field: string;
	option: string;
	label: string;
	/** What n8n stores for the main field if nobody touched it. */
	untouched: string;
}

/** Reads one value alone, so that an expression that fails is told by the label of its own field. */
function readNamed(item: Item, name: string, label: string): Given {
	try {
		return { value: read(item, name) };
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		throw new InputError(label, error.message.replace(`'${name}'`, `'${label}'`), error.advice);
	}
}

/**
 * An option as its expression gives it, or undefined if it was not added.
 *
 * @throws InputError naming the label if the expression cannot be resolved
 */
export function readOption(item: Item, name: string, label: string): Given | undefined {
	const { options } = item.fn.getNode().parameters;
	if (!isObject(options) || !(name in options)) return undefined;
	return readNamed(item, `options.${name}`, label);
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
	const fromOption = readOption(item, option, label);
	const written = item.fn.getNode().parameters[field];
	if (written === undefined || written === '' || written === untouched) return fromOption;
	if (!fromOption) return readNamed(item, field, label);
	throw new InputError(
		label,
		`'${label}' is given twice`,
		`Remove the one under Options, or clear the field '${label}'.`,
	);
}
