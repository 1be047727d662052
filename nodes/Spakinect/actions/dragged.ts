import { isObject } from '../domain/json';
import { memoize } from '../domain/text/memoize';
import { locatorValue } from '../shared/locator';
import type { Item } from './operation';

/** What n8n writes when a field is dragged: one path into the item, and nothing around it. */
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
 * The value of a parameter that holds a plain value or one dragged field, without n8n's expression engine,
 * which takes a millisecond for each. An operation over ten thousand items would spend half a minute on it.
 *
 * Only what certainly comes out the same: a text, a number, true or false at the end of a path of the
 * item's own keys. Everything else is left to n8n.
 *
 * @returns undefined where n8n has to say
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
