import type { Execution } from '../../../../sandbox/n8n/client.mts';
import type { RecipeWorld } from '../../support/recipeWorld.mts';

/** Does something that makes an execution fail, and waits until the error workflow has run for it. */
export const failing = async (
	world: RecipeWorld,
	act: () => Promise<Execution>,
): Promise<Execution> => {
	const failed = await act();
	if (failed.status !== 'error') throw new Error(`It ended with ${failed.status}`);
	await world.toldOf(failed);
	return failed;
};
