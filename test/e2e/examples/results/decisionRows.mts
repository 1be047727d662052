import { DECISIONS } from './gfeCompleted.mts';
import { newVisit } from '../../support/recipeVisits.mts';
import { type RecipeWorld } from '../../support/recipeWorld.mts';

export const describeDecisionRows = (started: () => RecipeWorld): void => {
	let world: RecipeWorld;
	beforeAll(() => {
		world = started();
	});

	const FILE = '14-decision-rows.json';
	const rows = async () =>
		Object.fromEntries((await world.decisions()).map((row) => [row.treatment, row.decision]));
	const poll = () => world.runByHand(FILE, 'Decisions');

	it('keeps one row for each treatment, also when a decision changes', async () => {
		const gfeId = await newVisit(world, Object.keys(DECISIONS));
		await world.control.complete(gfeId, { decisions: DECISIONS, deliver: false });
		await poll();
		await poll();
		expect(await rows()).toEqual(DECISIONS);
		const changed = { ...DECISIONS, Botox: 'deferred' };
		await world.control.complete(gfeId, { decisions: changed, deliver: false });
		await poll();
		expect(await rows()).toEqual(changed);
		const all = await world.decisions();
		expect(all).toHaveLength(4);
		for (const row of all) expect(row).toMatchObject({ gfe_id: gfeId, requested: true });
	});
};
