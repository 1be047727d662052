import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkflowDefinition } from '../n8n/client.mts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'workflows');

/** The demo's workflows by the name of their file. */
export type DemoWorkflow = 'booking' | 'results';

/**
 * Puts values in the place of `%NAME%` in a workflow's texts.
 * @throws Error for a placeholder without a value: n8n would take it as a text and fail later
 */
export const fillIn = <T,>(template: T, values: Record<string, string>): T => {
	if (typeof template === 'string') {
		return template.replace(/%([A-Z_]+)%/g, (_whole, name: string) => {
			const value = values[name];
			if (value === undefined) throw new Error(`The workflow needs a value for %${name}%`);
			return value;
		}) as T;
	}
	if (typeof template !== 'object' || template === null) return template;
	if (Array.isArray(template)) return template.map((part) => fillIn(part, values)) as T;
	const filled = Object.entries(template).map(([key, part]) => [key, fillIn(part, values)]);
	return Object.fromEntries(filled) as T;
};

/** One of the demo's workflows, ready to be imported. */
export const demoWorkflow = async (
	name: DemoWorkflow,
	values: Record<string, string>,
): Promise<WorkflowDefinition> => {
	const text = await readFile(join(folder, `${name}.json`), 'utf8');
	return fillIn(JSON.parse(text) as WorkflowDefinition, values);
};
