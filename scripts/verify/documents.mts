import { join } from 'node:path';
import { linesOf, runCommand } from './command.mts';
import type { Check } from './subject.mts';

export const generatedDocuments: Check = {
	name: 'documents',
	title: 'generated documents and output schemas are up to date',
	run: async ({ root }) => {
		const bin = join(root, 'node_modules', '.bin', 'tsx');
		const { code, output } = await runCommand(bin, ['scripts/docs.mts', '--check'], root);
		return code === 0 ? [] : linesOf(output);
	},
};
