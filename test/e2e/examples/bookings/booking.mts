import { until } from '../../../../sandbox/n8n/until.mts';
import { LOCATION, PATIENT, type RecipeWorld } from '../../support/recipeWorld.mts';

export type World = () => RecipeWorld;

export const BOTOX = 'Botox - 20 units (new client)';
const FILLER = 'Lip filler 1 ml';

export const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const IN_TWO_DAYS = inHours(47);

/** A booking as the booking system sends it. */
export const booking = (booking_id: unknown, changes: object = {}) => ({
	booking_id,
	...PATIENT,
	appointment_time: IN_TWO_DAYS,
	services: [BOTOX, FILLER, 'Gift card'],
	...changes,
});

export const book = (world: RecipeWorld, body: object) => world.call('spakinect-booking', body);

/** Exams at Spakinect, in the order of their creation. */
export const statuses = async (world: RecipeWorld) =>
	(await world.control.state()).visits.map(({ status }) => status);

/** Waits for what the error workflow tells staff, which it does after the execution has ended. */
export const told = (world: RecipeWorld, count = 1): Promise<string[]> =>
	until('staff are told', 90_000, async () => {
		const texts = world.slack();
		return texts.length >= count ? texts : undefined;
	});

/** An approved exam of the patient at Spakinect. */
export const approved = (gfe_id: string, evaluation_completed: string, treatments: string[]) => ({
	gfe_id,
	location_id: LOCATION,
	status: 'Completed',
	requested_treatments: treatments,
	decisions: Object.fromEntries(treatments.map((name) => [name, 'approved'])),
	evaluation_completed,
	patient_details: {
		first_name: PATIENT.first_name,
		last_name: PATIENT.last_name,
		email: PATIENT.email,
	},
});

const FAILED = 'Workflow "Spakinect 01: Booking to GFE" failed at';

export const describeBooking = (world: World): void => {
	beforeAll(async () => {
		await world().publish('01-booking-to-gfe.json');
	});
	afterEach(() => world().repairCredential());

	it('requests one exam, in Spakinect’s spelling, and notes the booking', async () => {
		const { status, data } = await book(world(), booking('b-1'));
		expect([status, data]).toEqual([
			200,
			{
				...{ booking_id: 'b-1', gfe_id: expect.any(String), result: 'requested' },
				summary: expect.stringContaining('Botox and Dermal Filler'),
			},
		]);
		expect(await world().control.channels()).toEqual(['email', 'text']);
		const [visit] = (await world().control.state()).visits;
		expect(visit).toMatchObject({
			requested_treatments: ['Botox', 'Dermal Filler'],
			location_id: LOCATION,
			phone: '+12025550187',
			appointment_time: Math.floor(Date.parse(IN_TWO_DAYS) / 1000),
		});
		const [row, ...others] = await world().bookings();
		expect(others).toEqual([]);
		const seconds = Math.floor(Date.parse(IN_TWO_DAYS) / 1000);
		expect(row).toMatchObject({
			...{ booking_id: 'b-1', gfe_id: data.gfe_id, location_id: LOCATION },
			...{ treatments: 'Botox, Dermal Filler', status: 'requested' },
			appointment_time: new Date(seconds * 1000).toISOString(),
		});
		expect(JSON.stringify(row)).not.toMatch(/zebulon|quackenbush/i);
		expect(world().slack()).toEqual([]);
	});

	it('of the same booking sent again, contacts nobody', async () => {
		const first = await book(world(), booking('b-1'));
		const again = await book(world(), booking('b-1'));
		expect(again).toMatchObject({ status: 200, data: { booking_id: 'b-1' } });
		expect(again.data.gfe_id).toBe(first.data.gfe_id);
		expect(JSON.stringify(again.data)).not.toMatch(/zebulon|quackenbush/i);
		expect(await statuses(world())).toHaveLength(1);
		expect(await world().control.channels()).toEqual(['email', 'text']);
		expect(await world().bookings()).toHaveLength(1);
	});

	it('of a booking with a number as ID as well', async () => {
		const first = await book(world(), booking(4711));
		const again = await book(world(), booking(4711));
		expect(again.data.gfe_id).toBe(first.data.gfe_id);
		expect(await world().control.channels()).toEqual(['email', 'text']);
		expect(await world().bookings()).toMatchObject([{ booking_id: '4711' }]);
	});

	it('requests an exam for a booking that was canceled and comes again', async () => {
		const old = {
			booking_id: 'b-1',
			gfe_id: 'gfe-old',
			status: 'booking_cancelled',
			reminded_hours: 24,
		};
		const done = { event_id: 'e-1', all_approved: true, completed_at: inHours(-200) };
		await world().client.insertRows('gfe_bookings', { ...old, ...done });
		const { data } = await book(world(), booking('b-1'));
		expect(data.result).toBe('requested');
		expect(await world().bookings()).toMatchObject([
			{
				...{ booking_id: 'b-1', gfe_id: data.gfe_id, status: 'requested' },
				...{ reminded_hours: 999, event_id: null, all_approved: null, completed_at: null },
			},
		]);
	});

	it('uses the open exam for a second booking of the same person', async () => {
		const first = await book(world(), booking('b-1'));
		const second = await book(world(), booking('b-2', { services: [BOTOX] }));
		expect(second.data).toMatchObject({ gfe_id: first.data.gfe_id, result: 'open_visit' });
		expect(await statuses(world())).toHaveLength(1);
		expect(await world().bookings()).toMatchObject([
			{ booking_id: 'b-1', treatments: 'Botox, Dermal Filler' },
			{ booking_id: 'b-2', treatments: 'Botox', gfe_id: first.data.gfe_id, status: 'requested' },
		]);
	});

	it('requests nothing for who is cleared, or booked nothing that needs an exam', async () => {
		await world().control.addVisits([approved('gfe-old', inHours(-720), ['Botox'])]);
		const since = await world().mark();
		const cleared = await book(world(), booking('b-3', { services: [BOTOX] }));
		expect(cleared.data).toMatchObject({ gfe_id: null, result: 'already_cleared' });
		const none = await book(world(), booking('b-4', { services: ['Gift card'] }));
		expect(none.data).toMatchObject({ gfe_id: null, result: 'no_exam_needed' });
		expect(await world().writes(since)).toEqual([]);
		expect(await world().bookings()).toEqual([]);
		expect(world().slack()).toEqual([]);
	});

	it('of two calls at the same time notes one booking, whatever was requested', async () => {
		await Promise.all([book(world(), booking('b-1')), book(world(), booking('b-1'))]);
		expect(await world().bookings()).toMatchObject([{ booking_id: 'b-1', status: 'requested' }]);
		const known = await world().bookings();
		expect((await book(world(), booking('b-1'))).data.gfe_id).toBe(known[0]!.gfe_id);
	});

	it.each([
		['text', `${BOTOX}, ${FILLER}`],
		['JSON text', JSON.stringify([BOTOX, FILLER])],
		['treatments of Spakinect', 'botox; Dermal Filler'],
	])('takes the services as %s', async (_how, services) => {
		const { data } = await book(world(), booking('b-1', { services }));
		expect(data.result).toBe('requested');
		expect((await world().control.state()).visits[0]?.requested_treatments).toEqual([
			...['Botox', 'Dermal Filler'],
		]);
	});

	it.each([
		['a service that is not in the list', { services: ['Vampire facial'] }, /Vampire facial/],
		['a booking without services', { services: undefined }, /'Treatments'/],
		['a phone number that is none', { phone: '12' }, /'Phone'/],
		['a time that cannot be read', { appointment_time: 'soon' }, /'Appointment Time'/],
		['a booking without a name', { first_name: undefined }, /'First Name'/],
	])('tells staff about %s, without the patient', async (_, wrong, text) => {
		const { status, data } = await book(world(), booking('b-5', wrong));
		expect(status).toBe(200);
		expect(data).toMatchObject({ booking_id: 'b-5' });
		expect(data.gfe_id ?? null).toBeNull();
		expect(world().slack()).toEqual([expect.stringMatching(text)]);
		expect(world().slack()[0]).toContain('b-5');
		expect(await world().bookings()).toEqual([]);
		expect(await world().control.channels()).toEqual([]);
	});

	it.each([
		['bookings without an ID', [booking(undefined)]],
		['bookings with an empty ID', [booking('')]],
		['bookings with a blank ID', [booking('  ')]],
		...[
			'undefined',
			'null',
			'N/A',
			'{{appointment.id}}',
			'[object Object]',
			'%id%',
			'#REF!',
			'0',
		].map((id): [string, object[]] => [`bookings with the ID ${id}`, [booking(id)]]),
		['a list of bookings in one call', [[booking('b-1'), booking('b-2')]]],
	])('tells staff about %s, and takes none for another', async (_what, [body]) => {
		await world().client.insertRows('gfe_bookings', { gfe_id: 'walk-in', status: 'requested' });
		const { status } = await book(world(), body as object);
		expect(status).toBe(500);
		expect(await told(world())).toEqual([expect.stringContaining(`${FAILED} "No booking ID"`)]);
		expect(await world().bookings()).toMatchObject([{ gfe_id: 'walk-in' }]);
		expect(await world().control.channels()).toEqual([]);
	});

	it('refuses who has no key', async () => {
		const { url } = world().n8n;
		const answer = await fetch(`${url}/webhook/spakinect-booking`, { method: 'POST' });
		expect(answer.status).toBe(403);
		expect(await world().control.channels()).toEqual([]);
	});

	describe('when Spakinect fails', () => {
		it.each(['status', 'drop_before'] as const)(
			'before it (%s), staff are told, and the booking sent again gets its exam',
			async (kind) => {
				const match = { method: 'POST', path: 'appointments$' };
				await world().control.faults({ match, kind, status: 500, times: 1 });
				const failed = await book(world(), booking('b-1'));
				expect(failed.data.gfe_id ?? null).toBeNull();
				expect(world().slack()).toEqual([expect.stringMatching(/^Booking b-1: the GFE request/)]);
				expect(await world().bookings()).toEqual([]);
				expect((await book(world(), booking('b-1'))).data.result).toBe('requested');
				expect(await world().control.channels()).toEqual(['email', 'text']);
			},
		);

		it('after it, staff hear that it is not known, and the booking sent again finds the exam', async () => {
			const match = { method: 'POST', path: 'appointments$' };
			await world().control.faults({ match, kind: 'drop_after', times: 1 });
			await book(world(), booking('b-1'));
			expect(world().slack()).toEqual([expect.stringMatching(/may have been created/)]);
			expect((await book(world(), booking('b-1'))).data.result).toBe('open_visit');
			expect(await world().control.channels()).toEqual(['email', 'text']);
			expect(await world().bookings()).toMatchObject([{ booking_id: 'b-1' }]);
		});

		it('with the list, nothing is requested, because an open exam could be in it', async () => {
			await world().control.faults({ match: { path: '/gfes/' }, kind: 'status', status: 500 });
			await book(world(), booking('b-1'));
			expect(world().slack()).toHaveLength(1);
			expect(await world().control.channels()).toEqual([]);
		});
	});

	it('with a broken credential, staff are told, and no booking passes for a GFE', async () => {
		await world().breakCredential();
		const since = await world().mark();
		const { data } = await book(world(), booking('b-1'));
		expect(data.gfe_id ?? null).toBeNull();
		expect(world().slack()).toEqual([expect.stringMatching(/b-1/)]);
		expect(await world().bookings()).toEqual([]);
		expect(await world().control.calls(since)).toEqual([]);
	});

	describe('when Slack fails', () => {
		const wrong = booking('b-6', { services: ['Vampire facial'] });

		it('for a moment, staff are told once', async () => {
			world().services.slack.fail('limited', { times: 2 });
			await book(world(), wrong);
			expect(world().slack()).toEqual([expect.stringContaining('b-6')]);
		});

		it.each(['down', 'revoked'] as const)(
			'(%s), the booking system is told that it failed, and staff are when it sends it again',
			async (kind) => {
				world().services.slack.fail(kind);
				expect((await book(world(), wrong)).status).toBe(500);
				world().services.slack.recover();
				expect((await book(world(), wrong)).status).toBe(200);
				expect(world().slack()).toContainEqual(expect.stringContaining('Vampire facial'));
			},
		);

		it('a booking that needs no word to staff gets its exam', async () => {
			world().services.slack.fail('down');
			expect((await book(world(), booking('b-1'))).data.result).toBe('requested');
		});
	});
};
