import { useRecipeWorld } from '../support/useRecipeWorld.mts';
import { describeBooking } from './bookings/booking.mts';
import { describeCancelled } from './bookings/cancelled.mts';
import { describeRescheduled } from './bookings/rescheduled.mts';
import { describeWalkIn } from './bookings/walkIn.mts';

const world = useRecipeWorld();

describe('00 create tables', () => {
	it('makes both, and changes nothing the second time', async () => {
		await world().client.insertRows('gfe_bookings', { gfe_id: 'kept' });
		await world().runByHand('00-create-tables.json', 'Run this once');
		expect(await world().client.tableNames()).toEqual(['gfe_bookings', 'gfe_decisions']);
		expect(await world().bookings()).toMatchObject([{ gfe_id: 'kept' }]);
	});

	it('has no column for what identifies a patient', async () => {
		await world().client.insertRows('gfe_bookings', { gfe_id: 'a' });
		await world().client.insertRows('gfe_decisions', { gfe_id: 'a' });
		const system = ['id', 'createdAt', 'updatedAt'];
		const columns = ([row]: object[]) => Object.keys(row!).filter((name) => !system.includes(name));
		expect(columns(await world().bookings())).toEqual([
			...['booking_id', 'gfe_id', 'location_id', 'treatments', 'appointment_time', 'status'],
			...['all_approved', 'completed_at', 'event_id', 'reminded_hours', 'resume_url'],
		]);
		expect(columns(await world().decisions())).toEqual([
			...['gfe_id', 'treatment', 'decision', 'requested', 'evaluation_completed'],
		]);
	});
});

describe('01 booking to GFE', () => describeBooking(world));
describe('04 booking canceled', () => describeCancelled(world));
describe('05 booking rescheduled', () => describeRescheduled(world));
describe('06 walk-in', () => describeWalkIn(world));
