import { loopbackAxios } from '../../../../sandbox/n8n/loopback.mts';
import { until } from '../../../../sandbox/n8n/until.mts';
import { LOCATION, PATIENT } from '../../support/recipeWorld.mts';
import type { World } from './booking.mts';

const DESK = /come to the front desk/;

export const describeWalkIn = (world: World): void => {
	let id = '';
	beforeAll(async () => {
		id = await world().publish('06-walk-in.json');
	});
	afterEach(() => world().repairCredential());
	afterAll(() => world().client.unpublish(id));

	/** Sends the form as the tablet's browser does. @returns the page that it shows in the end */
	const submit = async (changes: Record<string, string> = {}): Promise<string> => {
		const form = new FormData();
		const fields = {
			'field-0': PATIENT.first_name,
			'field-1': PATIENT.last_name,
			'field-2': '1971-11-23',
			'field-3': JSON.stringify(['Botox', 'Dermal Filler']),
			...changes,
		};
		for (const [name, value] of Object.entries(fields)) form.append(name, value);
		const http = loopbackAxios(world().n8n.url, 60_000);
		const options = { auth: world().formLogin };
		const answer = await http.post<{ formWaitingUrl: string }>(
			'/form/spakinect-walk-in',
			form,
			options,
		);
		const last = new URL(answer.data.formWaitingUrl);
		const status = new URL(last);
		status.pathname += '/n8n-execution-status';
		// The page of an execution that still runs is never answered; the browser asks for the status too.
		await until('the last page of the form', 90_000, async () =>
			(await http.get<string>(status.href)).data === 'form-waiting' ? true : undefined,
		);
		return (await http.get<string>(last.href, options)).data;
	};
	const visits = async () => (await world().control.state()).visits;

	it('takes the tablet straight to the exam, and contacts nobody', async () => {
		const before = Date.now();
		const page = await submit();
		const [visit, ...others] = await visits();
		expect(others).toEqual([]);
		expect(visit).toMatchObject({
			...{ kind: 'in_person', location_id: LOCATION },
			requested_treatments: ['Botox', 'Dermal Filler'],
			patient_details: expect.objectContaining({ dob: '1971-11-23' }),
		});
		expect(page).toMatch(new RegExp(`intake[^"]*${visit!.gfe_id}`));
		expect(await world().control.contacts()).toEqual([]);
		const [row, ...more] = await world().bookings();
		expect(more).toEqual([]);
		expect(row).toMatchObject({
			...{ gfe_id: visit!.gfe_id, location_id: LOCATION, status: 'requested' },
			...{ treatments: 'Botox, Dermal Filler', booking_id: null },
		});
		// The appointment is now. Spakinect keeps whole seconds.
		const noted = Date.parse(String(row!.appointment_time));
		expect(noted).toBeGreaterThanOrEqual(Math.floor(before / 1000) * 1000);
		expect(noted).toBeLessThanOrEqual(Date.now());
		expect(JSON.stringify(row)).not.toMatch(/zebulon|quackenbush|1971/i);
		expect(world().slack()).toEqual([]);
	});

	it('of the same person once more starts no second exam, and calls staff', async () => {
		await submit();
		expect(await submit()).toMatch(DESK);
		const [visit, ...others] = await visits();
		expect(others).toEqual([]);
		expect(world().slack()).toEqual([expect.stringContaining(`GFE ${visit!.gfe_id} `)]);
		expect(await world().bookings()).toHaveLength(1);
	});

	it('gives the exam a row of its own if the booking that has it is canceled', async () => {
		await submit();
		const [{ gfe_id }] = (await world().bookings()) as [Record<string, unknown>];
		await world().client.clearRows('gfe_bookings');
		const canceled = { booking_id: 'b-1', gfe_id, status: 'booking_cancelled' };
		await world().client.insertRows('gfe_bookings', canceled);
		await submit();
		expect(await world().bookings()).toMatchObject([
			canceled,
			{ booking_id: null, gfe_id, status: 'requested' },
		]);
	});

	it('without a link from Spakinect sends the patient to the desk, and calls staff', async () => {
		await world().control.faults({
			match: { method: 'POST', path: 'in-person' },
			kind: 'status',
			status: 200,
			body: { success: true, gfe_id: 'gfe-no-link' },
		});
		expect(await submit()).toMatch(DESK);
		expect(world().slack()).toEqual([expect.stringContaining('GFE gfe-no-link ')]);
		expect(await world().bookings()).toMatchObject([{ gfe_id: 'gfe-no-link' }]);
	});

	it.each([
		['a birthday in the future', { 'field-2': '2971-11-23' }, /'Date of Birth'/],
		['a treatment that Spakinect lacks', { 'field-3': '["Botx"]' }, /Botx/],
	])('with %s sends the patient to the desk, and says why', async (_what, changes, text) => {
		expect(await submit(changes)).toMatch(DESK);
		expect(world().slack()).toEqual([expect.stringMatching(text)]);
		expect(await visits()).toEqual([]);
		expect(await world().bookings()).toEqual([]);
	});

	it('when Spakinect is down sends the patient to the desk', async () => {
		await world().control.faults({ kind: 'status', status: 500 });
		expect(await submit()).toMatch(DESK);
		expect(world().slack()).toEqual([expect.stringMatching(/^A walk-in patient is waiting/)]);
	});

	it('with a broken credential sends the patient to the desk', async () => {
		await world().breakCredential();
		expect(await submit()).toMatch(DESK);
		expect(world().slack()).toHaveLength(1);
		expect(await world().bookings()).toEqual([]);
	});

	it('is closed to who has no login', async () => {
		const answer = await fetch(`${world().n8n.url}/form/spakinect-walk-in`);
		expect([401, 403]).toContain(answer.status);
	});
};
