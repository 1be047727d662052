import type { WorkflowNode } from '../../../sandbox/n8n/client.mts';
import { readRecipe, RECIPES } from './recipeFile.mts';

/** What n8n's editor itself calls things. */
const OF_THE_EDITOR = [
	...['… > Settings', 'Error workflow', 'Execute workflow', 'Executions'],
	...['Save successful production executions', 'Do not save'],
	...['Retry', 'Retry On Fail', 'Execute Once', 'Always Output Data'],
];

/** The tables that the workflows share. */
const TABLES = ['gfe_bookings', 'gfe_decisions'];

/** The names of the other workflows, without the package's name in front: `00 Tell staff`, `02 GFE completed`. */
const WORKFLOWS = RECIPES.map((file) =>
	readRecipe(file)
		.name.replace(/^Spakinect /, '')
		.replace(/^(\d\d): /, '$1 '),
);

/** Values of a key anywhere in a description or in parameters. */
const valuesOf = (value: unknown, wanted: (key: string) => boolean, key = ''): string[] => {
	if (typeof value === 'string') return wanted(key) ? [value] : [];
	if (typeof value !== 'object' || value === null) return [];
	const list = Array.isArray(value);
	return Object.entries(value).flatMap(([name, one]) => valuesOf(one, wanted, list ? key : name));
};

const isNote = ({ type }: WorkflowNode) => type.endsWith('.stickyNote');

/** The words in bold of a note that name something: in the list of guards, not what a line is about. */
const boldOf = (note: string): string[] => {
	const text = note.startsWith('## What it guards') ? note.replace(/^- \*\*.*?\*\*/gm, '') : note;
	return [...text.matchAll(/\*\*(.+?)\*\*/g)].map(([, word]) => word!);
};

/**
 * The words in bold of the notes that name nothing: no node, no field or choice of the nodes' types, no value that
 * stands in a node, no workflow of the examples, nothing of the editor.
 */
export const boldProblems = (nodes: WorkflowNode[], descriptions: object[]): string[] => {
	const real = nodes.filter((node) => !isNote(node));
	const known = new Set([
		...OF_THE_EDITOR,
		...TABLES,
		...WORKFLOWS,
		...real.map(({ name }) => name),
		...valuesOf(descriptions, (key) => key === 'displayName' || key === 'name'),
		...valuesOf(
			real.map(({ parameters }) => parameters),
			() => true,
		),
	]);
	return nodes
		.filter(isNote)
		.flatMap(({ parameters }) => boldOf(String(parameters.content)))
		.filter((word) => !known.has(word));
};

/** Fields with a sentence for people. Its words may change, so nothing may be decided by them. */
const SENTENCES = ['summary', 'message', 'error'];
const DECIDES = /\.(?:if|filter|switch)$/;

/** The conditions that read a sentence, or a field that a Set node made of one: `node: field`. */
export const sentenceProblems = (nodes: WorkflowNode[]): string[] => {
	const reads = (text: string, field: string) => new RegExp(`\\.${field}\\b`).test(text);
	const made = nodes
		.filter(({ type }) => type.endsWith('.set'))
		.flatMap(({ parameters }) => {
			const { assignments = [] } = (parameters.assignments ?? {}) as {
				assignments?: Array<{ name: string; value: unknown }>;
			};
			return assignments.filter(({ value }) =>
				SENTENCES.some((field) => reads(String(value), field)),
			);
		})
		.map(({ name }) => name);
	return nodes
		.filter(({ type }) => DECIDES.test(type))
		.flatMap(({ name, parameters }) => {
			const values = valuesOf(parameters, (key) => key === 'leftValue' || key === 'rightValue');
			// Whether there is an error at all is no matter of its words.
			return [...SENTENCES.filter((field) => field !== 'error'), ...made]
				.filter((field) => values.some((value) => reads(value, field)))
				.map((field) => `${name}: ${field}`);
		});
};
