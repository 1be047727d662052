// Prints how many nodes each workflow in examples/ has, and how many of its expressions are more than a
// path to a field (what dragging a field writes): `npm run recipes`. Fails if a bound is broken.
import { runMain } from '../sandbox/n8n/errors.mts';
import { projectRoot } from '../sandbox/n8n/paths.mts';
import { brokenBounds } from './recipes/bounds.mts';
import { countRecipes } from './recipes/files.mts';
import { recipesTable } from './recipes/table.mts';

await runMain(async () => {
	const counts = await countRecipes(projectRoot);
	console.log(recipesTable(counts).join('\n'));
	const broken = brokenBounds(counts);
	for (const line of broken) console.log(line);
	process.exitCode = broken.length > 0 ? 1 : 0;
});
