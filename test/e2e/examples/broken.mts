import { PATIENT, type ExamplesWorld } from '../support/examplesWorld.mts';
import { approved } from './visits.mts';

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

/**
 * A credential that keeps the Spakinect nodes from starting. n8n then passes the input on as the result of
 * a node that throws, so an example would take a booking for a GFE, or an earlier answer for this one.
 */
export const describeBroken = (world: () => ExamplesWorld): void => {
	afterEach(() => world().repairCredential());

	it('10: everybody is on hold', async () => {
		await world().control.addVisits([approved('gfe-1', inHours(-48), ['Botox'])]);
		const today = `${new Date().toISOString().slice(0, 10)}T18:00:00Z`;
		const ours = { booking_id: 'b-ok', ...PATIENT, appointment_time: today, treatments: ['Botox'] };
		// What a node that passes its input on would make of an earlier answer.
		world().crm.appointments = [{ ...ours, cleared: true }];
		await world().breakCredential();
		await world().runByHand('10-daily-clearance-audit.json', 'Every morning');
		expect(world().tasks()).toMatchObject([{ text: expect.stringMatching(/1 of 1 .* on hold/) }]);
	});
};
