import type { ActionWorld } from '../../support/action.mts';
import { runAction } from '../../support/actionRun.mts';
import { clearOfNewHour } from '../../support/clearOfNewHour.mts';

/** What n8n hands over for a day by expression: only a real n8n shows it. */
export const describeClearanceDay = (world: () => ActionWorld): void => {
	const person = { firstName: 'Bea', lastName: 'Noon', email: 'bea@patients.example' };
	const HOUR = 3_600_000;

	it.each([
		['an option', (asOf: string) => ({ options: { asOf } })],
		['a field', (appointmentTime: string) => ({ appointmentTime })],
	])('{{ $today }} is the whole day, as %s', async (_, asked) => {
		await clearOfNewHour();
		// Approved in the middle of this day: not at its start, but at its end.
		const now = Date.now();
		const start = new Date(now).setUTCHours(0, 0, 0, 0);
		const made = new Date(Math.max(start + 1, now - HOUR)).toISOString();
		await world().control.addVisits([
			{
				gfe_id: 'gfe-noon',
				status: 'Completed',
				requested_treatments: ['Botox'],
				decisions: { Botox: 'approved' },
				evaluation_completed: made,
				patient_details: {
					first_name: person.firstName,
					last_name: person.lastName,
					email: person.email,
				},
			},
		]);
		const check = async (time: string) => {
			const parameters = {
				resource: 'gfe',
				operation: 'checkClearance',
				locationId: 'loc_downtown',
				...person,
				treatments: ['Botox'],
				...asked(time),
			};
			const run = { parameters, workflowSettings: { timezone: 'UTC' } };
			return (await runAction(world(), run)).json[0];
		};
		expect(await check('={{ $today }}')).toMatchObject({ cleared: true });
		expect(await check("={{ $now.toFormat('yyyy-MM-dd') }}")).toMatchObject({ cleared: true });
		expect(await check('={{ $today.toISO() }}')).toMatchObject({ cleared: false });
	});
};
