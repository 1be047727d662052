import type { RecipeWorld } from '../../support/recipeWorld.mts';

/** Does something that makes an execution fail, and waits until the error workflow has run for it. */
export const failing = async <T,>(world: RecipeWorld, act: () => Promise<T>): Promise<T> => {
	const tellStaff = await world.import('00-tell-staff.json');
	let given: T;
	await world.finished(tellStaff, async () => {
		given = await act();
	});
	return given!;
};
