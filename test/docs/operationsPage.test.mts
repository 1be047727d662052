import type { INodeProperties } from 'n8n-workflow';
import { RESOURCES } from '../../nodes/Spakinect/actions/registry';
import type { AnyOperation } from '../../nodes/Spakinect/actions/operation';
import { parameterTable } from '../../scripts/docs/parameters.mts';
import { readDocument } from './markdown.mts';

const page = readDocument('docs/operations.md');
const names = RESOURCES.flatMap(({ name, operations }) =>
	operations.map((operation) => `${name}: ${operation.name}`),
);

/** The cells of each row, by what stands under Parameter. */
const rowsOf = (table: string): Record<string, string[]> =>
	Object.fromEntries(
		table
			.split('\n')
			.filter((line) => line.startsWith('| ') && !line.startsWith('| Field '))
			.map((line) => line.split(/(?<!\\)\|/).map((one) => one.trim()))
			.map(([, label = '', name = '', , meaning = '']) => [
				name.replaceAll('`', ''),
				[label, meaning],
			]),
	);
const BOTH = ['emr', 'client'] as const;
const render = (
	fields: Array<Partial<INodeProperties>>,
	keys: AnyOperation['keys'] = BOTH,
): Record<string, string[]> => {
	const whole = fields.map((field): INodeProperties => ({
		...{ displayName: 'Name', name: 'name', type: 'string', default: '' },
		...field,
	}));
	return rowsOf(parameterTable({ fields: whole, keys }));
};
const shownWith = (...authentication: string[]) => ({
	displayOptions: { show: { authentication } },
});
const inner = { displayName: 'Inner', name: 'inner', type: 'string', default: '' } as const;

describe('the page', () => {
	it('has a section for each operation, in the order of the panel', () => {
		const sections = [...page.matchAll(/^## (.*: .*)$/gm)].map(([, heading]) => heading);
		expect(sections).toEqual(names);
	});

	it('has each of them in its contents, in that order', () => {
		const contents = page.slice(0, page.indexOf('\n## '));
		const lines = [...contents.matchAll(/^- ([^[\n]+): (.*)$/gm)].flatMap(([, resource, links]) =>
			[...links!.matchAll(/\[([^\]]+)\]/g)].map(([, name]) => `${resource}: ${name}`),
		);
		expect(lines).toEqual(names);
	});

	/** The rows of an operation, by the parameter. */
	const section = (name: string) => {
		const [, text = ''] = page.split(`<!-- generated: ${name} -->`);
		return rowsOf(text.split('<!-- end')[0]!);
	};

	it.each([
		['atHomeVisit.create', ['onExisting']],
		['gfe.checkClearance', ['evaluationDates']],
		['gfe.getExpiring', ['evaluationDates']],
		['gfe.getAll', []],
	])('says what of %s only a Client key has', (name, expected) => {
		const found = Object.entries(section(name)).filter(([, [, text]]) =>
			text!.startsWith('Client key only.'),
		);
		expect(found.map(([parameter]) => parameter)).toEqual(expected);
	});

	it('says what a row of the service menu holds', () => {
		expect(Object.keys(section('atHomeVisit.create'))).toEqual(
			expect.arrayContaining([
				'options.serviceMenu.services[].service',
				'options.serviceMenu.services[].treatments',
				'options.serviceMenu.table[].rows',
			]),
		);
	});
});

describe('a table of fields', () => {
	it.each([
		[['emr'], /^EMR key only\. Required\.$/],
		[['client'], /^Client key only\. Required\.$/],
		[['emr', 'client'], /^Required\.$/],
	])('of a field that is shown with %j', (keys, text) => {
		expect(render([{ required: true, ...shownWith(...keys) }]).name?.[1]).toMatch(text);
	});

	it('says nothing about the key if the operation has only one', () => {
		expect(render([{ ...shownWith('emr'), description: 'Text' }], ['emr']).name?.[1]).toBe('Text.');
	});

	it('says what else must be chosen, and leaves out what n8n asks of saved workflows', () => {
		const show = { returnAll: [false], onExisting: [{ _cnd: { exists: true as const } }] };
		const { name } = render([{ hint: 'Hint', displayOptions: { show } }]);
		expect(name?.[1]).toBe('Only if `returnAll` is `false`. Hint.');
	});

	it('has the fields of a collection, with the key that the collection is for', () => {
		const options = [inner, { ...inner, name: 'old', type: 'hidden' as const }];
		const collection = { type: 'collection' as const, options, ...shownWith('emr') };
		expect(render([collection])).toEqual({ 'name.inner': ['Name > Inner', 'EMR key only.'] });
	});

	it.each([
		[true, 'name.group[].inner'],
		[false, 'name.group.inner'],
	])('has the fields of a row of a list (several: %s)', (multipleValues, path) => {
		const options = [{ displayName: 'Group', name: 'group', values: [inner] }];
		const list = { type: 'fixedCollection' as const, options, typeOptions: { multipleValues } };
		expect(render([list])).toEqual({
			name: ['Name', ''],
			[path]: ['Name > Group > Inner', ''],
		});
	});

	it.each(['hidden', 'notice'] as const)('has no field of type %s', (type) => {
		expect(render([{ type }])).toEqual({});
	});
});
