import { RecipeWorld } from './recipeWorld.mts';
import { BOOT_MS, TEST_MS } from './world.mts';

/**
 * One world for a test file, empty before each test. A request to an address without a stand-in fails its test.
 */
export const useRecipeWorld = (): (() => RecipeWorld) => {
	jest.setTimeout(TEST_MS);
	let started: RecipeWorld;
	beforeAll(async () => {
		started = await RecipeWorld.start();
	}, BOOT_MS);
	beforeEach(() => started.reset());
	afterEach(() => expect(started.services.refused()).toEqual([]));
	afterAll(() => started?.stop());
	return () => started;
};
