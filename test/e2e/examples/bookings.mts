import { LOCATION, PATIENT, type ExamplesWorld } from '../support/examplesWorld.mts';
import { approved } from './visits.mts';

type World = () => ExamplesWorld;
const IN_TWO_DAYS = new Date(Date.now() + 47 * 3_600_000).toISOString();
export const BOTOX = 'Botox - 20 units (new client)';

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
export const statuses = async (world: ExamplesWorld) =>
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
		['a booking without services', { services: undefined }, /no services/],
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

	it('tells staff about bookings without an ID, and takes none for another', async () => {
		for (const first_name of ['Zebulon', 'Quackenbush']) {
			const { data } = await book(world(), booking('b', { booking_id: undefined, first_name }));
			expect(data).toMatchObject({ gfe_id: null, result: 'staff informed' });
		}
		expect(world().tasks()).toHaveLength(2);
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
