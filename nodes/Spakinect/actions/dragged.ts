import { isObject } from '../domain/json';
import { memoize } from '../domain/boundedMap';
import { locatorValue } from '../shared/choice';
import type { Item } from './operation';

/** The expression that n8n writes when the user drags a field: one path into the item and nothing else. */
const DRAGGED = /^=\{\{\s*\$json((?:\.[A-Za-z_$][\w$]*|\["[^"\\]*"\]|\['[^'\\]*'\])+)\s*\}\}$/;
const STEP = /\.([A-Za-z_$][\w$]*)|\["([^"\\]*)"\]|\['([^'\\]*)'\]/g;

/** The keys of the path, or undefined for any other expression. */
const pathOf = memoize((expression): readonly string[] | undefined => {
	const steps = DRAGGED.exec(expression)?.[1];
	if (steps === undefined) return undefined;
	return [...steps.matchAll(STEP)].map(
		([, plain, double, single]) => plain ?? double ?? single ?? '',
	);
});

/**
 * The value of a parameter that holds a plain value or one dragged field. It doesn't use n8n's expression
 * engine, which takes a millisecond per value: half a minute for ten thousand items.
 *
 * Only for values that are certain to come out the same: a text, a number, true or false at the end of a path
 * of the item's own keys. n8n evaluates everything else.
 *
 * @returns undefined if n8n must evaluate it
 */
export function draggedValue(item: Item, name: string): { value: unknown } | undefined {
	const raw = locatorValue(
		item.fn.getNodeParameter(name, item.index, null, { rawExpressions: true }),
	);
	if (typeof raw !== 'string') return undefined;
	if (!raw.startsWith('=')) return { value: raw };
	const path = pathOf(raw);
	if (path === undefined) return undefined;
	let value: unknown = item.fn.getInputData()[item.index]?.json;
	for (const key of path) {
		if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
		value = value[key];
	}
	return ['string', 'number', 'boolean'].includes(typeof value) ? { value } : undefined;
}
