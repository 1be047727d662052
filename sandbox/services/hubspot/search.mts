/** CRM search. Filters in a group are joined by AND, groups by OR. */
import { isObject, type Values } from '../shared/fields.mts';
import type { Property } from './properties.mts';

type Properties = Record<string, string>;
type Test = (properties: Properties) => boolean;

const same = (one: string, other: unknown): boolean =>
	one.toLowerCase() === String(other).toLowerCase();

/** Numbers and times are compared by value, other values as texts. */
const compare = (one: string, other: unknown): number => {
	const [left, right] = [Number(one), Number(other)];
	const areNumbers = !Number.isNaN(left) && !Number.isNaN(right);
	return areNumbers ? left - right : one.localeCompare(String(other));
};

/** A token is a whole word. `*` stands for any rest. */
const hasToken = (value: string, token: unknown): boolean => {
	const words = value.toLowerCase().split(/[^a-z0-9]+/);
	const wanted = String(token).toLowerCase();
	if (same(value, wanted)) return true;
	return wanted.endsWith('*')
		? words.some((word) => word.startsWith(wanted.slice(0, -1)))
		: words.includes(wanted);
};

const OPERATORS: Record<string, (value: string | undefined, filter: Values) => boolean> = {
	EQ: (value, { value: other }) => value !== undefined && same(value, other),
	NEQ: (value, { value: other }) => value === undefined || !same(value, other),
	LT: (value, { value: other }) => value !== undefined && compare(value, other) < 0,
	LTE: (value, { value: other }) => value !== undefined && compare(value, other) <= 0,
	GT: (value, { value: other }) => value !== undefined && compare(value, other) > 0,
	GTE: (value, { value: other }) => value !== undefined && compare(value, other) >= 0,
	IN: (value, { values }) =>
		Array.isArray(values) && values.some((one) => value !== undefined && same(value, one)),
	HAS_PROPERTY: (value) => value !== undefined,
	NOT_HAS_PROPERTY: (value) => value === undefined,
	CONTAINS_TOKEN: (value, { value: token }) => value !== undefined && hasToken(value, token),
	NOT_CONTAINS_TOKEN: (value, { value: token }) => value === undefined || !hasToken(value, token),
};

const NEEDS_NO_VALUE = new Set(['HAS_PROPERTY', 'NOT_HAS_PROPERTY']);

const testOf = (known: ReadonlyMap<string, Property>, filter: unknown): Test | undefined => {
	if (!isObject(filter) || typeof filter.propertyName !== 'string') return undefined;
	const { propertyName, operator } = filter;
	const matches = Object.hasOwn(OPERATORS, String(operator))
		? OPERATORS[String(operator)]
		: undefined;
	if (!matches || !known.has(propertyName)) return undefined;
	const needed = operator === 'IN' ? filter.values : filter.value;
	if (!NEEDS_NO_VALUE.has(String(operator)) && (needed === undefined || needed === ''))
		return undefined;
	return (properties) => matches(properties[propertyName], filter);
};

/** The groups as one test, or `undefined` if HubSpot couldn't read them. */
export const readFilters = (
	known: ReadonlyMap<string, Property>,
	groups: unknown,
): Test | undefined => {
	if (groups === undefined) return () => true;
	if (!Array.isArray(groups) || groups.length > 5) return undefined;
	const tests = groups.map((group: unknown) => {
		const filters = isObject(group) && Array.isArray(group.filters) ? group.filters : [];
		if (filters.length === 0 || filters.length > 6) return undefined;
		const all = filters.map((filter) => testOf(known, filter));
		return all.every((one) => one !== undefined)
			? (properties: Properties) => all.every((one) => one?.(properties))
			: undefined;
	});
	if (!tests.every((one) => one !== undefined)) return undefined;
	return (properties) => tests.length === 0 || tests.some((one) => one?.(properties));
};
