import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { AnyOperation, Resource } from '../../nodes/Spakinect/actions/operation';
import type { Sample } from './run.mts';

/** For a table cell: one line, links instead of HTML, no bar. */
const cell = (text: string): string =>
	text
		.replace(/<a href="([^"]+)">([^<]+)<\/a>/g, '[$2]($1)')
		.replace(/\s+/g, ' ')
		.replaceAll('|', '\\|');

const choices = (field: INodeProperties): string => {
	if (field.type !== 'options' && field.type !== 'multiOptions') return '';
	const options = (field.options ?? []) as INodePropertyOptions[];
	const shown = (value: unknown) => (value === '' ? 'empty' : `\`${String(value)}\``);
	return options.map(({ name, value }) => `${shown(value)} (${name})`).join(', ');
};

function standard(field: INodeProperties): string {
	const { default: value } = field;
	if (value === '' || typeof value === 'object') return '';
	return `\`${String(value)}\``;
}

function row(field: INodeProperties, prefix = ''): string {
	const keys = field.displayOptions?.show?.authentication as string[] | undefined;
	const notes = [
		field.required ? 'Required.' : '',
		keys?.length === 1 && keys[0] === 'emr' ? 'EMR key only.' : '',
		field.description ?? field.hint ?? '',
		choices(field) === ''
			? ''
			: `${field.type === 'options' ? 'One' : 'One or more'} of ${choices(field)}.`,
	];
	const text = notes
		.filter(Boolean)
		.map((note) => (/[.!?]$/.test(note) ? note : `${note}.`))
		.join(' ');
	return `| ${prefix}${field.displayName} | \`${field.name}\` | ${standard(field)} | ${cell(text)} |`;
}

function parameterTable(fields: INodeProperties[]): string {
	const rows = fields
		.filter(({ type }) => type !== 'notice')
		.flatMap((field) =>
			field.type === 'collection'
				? ((field.options ?? []) as INodeProperties[]).map((option) =>
						row({ ...option, name: `${field.name}.${option.name}` }, `${field.displayName} > `),
					)
				: [row(field)],
		);
	return ['| Field | Parameter | Default | Meaning |', '|---|---|---|---|', ...rows].join('\n');
}

const json = (value: unknown): string => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;

/** The section of one operation: keys, parameters, and each sample with its input and output. */
export function operationSection(operation: AnyOperation, samples: Sample[]): string {
	const keys = operation.keys.length === 2 ? 'EMR or Client' : 'EMR';
	const shown = samples.map(({ title, input, nodeParameters, items }) => {
		const values = items.map((item) => (item.binary ? item : item.json));
		return [
			`**${title}**`,
			...(input ? [`Input (${input.length} items):`, json(input)] : []),
			'Parameters:',
			json(nodeParameters),
			values.length === 1 ? 'Output:' : `Output (${values.length} items):`,
			json(values.length === 1 ? values[0] : values),
		].join('\n\n');
	});
	const intro = `${operation.description.replace(/\.?$/, '.')} API key: ${keys}.`;
	return [intro, parameterTable(operation.fields), ...shown].join('\n\n');
}

/** The README's table of all operations. */
export function operationsTable(resources: readonly Resource[]): string {
	const rows = resources.flatMap((resource) =>
		resource.operations.map((operation) => {
			const keys = operation.keys.length === 2 ? 'EMR, Client' : 'EMR';
			const text = cell(operation.description.replace(/\.$/, ''));
			return `| ${resource.name} | ${operation.name} | ${keys} | ${text} |`;
		}),
	);
	return ['| Resource | Operation | Key | What it does |', '|---|---|---|---|', ...rows].join('\n');
}

/**
 * Puts text between `<!-- generated: name -->` and `<!-- end: name -->`.
 *
 * @throws Error if the document lacks the markers, which a new operation needs
 */
export function replaceGenerated(document: string, name: string, text: string): string {
	const [open, close] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
	const start = document.indexOf(open);
	const end = document.indexOf(close);
	if (start < 0 || end < start) throw new Error(`The document has no markers for "${name}"`);
	return `${document.slice(0, start + open.length)}\n\n${text}\n\n${document.slice(end)}`;
}
