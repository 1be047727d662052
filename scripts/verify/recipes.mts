import { brokenBounds, MAX_NODES } from '../recipes/bounds.mts';
import { countRecipes } from '../recipes/files.mts';
import type { Check } from './subject.mts';

export const recipes: Check = {
	name: 'recipes',
	title: `each example has at most ${MAX_NODES} nodes and no Code node, and its fields can be dragged`,
	run: async ({ root }) => brokenBounds(await countRecipes(root)),
};
