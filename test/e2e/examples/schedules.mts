import type { ExamplesWorld } from '../support/examplesWorld.mts';
import { approved, newVisit } from './visits.mts';

type World = () => ExamplesWorld;
const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();

export const describeChase = (world: World): void => {
	const run = () => world().runByHand('03-chase-open-exams.json', 'Every hour');
	const appointment = async (booking_id: string, hours: number, status = 'Processing') => {
		const gfe_id = await newVisit(world(), ['Botox'], { status });
		await world().client.insertRows('gfe_bookings', {
			...{ booking_id, gfe_id, status: 'requested', appointment_time: inHours(hours) },
		});
		return gfe_id;
	};

	it('reminds once at each step, and leaves alone who has finished or comes later', async () => {
		const soon = await appointment('b-40', 40);
		await appointment('b-90', 90);
		await appointment('b-past', -1);
		await appointment('b-done', 20, 'Completed');
		await run();
		await run();
		expect(world().crm.calls).toEqual([
			{
				call: 'POST /reminders',
				body: { booking_id: 'b-40', gfe_id: soon, hours_before: 48 },
			},
		]);
		expect(await world().control.contacts()).toEqual([]);
	});

	it('goes on to 24 hours and to staff at 3 hours', async () => {
		await appointment('b-20', 20, 'Waiting for something new');
		const urgent = await appointment('b-2', 2);
		await run();
		await run();
		expect(world().crm.sent('POST /reminders')).toMatchObject([
			{ booking_id: 'b-20', hours_before: 24 },
		]);
		expect(world().tasks()).toEqual([
			{ text: expect.stringMatching(/less than 3 hours/), booking_id: 'b-2', gfe_id: urgent },
		]);
	});

	it('tells staff once of an exam that is off, and of one that cannot be read', async () => {
		await appointment('b-off', 30, 'Rejected');
		await world().client.insertRows('gfe_bookings', {
			...{ booking_id: 'b-lost', gfe_id: 'gfe-nowhere', status: 'requested' },
			appointment_time: inHours(10),
		});
		await run();
		expect(
			world()
				.tasks()
				.map(({ booking_id, text }) => [booking_id, text.slice(0, 30)])
				.sort(),
		).toEqual([
			['b-lost', 'It could not be read whether t'],
			['b-off', 'The GFE of an upcoming appoint'],
		]);
		world().crm.reset();
		await run();
		expect(world().tasks()).toMatchObject([{ booking_id: 'b-lost' }]);
	});

	it('tells staff instead of texting again when the reminder fails', async () => {
		await appointment('b-1', 40);
		world().crm.broken.add('/reminders');
		await run();
		world().crm.broken.clear();
		await run();
		expect(world().crm.sent('POST /reminders')).toEqual([]);
		expect(world().tasks()).toMatchObject([{ booking_id: 'b-1' }]);
	});
};

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
