import { PATIENT, type ExamplesWorld } from '../support/examplesWorld.mts';
import { book, booking, BOTOX, statuses } from './bookings.mts';

type World = () => ExamplesWorld;

export const describeCancelled = (world: World): void => {
	const cancel = (id: string) =>
		world()
			.call('spakinect-booking-cancelled', { booking_id: id })
			.then(({ data }) => data);

	beforeAll(async () => {
		await world().publish('01-booking-to-gfe.json');
		await world().publish('04-booking-cancelled.json');
	});

	it('cancels the open exam once, and says nothing to staff', async () => {
		await book(world(), booking('b-1'));
		const since = await world().mark();
		expect(await cancel('b-1')).toMatchObject({ booking_id: 'b-1', exam: 'cancelled' });
		expect(await cancel('b-1')).toEqual({ booking_id: 'b-1', exam: 'none' });
		expect(await world().writes(since)).toEqual([expect.stringMatching(/cancel 200$/)]);
		expect(await statuses(world())).toEqual(['Cancelled by client']);
		expect(await world().bookings()).toMatchObject([{ status: 'cancelled' }]);
		expect(world().crm.calls).toEqual([]);
	});

	it('leaves a finished exam alone', async () => {
		const { data } = await book(world(), booking('b-1'));
		await world().control.complete(String(data.gfe_id), { deliver: false });
		expect(await cancel('b-1')).toMatchObject({ exam: 'not cancelled, Completed' });
		expect(await statuses(world())).toEqual(['Completed']);
		expect(world().crm.calls).toEqual([]);
	});

	it('keeps the exam that another booking uses', async () => {
		await book(world(), booking('b-1'));
		await book(world(), booking('b-2', { services: [BOTOX] }));
		expect(await cancel('b-1')).toMatchObject({ exam: 'kept for another booking' });
		expect(await cancel('b-2')).toMatchObject({ exam: 'cancelled' });
	});

	it('tells staff when Spakinect does not answer', async () => {
		const { data } = await book(world(), booking('b-1'));
		await world().control.faults({ match: { path: 'cancel' }, kind: 'status', status: 500 });
		expect(await cancel('b-1')).toMatchObject({ exam: 'staff informed' });
		expect(world().tasks()).toMatchObject([{ booking_id: 'b-1', gfe_id: data.gfe_id }]);
	});

	it('reconnected for a Client key, gives staff a task and asks Spakinect nothing', async () => {
		await world().reconnect('04-booking-cancelled.json', 'Somebody does', 1, 'Cancel by hand');
		const { data } = await book(world(), booking('b-1'));
		const since = await world().mark();
		expect(await cancel('b-1')).toEqual({ booking_id: 'b-1', exam: 'staff informed' });
		expect(world().tasks()).toMatchObject([
			{ text: expect.stringMatching(/cancel it in/), booking_id: 'b-1', gfe_id: data.gfe_id },
		]);
		expect(await world().control.calls(since)).toEqual([]);
	});
};

export const describeRescheduled = (world: World): void => {
	const later = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
	const move = (id: string, time: string) =>
		world()
			.call('spakinect-booking-rescheduled', { booking_id: id, appointment_time: time, ...PATIENT })
			.then(({ data }) => data);
	const row = async () => (await world().bookings())[0]!;

	beforeAll(async () => {
		await world().publish('01-booking-to-gfe.json');
		await world().publish('05-booking-rescheduled.json');
	});

	it('cancels an open exam and requests it once for the new time', async () => {
		const { data: old } = await book(world(), booking('b-1'));
		const time = later(100);
		const moved = await move('b-1', time);
		expect(moved).toMatchObject({ booking_id: 'b-1', result: 'moved' });
		expect(moved.gfe_id).not.toBe(old.gfe_id);
		expect(await move('b-1', time)).toMatchObject({ result: 'nothing changed' });
		const { visits } = await world().control.state();
		expect(visits.map(({ gfe_id, status }) => [gfe_id, status])).toEqual([
			[old.gfe_id, 'Cancelled by client'],
			[moved.gfe_id, expect.not.stringMatching(/cancel/i)],
		]);
		expect(visits[1]!.appointment_time).toBe(Math.floor(Date.parse(time) / 1000));
		expect(await row()).toMatchObject({ gfe_id: moved.gfe_id, appointment_time: time });
		expect(world().crm.calls).toEqual([]);
	});

	it('sends nothing for a finished exam, and warns only if it expires before', async () => {
		const { data } = await book(world(), booking('b-1'));
		await world().control.complete(String(data.gfe_id), { deliver: false });
		const since = await world().mark();
		expect(await move('b-1', later(200))).toMatchObject({ gfe_id: data.gfe_id, result: 'moved' });
		expect(world().crm.calls).toEqual([]);
		const inTwoYears = later(2 * 365 * 24);
		await move('b-1', inTwoYears);
		expect(world().tasks()).toMatchObject([
			{ text: expect.stringMatching(/not cleared/), booking_id: 'b-1', gfe_id: data.gfe_id },
		]);
		expect(await row()).toMatchObject({ gfe_id: data.gfe_id, appointment_time: inTwoYears });
		expect(await world().writes(since)).toEqual([]);
	});

	it('keeps an exam that can no longer be cancelled, and tells staff', async () => {
		const { data } = await book(world(), booking('b-1'));
		await world().setVisit(String(data.gfe_id), { status: 'Pending Review' });
		expect(await move('b-1', later(100))).toMatchObject({ gfe_id: data.gfe_id });
		expect(await statuses(world())).toEqual(['Pending Review']);
		expect(world().tasks()).toMatchObject([{ text: expect.stringMatching(/kept/) }]);
	});

	it('tells staff when the old exam is cancelled and the new one fails', async () => {
		await book(world(), booking('b-1'));
		const fault = { match: { method: 'POST', path: 'appointments$' }, kind: 'status' } as const;
		await world().control.faults({ ...fault, status: 500 });
		await move('b-1', later(100));
		expect(await statuses(world())).toEqual(['Cancelled by client']);
		expect(world().tasks()).toMatchObject([{ text: expect.stringMatching(/by hand/) }]);
	});

	it('takes a time without a zone in the time zone of n8n, each time in the same way', async () => {
		await book(world(), booking('b-1'));
		const time = later(100).slice(0, 19);
		expect(await move('b-1', time)).toMatchObject({ result: 'moved' });
		expect(await move('b-1', time)).toMatchObject({ result: 'nothing changed' });
		expect(await statuses(world())).toHaveLength(2);
	});

	it('leaves a time that cannot be read to staff', async () => {
		await book(world(), booking('b-1'));
		const { appointment_time } = await row();
		const since = await world().mark();
		await move('b-1', 'next Tuesday at ten');
		expect(world().tasks()).toMatchObject([{ text: expect.stringMatching(/could not be read/) }]);
		expect(await row()).toMatchObject({ appointment_time });
		expect(await world().control.calls(since)).toEqual([]);
	});

	it('does nothing for a booking without an exam', async () => {
		const since = await world().mark();
		expect((await move('b-9', later(100))).result).toMatch(/no exam is known/);
		expect(await world().control.calls(since)).toEqual([]);
	});

	it('reconnected for a Client key, gives staff a task and asks Spakinect nothing', async () => {
		await world().reconnect('05-booking-rescheduled.json', 'What changed', 2, 'Look at it');
		await book(world(), booking('b-1'));
		const since = await world().mark();
		const time = later(100);
		await move('b-1', time);
		expect(world().tasks()).toMatchObject([{ booking_id: 'b-1' }]);
		expect(await row()).toMatchObject({ appointment_time: time });
		expect(await world().control.calls(since)).toEqual([]);
	});
};
