import { clearOfNewHour } from './support/clearOfNewHour.mts';
import { SavedWorld } from './support/savedWorld.mts';
import { BOOT_MS, TEST_MS } from './support/world.mts';

jest.setTimeout(TEST_MS);

const PATIENT = {
	first_name: 'Zebulon',
	last_name: 'Quackenbush',
	email: 'zeb.quack@patients.example',
	phone: '(202) 555-0187',
};
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

/** Workflows as users have saved them: the recipes of the version before. They run unchanged. */
let world: SavedWorld;
beforeAll(async () => {
	world = await SavedWorld.start();
	expect(await world.runByHand('00-create-tables.json', 'Run this once')).toBe('success');
	for (const file of ['01-booking-to-gfe.json', '04-booking-cancelled.json']) {
		await world.client.publish(await world.import(file));
	}
}, BOOT_MS);
afterAll(() => world?.stop());
beforeEach(async () => {
	await world.control.reset();
	world.crm.reset();
	for (const name of await world.client.tableNames()) await world.client.clearRows(name);
});

const book = (booking_id: string, changes: object = {}) =>
	world.call('spakinect-booking', {
		booking_id,
		...PATIENT,
		appointment_time: inDays(2),
		services: ['Botox - 20 units (new client)', 'Lip filler 1 ml', 'Gift card'],
		...changes,
	});

it('a booking is requested once, and cancelled once', async () => {
	const first = await book('b-1');
	expect(first).toEqual({ booking_id: 'b-1', gfe_id: expect.any(String), result: 'requested' });
	expect(await book('b-1')).toEqual({ ...first, result: 'known booking' });
	const { visits } = await world.control.state();
	expect(visits).toMatchObject([
		{ gfe_id: first.gfe_id, requested_treatments: ['Botox', 'Dermal Filler'] },
	]);
	expect(await world.control.contacts()).toHaveLength(2);
	const cancel = () => world.call('spakinect-booking-cancelled', { booking_id: 'b-1' });
	expect(await cancel()).toMatchObject({ exam: 'cancelled' });
	expect(await cancel()).toMatchObject({ exam: 'none' });
	expect((await world.control.state()).visits).toMatchObject([{ status: 'Cancelled by client' }]);
	expect(world.tasks()).toEqual([]);
});

it('an open exam is used again, an approval that holds needs none, a wrong phone goes to staff', async () => {
	const first = await book('b-1');
	expect(await book('b-2')).toMatchObject({ gfe_id: first.gfe_id, result: 'open exam used again' });
	expect(await world.call('spakinect-booking-cancelled', { booking_id: 'b-1' })).toMatchObject({
		exam: 'kept for another booking',
	});
	await world.control.complete(String(first.gfe_id), { deliver: false });
	expect(await book('b-3')).toMatchObject({ result: 'cleared already' });
	expect(await book('b-4', { email: 'other@patients.example', phone: '12' })).toMatchObject({
		result: 'staff informed',
	});
	expect(world.tasks()).toEqual([expect.stringContaining('No GFE was requested')]);
	expect((await world.control.state()).visits).toHaveLength(1);
});

it('the daily audit holds who is not cleared', async () => {
	await clearOfNewHour();
	const { email, first_name, last_name } = PATIENT;
	await world.control.addVisits([
		{
			gfe_id: 'gfe-1',
			location_id: 'loc_downtown',
			status: 'Completed',
			requested_treatments: ['Botox'],
			decisions: { Botox: 'approved' },
			evaluation_completed: inDays(-2),
			patient_details: { email, first_name, last_name },
		},
	]);
	const appointment_time = `${new Date().toISOString().slice(0, 10)}T18:00:00Z`;
	world.crm.appointments = [['Botox'], ['Botox', 'Microneedling']].map((treatments, index) => ({
		booking_id: `b-${index}`,
		...PATIENT,
		appointment_time,
		treatments,
	}));
	expect(await world.runByHand('10-daily-clearance-audit.json', 'Every morning')).toBe('success');
	expect(world.tasks()).toEqual([
		'Clearance audit: 1 of 2 appointments on hold. Do not treat yet: b-1',
	]);
});
