import type { ExamplesWorld } from '../support/examplesWorld.mts';
import { approved, newVisit } from './visits.mts';

type World = () => ExamplesWorld;
const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();

export const describeRenewals = (world: World): void => {
	const run = () => world().runByHand('08-renewals.json', 'Every day');
	/** Evaluated 11 and a half months ago. */
	const ending = inHours(-350 * 24);

	it('invites once for each approval that ends and was not renewed', async () => {
		const visits = approved('gfe-ending', ending, ['Botox', 'Dermal Filler', 'Microneedling']);
		await world().control.addVisits([
			{ ...visits, decisions: { ...visits.decisions, Microneedling: 'deferred' } },
			approved('gfe-newer', inHours(-24), ['Dermal Filler']),
			approved('gfe-long-over', inHours(-600 * 24), ['IV Therapy']),
		]);
		await run();
		await run();
		const invited = world().crm.sent('POST /renewals');
		expect(invited).toEqual([
			{ gfe_id: 'gfe-ending', treatment: 'Botox', expires_at: expect.stringMatching(/^20/) },
		]);
		const days = (Date.parse(String(invited[0]!.expires_at)) - Date.now()) / HOUR / 24;
		expect(days).toBeGreaterThan(13);
		expect(days).toBeLessThan(18);
		expect(world().tasks()).toEqual([]);
	});

	it('does not invite whose new exam is open', async () => {
		await world().control.addVisits([approved('gfe-ending-too', ending, ['Botox'])]);
		await newVisit(world(), ['Botox']);
		await run();
		expect(world().crm.calls).toEqual([]);
	});
};
