import type { ExamplesWorld } from '../support/examplesWorld.mts';
import { approved, newVisit } from './visits.mts';

type World = () => ExamplesWorld;

export const describeReconciliation = (world: World): void => {
	const run = () => world().runByHand('07-nightly-reconciliation.json', 'Every night');
	const statusOf = async () =>
		Object.fromEntries((await world().bookings()).map((row) => [row.gfe_id, row.status]));

	it('catches up what was missed, once, and reports what is lost or unknown', async () => {
		const [missed, open, kept, stranger] = [
			await newVisit(world(), ['Botox']),
			await newVisit(world(), ['Botox']),
			await newVisit(world(), ['Botox']),
			await newVisit(world(), ['Botox']),
		];
		await world().control.complete(missed, { deliver: false, decisions: { Botox: 'deferred' } });
		await world().control.addVisits([approved('gfe-2020', '2020-01-31T10:00:00Z', ['Botox'])]);
		await world().client.insertRows(
			'gfe_bookings',
			{ booking_id: 'b-1', gfe_id: missed, status: 'requested' },
			{ booking_id: 'b-2', gfe_id: open, status: 'requested' },
			{ booking_id: 'b-3', gfe_id: kept, status: 'cancelled' },
			{ booking_id: 'b-4', gfe_id: 'gfe-gone', status: 'requested' },
			{ booking_id: 'b-5', gfe_id: 'gfe-gone-but-done', status: 'completed' },
		);
		await run();
		expect(await statusOf()).toEqual({
			...{ [missed]: 'completed', [open]: 'requested', [kept]: 'cancelled' },
			...{ 'gfe-gone': 'lost', 'gfe-gone-but-done': 'completed', [stranger]: 'requested' },
		});
		expect(world().crm.sent('POST /gfe-results')).toEqual([
			{ gfe_id: missed, booking_id: 'b-1', status: 'completed', all_approved: false },
		]);
		expect(await world().client.rows('gfe_decisions')).toMatchObject([
			{ gfe_id: missed, treatment: 'Botox', decision: 'deferred' },
		]);
		const told = world()
			.tasks()
			.map(({ gfe_id }) => gfe_id);
		expect(told.sort()).toEqual([missed, stranger, 'gfe-gone'].sort());
		world().crm.reset();
		await run();
		expect(world().crm.calls).toEqual([]);
	});

	it('fails, and loses nothing, when the list cannot be read', async () => {
		await world().client.insertRows('gfe_bookings', { gfe_id: 'gfe-1', status: 'requested' });
		await world().control.faults({ match: { path: 'gfes' }, kind: 'status', status: 403 });
		await expect(run()).rejects.toThrow(/All exams/);
		expect(await statusOf()).toEqual({ 'gfe-1': 'requested' });
		expect(world().crm.calls).toEqual([]);
	});
};
