import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { linesOf, runCommand } from '../verify/command.mts';
import { filesBelow } from '../verify/subject.mts';

/** The folders of the package. */
export const SOURCES = ['nodes', 'credentials'];

/**
 * Compiles into an installed package. Only changed files are written, so n8n reloads as little as possible.
 * Code with errors isn't written, and n8n keeps the last good build.
 * @returns the compiler's messages. Empty means success
 */
export const buildInto = async (root: string, installed: string): Promise<string[]> => {
	const dist = join(installed, 'dist');
	const { code, output } = await runCommand(
		join(root, 'node_modules', '.bin', 'tsc'),
		[
			...['-p', join(root, 'tsconfig.json'), '--outDir', dist, '--noEmitOnError'],
			...['--incremental', '--tsBuildInfoFile', join(installed, '..', '.dev.tsbuildinfo')],
		],
		root,
	);
	if (code !== 0) return linesOf(output);
	for (const folder of SOURCES) {
		for (const file of await filesBelow(join(root, folder))) {
			if (!/\.(svg|json)$/.test(file)) continue;
			const text = await readFile(join(root, folder, file), 'utf8');
			const target = join(dist, folder, file);
			if ((await readFile(target, 'utf8').catch(() => undefined)) === text) continue;
			await mkdir(dirname(target), { recursive: true });
			await writeFile(target, text);
		}
	}
	return [];
};
