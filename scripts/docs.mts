// Writes the generated parts of docs/operations.md and the output schemas, from real runs of every
// operation. `--check` writes nothing and fails if a file is out of date.
import { createRequire } from 'node:module';
import { readFile, writeFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const check = process.argv.includes('--check');
// Loaded as CommonJS, because an ES module would read `./Spakinect.node` as a native addon. CommonJS completes
// the name in the order of the known extensions, and the source must come before Spakinect.node.json.
const require = createRequire(import.meta.url);
const extensions: Partial<NodeJS.RequireExtensions> = require.extensions;
const json = extensions['.json'];
delete extensions['.json'];
extensions['.json'] = json;
const { generateFiles } = require('./docs/files.mts') as typeof import('./docs/files.mts');

const stale: string[] = [];
for (const [path, content] of Object.entries(await generateFiles(root))) {
	const file = join(root, path);
	if ((await readFile(file, 'utf8').catch(() => '')) === content) continue;
	stale.push(path);
	if (check) continue;
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, content);
}
const list = `${check ? 'Out of date' : 'Written'}:\n  ${stale.join('\n  ')}`;
const advice = check ? '\nRun: npx tsx scripts/docs.mts' : '';
process.stdout.write(
	stale.length === 0 ? 'The generated documents are up to date.\n' : `${list}${advice}\n`,
);
if (check && stale.length > 0) process.exitCode = 1;
