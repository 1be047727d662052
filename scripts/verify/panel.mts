import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { loadNodes } from './loaded.mts';
import { filesBelow, type Check } from './subject.mts';

const MAX_HINT = 120;

type Option = INodePropertyOptions | INodeProperties | INodePropertyCollection;

interface Found {
	/** Where the parameter is, e.g. `options.reference`. */
	at: string;
	property: INodeProperties;
}

const isProperty = (option: Option): option is INodeProperties => 'type' in option;
const isCollection = (option: Option): option is INodePropertyCollection => 'values' in option;

/** Every parameter of a list with those inside its collections. */
const everyProperty = (properties: INodeProperties[], prefix = ''): Found[] =>
	properties.flatMap((property) => {
		const at = `${prefix}${property.name}`;
		const options: Option[] = property.options ?? [];
		const inner = options.flatMap((option) => {
			if (isProperty(option)) return [option];
			return isCollection(option) ? option.values : [];
		});
		return [{ at, property }, ...everyProperty(inner, `${at}.`)];
	});

const operationProblems = ({ at, property }: Found): string[] => {
	if (!['resource', 'operation'].includes(property.name)) return [];
	const options = (property.options ?? []) as INodePropertyOptions[];
	return options.flatMap((option) => [
		...(option.description ? [] : [`${at} "${option.name}" has no description`]),
		...(property.name === 'resource' || option.action
			? []
			: [`${at} "${option.name}" has no action`]),
	]);
};

const textProblems = ({ at, property }: Found): string[] => {
	const { hint = '', placeholder = '', type, required } = property;
	return [
		...(hint.length <= MAX_HINT ? [] : [`${at}: the hint has ${hint.length} characters`]),
		...(placeholder === '' || /^(e\.g\. |Add )/.test(placeholder)
			? []
			: [`${at}: the placeholder does not start with "e.g."`]),
		// n8n plans a rule against optional objects at the top level, because they accept anything.
		...(type === 'json' && !required && !at.includes('.') ? [`${at}: optional JSON`] : []),
	];
};

export const panel: Check = {
	name: 'panel',
	title: 'texts of the parameters: hints, placeholders, descriptions, actions',
	run: async (subject) =>
		loadNodes(subject).flatMap(({ path, type: { description } }) => {
			const properties = everyProperty(description.properties);
			const found = properties.flatMap((one) => [...textProblems(one), ...operationProblems(one)]);
			if (!description.description) found.push('the node has no description');
			if (description.properties.length === 0) found.push('the node has no parameters');
			return found.map((problem) => `${path}: ${problem}`);
		}),
};

const exclusive = (shown: Array<Record<string, unknown> | undefined>): boolean => {
	if (shown.length < 2) return true;
	const keys = Object.keys(shown[0] ?? {});
	return keys.some((key) => {
		const values = shown.map((show) => show?.[key]);
		if (!values.every(Array.isArray)) return false;
		const all = values.flat();
		return new Set(all).size === all.length;
	});
};

export const credentialChoice: Check = {
	name: 'credentials',
	title: 'a node shows one credential at a time',
	run: async (subject) =>
		loadNodes(subject)
			.filter(
				({ type }) =>
					!exclusive((type.description.credentials ?? []).map((one) => one.displayOptions?.show)),
			)
			.map(({ path }) => `${path}: more than one credential can be shown at a time`),
};

export const hardcodedIds: Check = {
	name: 'ids',
	title: 'no account id is written into the code',
	run: async ({ root }) => {
		const found: string[] = [];
		for (const folder of ['nodes', 'credentials']) {
			for (const file of await filesBelow(join(root, folder))) {
				const lines = (await readFile(join(root, folder, file), 'utf8')).split('\n');
				lines.forEach((line, index) => {
					if (/\b(partner|account|tenant|client)_?Id['"]?\s*[:=]\s*['"`][^'"`]/i.test(line))
						found.push(`${folder}/${file}:${index + 1} ${line.trim()}`);
				});
			}
		}
		return found;
	},
};
