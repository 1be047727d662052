import { LOCATION, PATIENT, type ExamplesWorld } from '../support/examplesWorld.mts';
import { approved } from './visits.mts';

type World = () => ExamplesWorld;
const IN_TWO_DAYS = new Date(Date.now() + 47 * 3_600_000).toISOString();
const BOTOX = 'Botox - 20 units (new client)';

/** A booking as the booking system sends it. */
export const booking = (booking_id: string, changes: object = {}) => ({
	booking_id,
	...PATIENT,
	appointment_time: IN_TWO_DAYS,
	services: [BOTOX, 'Lip filler 1 ml', 'Gift card'],
	...changes,
});

const contacts = async (world: ExamplesWorld) =>
	(await world.control.contacts()).map(({ channel }) => channel).sort();
/** Exams at Spakinect: those of the downtown location, since there are no others here. */
const statuses = async (world: ExamplesWorld) =>
	(await world.control.state()).visits.map(({ status }) => status);

export const book = (world: ExamplesWorld, body: object) => world.call('spakinect-booking', body);

export const describeBookings = (world: World): void => {
	beforeAll(async () => {
		await world().publish('01-booking-to-gfe.json');
	});

	it('requests one exam, in Spakinect’s spelling, and notes the booking', async () => {
		const { status, data } = await book(world(), booking('b-1'));
		expect([status, data]).toEqual([
			200,
			{ booking_id: 'b-1', gfe_id: expect.any(String), result: 'requested' },
		]);
		expect(await contacts(world())).toEqual(['email', 'text']);
		const [visit] = (await world().control.state()).visits;
		expect(visit).toMatchObject({
			requested_treatments: ['Botox', 'Dermal Filler'],
			location_id: LOCATION,
			phone: '+12025550187',
			appointment_time: Math.floor(Date.parse(IN_TWO_DAYS) / 1000),
		});
		const [row, ...others] = await world().bookings();
		expect(others).toEqual([]);
		expect(row).toMatchObject({
			booking_id: 'b-1',
			gfe_id: data.gfe_id,
			treatments: 'Botox, Dermal Filler',
			status: 'requested',
		});
		expect(JSON.stringify(row)).not.toMatch(/zebulon|quackenbush/i);
		expect(world().crm.calls).toEqual([]);
	});

	it('of the same booking sent again, contacts nobody', async () => {
		const first = await book(world(), booking('b-1'));
		const again = await book(world(), booking('b-1'));
		expect(again.data).toEqual({ ...first.data, result: 'known booking' });
		expect(await statuses(world())).toHaveLength(1);
		expect(await contacts(world())).toEqual(['email', 'text']);
	});

	it('uses the open exam for a second booking of the same person', async () => {
		const first = await book(world(), booking('b-1'));
		const second = await book(world(), booking('b-2', { services: [BOTOX] }));
		expect(second.data).toMatchObject({
			gfe_id: first.data.gfe_id,
			result: 'open exam used again',
		});
		expect(await statuses(world())).toHaveLength(1);
		expect(await world().bookings()).toHaveLength(2);
	});

	it('requests nothing for who is cleared, or booked nothing that needs an exam', async () => {
		const lastMonth = new Date(Date.now() - 30 * 86_400_000).toISOString();
		await world().control.addVisits([approved('gfe-old', lastMonth, ['Botox'])]);
		const since = await world().mark();
		expect((await book(world(), booking('b-3', { services: [BOTOX] }))).data.result).toBe(
			'cleared already',
		);
		expect((await book(world(), booking('b-4', { services: ['Gift card'] }))).data.result).toBe(
			'no exam needed',
		);
		expect(await world().writes(since)).toEqual([]);
	});

	it.each([
		['a service that is not in the list', { services: ['Vampire facial'] }, /not in the list/],
		['a phone number that is none', { phone: '12' }, /No GFE was requested/],
	])('tells staff about %s, without the patient', async (_, wrong, text) => {
		const { data } = await book(world(), booking('b-5', wrong));
		expect(data).toEqual({ booking_id: 'b-5', gfe_id: null, result: 'staff informed' });
		expect(world().tasks()).toEqual([
			{ text: expect.stringMatching(text), booking_id: 'b-5', gfe_id: null },
		]);
		expect(await world().bookings()).toEqual([]);
		expect(await contacts(world())).toEqual([]);
	});

	it('refuses who has no key', async () => {
		const { url } = world().n8n;
		const answer = await fetch(`${url}/webhook/spakinect-booking`, { method: 'POST' });
		expect(answer.status).toBe(403);
		expect(await contacts(world())).toEqual([]);
	});
};

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

	it('does nothing for a booking without an exam', async () => {
		const since = await world().mark();
		expect((await move('b-9', later(100))).result).toMatch(/no exam is known/);
		expect(await world().control.calls(since)).toEqual([]);
	});
};
