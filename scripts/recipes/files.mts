import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../verify/subject.mts';
import { countRecipe, type RecipeCount, type RecipeNode } from './count.mts';

/** Counts every workflow file in `examples/` and below it. */
export const countRecipes = async (root: string): Promise<RecipeCount[]> => {
	const folder = join(root, 'examples');
	if (!existsSync(folder)) return [];
	const files = (await filesBelow(folder)).filter((file) => file.endsWith('.json'));
	return await Promise.all(
		files.map(async (file) => {
			const text = await readFile(join(folder, file), 'utf8');
			const { nodes } = JSON.parse(text) as { nodes: RecipeNode[] };
			return countRecipe(file, nodes);
		}),
	);
};
