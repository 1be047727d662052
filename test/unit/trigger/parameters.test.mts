import type { ParameterContext } from '../../../nodes/Spakinect/trigger/parameters';
import { readLocations, readOptionalLocations } from '../../../nodes/Spakinect/trigger/parameters';

const context = (locationIds: unknown, locations: unknown = []) =>
	({
		getNode: () => ({ name: 'Trigger' }),
		getNodeParameter: (name: string) => ({ locationIds, locations })[name],
	}) as unknown as ParameterContext;

it.each([
	['a, b ,a', ['a', 'b']],
	[
		['a', 'b,c', 7],
		['a', 'b', 'c', '7'],
	],
])('location ids of %j', (value, expected) => {
	expect(readLocations(context(value))).toEqual(expected);
	expect(readOptionalLocations(context(value))).toEqual(expected);
});

it('locations of the list come before typed ones', () => {
	expect(readLocations(context(['b', 'c'], ['a', 'b']))).toEqual(['a', 'b', 'c']);
});

it.each(['', ' , ', [], [''], null, {}, undefined])('no location ids in %j', (value) => {
	expect(() => readLocations(context(value))).toThrow("'Location IDs' is empty");
});

it.each(['', ' , ', [], [''], null, undefined])('%j is left empty', (value) => {
	expect(readOptionalLocations(context(value))).toEqual([]);
});

it('anything else is a mistake, not all locations', () => {
	expect(() => readOptionalLocations(context({}))).toThrow("'Location IDs' is empty");
});
