import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../verify/subject.mts';
import { nodeProblems } from './nodes.mts';
import { noteProblems } from './notes.mts';
import type { Template } from './template.mts';
import { titleProblems } from './title.mts';

/** The reasons why a workflow can't be a template of n8n's library, one line each. Empty if there are none. */
export const problemsOfTemplate = (template: Template): string[] => [
	...titleProblems(template),
	...noteProblems(template),
	...nodeProblems(template),
];

/** Checks every workflow in `examples/templates/`. @returns `file: problem` */
export const problemsOfTemplates = async (root: string): Promise<string[]> => {
	const folder = join(root, 'examples', 'templates');
	if (!existsSync(folder)) return ['there is no folder examples/templates'];
	const files = (await filesBelow(folder)).filter((file) => file.endsWith('.json'));
	const problems = await Promise.all(
		files.map(async (file) => {
			const template = JSON.parse(await readFile(join(folder, file), 'utf8')) as Template;
			return problemsOfTemplate(template).map((problem) => `${file}: ${problem}`);
		}),
	);
	return problems.flat();
};
