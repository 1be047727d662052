import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { RESOURCES } from '../../nodes/Spakinect/actions/registry';
import { Spakinect } from '../../nodes/Spakinect/Spakinect.node';

const { description } = new Spakinect();

const within = (properties: INodeProperties[]): INodeProperties[] =>
	properties.flatMap((property) => [
		property,
		...(property.type === 'collection' ? within(property.options as INodeProperties[]) : []),
	]);
const all = within(description.properties);
const operations = RESOURCES.flatMap((resource) =>
	resource.operations.map((operation) => ({
		resource,
		operation,
		at: `${resource.value} ${operation.value}`,
	})),
);

describe.each(operations)('$at', ({ operation }) => {
	it('says it in the words of n8n', () => {
		const { name, value, action, description: text } = operation;
		expect(name).toMatch(/^[A-Z][A-Za-z]*( [A-Z][A-Za-z]*)*$/);
		expect(action).toMatch(/^[A-Z][a-z]+ /);
		expect(action).not.toMatch(/\.$/);
		expect(text.length).toBeGreaterThan(20);
		if (value === 'getAll') {
			expect(name).toBe('Get Many');
			expect(action).toMatch(/^Get many /);
			expect(text).toMatch(/^Retrieve a list of /);
			expect(text).not.toMatch(/ all /);
		}
		if (value === 'get') expect(text).toMatch(/^Retrieve an? /);
	});
});

it('limit and return all are the ones of n8n', () => {
	const named = (name: string) => all.filter((one) => one.name === name);
	for (const limit of named('limit')) {
		expect(limit).toMatchObject({
			default: 50,
			typeOptions: { minValue: 1 },
			description: 'Max number of results to return',
		});
	}
	for (const returnAll of named('returnAll')) {
		expect(returnAll.description).toBe('Whether to return all results or only up to a given limit');
	}
	expect(named('limit')).toHaveLength(named('returnAll').length);
});

// n8n's rule. Shorter lists stand in the order of their use.
it('five choices and more are in alphabetical order', () => {
	for (const { name, type, options = [] } of all) {
		if (type !== 'options' && type !== 'multiOptions') continue;
		if (options.length < 5) continue;
		const names = (options as INodePropertyOptions[]).map((option) => option.name);
		expect([name, ...names]).toEqual([name, ...[...names].sort((a, b) => a.localeCompare(b))]);
	}
	for (const { name, type, options = [] } of all) {
		if (type !== 'collection') continue;
		const names = (options as INodeProperties[]).map((option) => option.displayName);
		expect([name, ...names]).toEqual([name, ...[...names].sort((a, b) => a.localeCompare(b))]);
	}
});

it('no field is called description, which AI tools take for their own', () => {
	expect(all.map(({ name }) => name)).not.toContain('description');
});

it('every default is one of the choices', () => {
	for (const { name, type, options = [], default: chosen } of all) {
		if (type !== 'options') continue;
		const values = (options as INodePropertyOptions[]).map(({ value }) => value);
		expect([name, ...values]).toContain(chosen);
	}
});
