import { PATIENT, type ExamplesWorld } from '../support/examplesWorld.mts';
import { book, booking } from './bookings.mts';

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

/**
 * A credential that keeps the Spakinect nodes from starting. n8n then passes the input on as the result of
 * a node that throws, so an example would take a booking for a GFE, or an earlier answer for this one.
 */
export const describeBroken = (world: () => ExamplesWorld): void => {
	beforeAll(async () => {
		for (const file of ['01-booking-to-gfe', '04-booking-cancelled', '05-booking-rescheduled']) {
			await world().publish(`${file}.json`);
		}
	});
	afterEach(() => world().repairCredential());

	const told = () =>
		world()
			.tasks()
			.map(({ booking_id }) => booking_id);

	it('01: staff are told, and no booking passes for a GFE', async () => {
		await world().breakCredential();
		const since = await world().mark();
		const { data } = await book(world(), booking('b-1'));
		expect(data).toEqual({ booking_id: 'b-1', gfe_id: null, result: 'staff informed' });
		expect(told()).toEqual(['b-1']);
		expect(await world().bookings()).toEqual([]);
		expect(await world().control.calls(since)).toEqual([]);
	});

	it('04 and 05: staff are told, and the exam stays as it is', async () => {
		const { data } = await book(world(), booking('b-1'));
		await world().breakCredential();
		const move = { booking_id: 'b-1', appointment_time: inHours(100), ...PATIENT };
		await world().call('spakinect-booking-rescheduled', move);
		const cancelled = await world().call('spakinect-booking-cancelled', { booking_id: 'b-1' });
		expect(cancelled.data).toMatchObject({ exam: 'staff informed' });
		expect(told()).toEqual(['b-1', 'b-1']);
		const { visits } = await world().control.state();
		expect(visits.map(({ gfe_id, status }) => [gfe_id, status])).toEqual([
			[data.gfe_id, expect.not.stringMatching(/cancel/i)],
		]);
	});
};
