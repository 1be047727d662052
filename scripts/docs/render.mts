import type { AnyOperation, Resource } from '../../nodes/Spakinect/actions/operation';
import { cell, parameterTable } from './parameters.mts';
import type { Sample } from './run.mts';

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
	return [intro, parameterTable(operation), ...shown].join('\n\n');
}

/** The heading of an operation's section. */
const headingOf = (resource: Resource, operation: AnyOperation): string =>
	`${resource.name}: ${operation.name}`;

const anchor = (heading: string): string =>
	heading.toLowerCase().replaceAll(':', '').replaceAll(' ', '-');

/** The contents of the page: the operations in the order of the panel. */
export function contentsList(resources: readonly Resource[]): string {
	const lines = resources.map((resource) => {
		const links = resource.operations.map(
			(operation) => `[${operation.name}](#${anchor(headingOf(resource, operation))})`,
		);
		return `- ${resource.name}: ${links.join(', ')}`;
	});
	return ['- [What all operations share](#what-all-operations-share)', ...lines].join('\n');
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
