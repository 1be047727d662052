import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { RESOURCES } from '../../nodes/Spakinect/actions/registry';
import { contentsList, operationSection, operationsTable, replaceGenerated } from './render.mts';
import { runCases } from './run.mts';
import type { Sample } from './run.mts';
import { schemaOf } from './schema.mts';

const OPERATIONS = 'docs/operations.md';
const README = 'README.md';
const SCHEMAS = 'nodes/Spakinect/__schema__/v1.0.0';

const STYLE = { useTabs: true, singleQuote: true, printWidth: 100, trailingComma: 'all' } as const;

/** Both kinds of visit use the same call and form, so each sample counts for both. */
const form = ({ resource, operation }: Sample): string =>
	operation === 'get' ? operation : `${resource}.${operation}`;

/**
 * The generated files, by path in the project, with the content that they should have.
 *
 * @throws Error if an operation has no sample, or if a document has no markers for it
 */
export async function generateFiles(root: string): Promise<Record<string, string>> {
	const samples = await runCases();
	const files: Record<string, string> = {};
	let document = await readFile(join(root, OPERATIONS), 'utf8');
	document = replaceGenerated(document, 'contents', contentsList(RESOURCES));

	for (const resource of RESOURCES) {
		for (const operation of resource.operations) {
			const name = `${resource.value}.${operation.value}`;
			const own = samples.filter((one) => `${one.resource}.${one.operation}` === name);
			const [first] = own;
			if (!first) throw new Error(`scripts/docs/cases.mts has no case for ${name}`);
			document = replaceGenerated(document, name, operationSection(operation, own));

			const values = samples
				.filter((one) => one.isDefaultOutput !== false && form(one) === form(first))
				.flatMap((one) => one.items.map(({ json }) => json));
			const path = `${SCHEMAS}/${resource.value}/${operation.value}.json`;
			files[path] = `${JSON.stringify(schemaOf(values), null, '\t')}\n`;
		}
	}
	files[OPERATIONS] = document;
	const readme = await readFile(join(root, README), 'utf8');
	files[README] = replaceGenerated(readme, 'operations', operationsTable(RESOURCES));
	for (const [path, content] of Object.entries(files)) {
		files[path] = await format(content, { ...STYLE, filepath: path });
	}
	return files;
}
