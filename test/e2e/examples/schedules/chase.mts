import { newVisit } from '../../support/recipeVisits.mts';
import { LOCATION, PATIENT, type RecipeWorld } from '../../support/recipeWorld.mts';

type World = () => RecipeWorld;

const FILE = '03-chase-open-exams.json';
const HOUR = 3_600_000;
/** Some minutes more, so that it is still as many hours when the recipe looks. */
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR + 300_000).toISOString();

export const describeChase = (world: World): void => {
	const run = () => world().runByHand(FILE, 'Every hour');
	const insert = (booking_id: string, gfe_id: string, hours: number, changes: object = {}) =>
		world().client.insertRows('gfe_bookings', {
			...{ booking_id, gfe_id, location_id: LOCATION, status: 'requested' },
			appointment_time: inHours(hours),
			...changes,
		});
	const appointment = async (booking_id: string, hours: number, status = 'Processing') => {
		const gfe_id = await newVisit(world(), ['Botox'], { status });
		await insert(booking_id, gfe_id, hours);
		return gfe_id;
	};
	const writes = () =>
		world().services.calls.filter(
			({ call }) => /^POST .*contact/.test(call) && !/search/.test(call),
		);
	/** What HubSpot wrote to contacts, oldest first. */
	const reminders = () =>
		writes()
			.filter(({ status }) => status < 400)
			.map(({ body }) =>
				Object.fromEntries(
					(JSON.parse(body) as { properties: Array<Record<string, string>> }).properties.map(
						({ property, value }) => [property, value],
					),
				),
			);
	const bookingsTold = () =>
		world()
			.slack()
			.map((text) => /^Booking (\S+),/.exec(text)?.[1] ?? text)
			.sort();

	it('reminds once at each step, and leaves alone who has finished or comes later', async () => {
		const soon = await appointment('b-40', 40);
		await appointment('b-90', 90);
		await appointment('b-past', -1);
		await appointment('b-done', 20, 'Completed');
		await run();
		await run();
		expect(reminders()).toEqual([
			{ gfe_id: soon, gfe_reminder: expect.stringMatching(/^Remind: the exam is open \(20/) },
		]);
		expect(world().services.hubspot.contactWith(PATIENT.email)).toBeDefined();
		expect(world().slack()).toEqual([]);
		expect(await world().control.contacts()).toEqual([]);
	});

	it('goes on to 24 hours and to staff at 3 hours, each once', async () => {
		const first = await appointment('b-20', 20, 'Waiting for something new');
		await appointment('b-2', 2);
		await run();
		await run();
		expect(reminders()).toMatchObject([{ gfe_id: first }]);
		expect(bookingsTold()).toEqual(['b-2']);
		expect(world().slack()[0]).toMatch(/in 2 h \d+ min/);
	});

	it('reminds of the same appointment at 48 and at 24 hours, and again after it was moved', async () => {
		const gfe = await newVisit(world(), ['Botox']);
		for (const hours of [47, 46, 24, 23, 22, 3]) {
			const [row] = await world().bookings();
			await world().client.clearRows('gfe_bookings');
			await insert('b-1', gfe, hours, { reminded_hours: row?.reminded_hours ?? null });
			await run();
		}
		expect(reminders().map(({ gfe_reminder }) => gfe_reminder)).toEqual([
			expect.stringMatching(/^Remind: the exam is open \(20/),
			expect.stringMatching(/^Remind: the exam is open \(20/),
		]);
		await world().client.clearRows('gfe_bookings');
		await insert('b-1', gfe, 45, { reminded_hours: 23 });
		await run();
		expect(reminders()).toHaveLength(3);
		expect(world().slack()).toEqual([]);
	});

	it.each(['Cancelled', 'Rejected', 'Cancelled by client'])(
		'tells staff once of an exam that is %s, and the patient nothing',
		async (status) => {
			const gfe = await appointment('b-off', 30, status);
			await appointment('b-off-later', 60, status);
			await run();
			await run();
			expect(bookingsTold()).toEqual(['b-off']);
			expect(world().slack()[0]).toContain(status);
			await world().client.clearRows('gfe_bookings');
			await insert('b-off', gfe, 20, { event_id: 'of the time when it was open' });
			await run();
			expect(bookingsTold()).toEqual(['b-off', 'b-off']);
			expect(reminders()).toEqual([]);
		},
	);

	it('leaves alone a booking that was cancelled, is completed, or has no exam in the table', async () => {
		const gfe = await newVisit(world(), ['Botox'], { status: 'Cancelled' });
		await insert('b-1', gfe, 20, { status: 'booking_cancelled' });
		await insert('b-2', gfe, 20, { status: 'completed' });
		await insert('b-3', '', 20);
		await run();
		expect(world().slack()).toEqual([]);
		expect(reminders()).toEqual([]);
	});

	it('tells staff of an exam that Spakinect does not know, once in a step', async () => {
		await insert('b-lost', 'gfe-nowhere', 10);
		const gfe_id = await appointment('b-40', 40);
		await run();
		await run();
		expect(bookingsTold()).toEqual(['b-lost']);
		expect(reminders()).toMatchObject([{ gfe_id }]);
	});

	it.each(['down', 'limited', 'revoked'] as const)(
		'tells staff instead of texting again when HubSpot is %s',
		async (fault) => {
			await appointment('b-1', 40);
			await appointment('b-2', 20);
			world().services.hubspot.fail(fault);
			await run();
			world().services.hubspot.recover();
			await run();
			expect(reminders()).toEqual([]);
			expect(bookingsTold()).toEqual(['b-1', 'b-2']);
		},
	);

	it('tells staff an hour later if Slack is down, and reminds all the same', async () => {
		await appointment('b-2', 2);
		await appointment('b-off', 30, 'Rejected');
		await appointment('b-40', 40);
		world().services.slack.fail('down');
		await expect(run()).rejects.toThrow();
		world().services.slack.recover();
		await run();
		await run();
		expect(bookingsTold()).toEqual(['b-2', 'b-off']);
		expect(reminders()).toHaveLength(1);
	});

	it('a location that cannot be read: staff are told whose step is due, the others go on', async () => {
		const gfe = await newVisit(world(), ['Botox']);
		await insert('b-1', gfe, 40);
		await insert('b-2', gfe, 40, { location_id: 'loc_unknown' });
		await insert('b-3', gfe, 2, { location_id: 'loc_unknown' });
		await insert('b-4', gfe, 90, { location_id: 'loc_unknown' });
		await run();
		await run();
		expect(bookingsTold()).toEqual(['b-2', 'b-3']);
		expect(reminders()).toHaveLength(1);
	});

	it.each(['Spakinect is down', 'the credential is broken'])(
		'if %s, staff are told and no patient is',
		async (what) => {
			await appointment('b-1', 40);
			await appointment('b-done', 20, 'Completed');
			if (what.startsWith('Spakinect')) {
				await world().control.faults({ match: { path: 'gfes' }, kind: 'status', status: 403 });
			} else {
				await world().breakCredential();
			}
			await run().finally(() => world().repairCredential());
			await world().control.faults();
			await run();
			expect(bookingsTold()).toEqual(['b-1', 'b-done']);
			expect(reminders()).toEqual([]);
		},
	);

	it('takes a row without a booking ID or time, and 120 appointments', async () => {
		const gfe = await newVisit(world(), ['Botox']);
		await insert('', gfe, 40);
		await insert('b-timeless', gfe, 0, { appointment_time: null });
		const later = { gfe_id: gfe, location_id: LOCATION, status: 'requested' };
		const many = Array.from({ length: 120 }, (_, n) => ({ booking_id: `b-${n}`, ...later }));
		const appointment_time = inHours(90);
		await world().client.insertRows(
			'gfe_bookings',
			...many.map((booking) => ({ ...booking, appointment_time })),
		);
		await run();
		await run();
		expect(reminders()).toHaveLength(1);
		expect(world().slack()).toEqual([]);
	});
};
