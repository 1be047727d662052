import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../verify/subject.mts';
import { nodeProblems } from './nodes.mts';
import { noteProblems } from './notes.mts';
import type { Template } from './template.mts';
import { titleProblems } from './title.mts';

/** What keeps a workflow from being a template of n8n's library, one line each; empty if nothing. */
export const problemsOfTemplate = (template: Template): string[] => [
	...titleProblems(template),
	...noteProblems(template),
	...nodeProblems(template),
];

/** Looks at every workflow in `examples/templates/`. @returns `file: what is wrong` */
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
