import type { ExamplesWorld } from '../support/examplesWorld.mts';
import { newVisit } from './visits.mts';

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
