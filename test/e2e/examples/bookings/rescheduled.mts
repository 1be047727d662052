import { PATIENT } from '../../support/recipeWorld.mts';
import { book, booking, BOTOX, inHours, statuses, type World } from './booking.mts';

const FILE = '05-booking-rescheduled.json';

export const describeRescheduled = (world: World): void => {
	const move = async (id: unknown, appointment_time: unknown, patient: object = PATIENT) =>
		(
			await world().call('spakinect-booking-rescheduled', {
				...{ booking_id: id, appointment_time },
				...patient,
			})
		).status;
	const row = async (id = 'b-1') =>
		(await world().bookings()).find(({ booking_id }) => booking_id === id)!;
	/** To the second, as Spakinect keeps it. */
	const asNoted = (time: string) => `${new Date(time).toISOString().slice(0, 19)}.000Z`;
	const visits = async () => (await world().control.state()).visits;
	const remind = (id: string) =>
		world().client.updateRows('gfe_bookings', { booking_id: id }, { reminded_hours: 48 });

	beforeAll(async () => {
		await world().publish('01-booking-to-gfe.json');
		await world().publish(FILE);
	});
	afterEach(() => world().repairCredential());

	it('cancels an open exam and requests it once for the new time', async () => {
		const { data: old } = await book(world(), booking('b-1'));
		await remind('b-1');
		const time = inHours(100);
		expect(await move('b-1', time)).toBe(200);
		expect(await move('b-1', time)).toBe(200);
		const [first, second, ...others] = await visits();
		expect(others).toEqual([]);
		expect([first!.gfe_id, first!.status]).toEqual([old.gfe_id, 'Cancelled by client']);
		expect(second).toMatchObject({
			status: expect.not.stringMatching(/cancel/i),
			requested_treatments: ['Botox', 'Dermal Filler'],
			appointment_time: Math.floor(Date.parse(time) / 1000),
		});
		expect(await row()).toMatchObject({
			...{ gfe_id: second!.gfe_id, appointment_time: asNoted(time), status: 'requested' },
			...{ treatments: 'Botox, Dermal Filler', reminded_hours: 999 },
		});
		expect(await world().control.channels()).toHaveLength(4);
		expect(world().slack()).toEqual([]);
	});

	it('changes nothing for a move to the same time, not even who was reminded', async () => {
		const { data } = await book(world(), booking('b-1'));
		await remind('b-1');
		const before = await row();
		const since = await world().mark();
		expect(await move('b-1', booking('b-1').appointment_time)).toBe(200);
		expect(await world().writes(since)).toEqual([]);
		expect(await row()).toMatchObject({ gfe_id: data.gfe_id, reminded_hours: 48 });
		expect((await row()).appointment_time).toBe(before.appointment_time);
	});

	it('sends nothing for a finished exam, and warns only if it expires before', async () => {
		const { data } = await book(world(), booking('b-1'));
		await world().control.complete(String(data.gfe_id), { deliver: false });
		const since = await world().mark();
		const soon = inHours(200);
		await move('b-1', soon);
		expect(world().slack()).toEqual([]);
		expect(await row()).toMatchObject({ gfe_id: data.gfe_id, appointment_time: asNoted(soon) });
		const inTwoYears = inHours(2 * 365 * 24);
		await move('b-1', inTwoYears);
		expect(world().slack()).toEqual([expect.stringMatching(/^Booking b-1 .*Not cleared for/)]);
		expect(await row()).toMatchObject({
			...{ gfe_id: data.gfe_id, appointment_time: asNoted(inTwoYears) },
		});
		expect(await world().writes(since)).toEqual([]);
	});

	it('keeps an exam that can no longer be canceled, and tells staff', async () => {
		const { data } = await book(world(), booking('b-1'));
		await world().setVisit(String(data.gfe_id), { status: 'Pending Review' });
		const time = inHours(100);
		await move('b-1', time);
		expect(await statuses(world())).toEqual(['Pending Review']);
		expect(world().slack()).toEqual([expect.stringMatching(/stays open \(Pending Review\)/)]);
		expect(await row()).toMatchObject({ gfe_id: data.gfe_id, appointment_time: asNoted(time) });
	});

	it('requests all that the old exam covered, and other bookings of it get the new one', async () => {
		const { data } = await book(world(), booking('b-1'));
		await book(world(), booking('b-2', { services: [BOTOX] }));
		const other = { gfe_id: data.gfe_id, booking_id: 'b-3', status: 'booking_cancelled' };
		await world().client.insertRows('gfe_bookings', other);
		const before = await row();
		const time = inHours(100);
		await move('b-2', time);
		const [old, now, ...others] = await visits();
		expect([old!.status, others]).toEqual(['Cancelled by client', []]);
		expect(now!.requested_treatments).toEqual(['Botox', 'Dermal Filler']);
		const { gfe_id } = now!;
		expect(await row('b-2')).toMatchObject({ gfe_id, appointment_time: asNoted(time) });
		expect(await row()).toMatchObject({ gfe_id, appointment_time: before.appointment_time });
		expect(await row('b-3')).toMatchObject({ gfe_id: data.gfe_id, status: 'booking_cancelled' });
		expect(world().slack()).toEqual([]);
	});

	it.each(['Cancelled by client', 'Rejected'])(
		'requests a new exam if the old one is %s',
		async (status) => {
			const { data } = await book(world(), booking('b-1'));
			await world().setVisit(String(data.gfe_id), { status });
			await world().client.updateRows(
				...(['gfe_bookings', { booking_id: 'b-1' }, { status, event_id: 'e' }] as const),
			);
			await move('b-1', inHours(100));
			expect(await statuses(world())).toEqual([status, expect.not.stringMatching(/cancel/i)]);
			expect(await row()).toMatchObject({ status: 'requested', event_id: null });
			expect((await row()).gfe_id).not.toBe(data.gfe_id);
		},
	);

	it.each(['Cancelled by client', 'Rejected'])(
		'tells staff if the time stays and the exam is %s, and contacts nobody',
		async (status) => {
			const { data } = await book(world(), booking('b-1'));
			await world().setVisit(String(data.gfe_id), { status });
			const since = await world().mark();
			await move('b-1', booking('b-1').appointment_time);
			expect(world().slack()).toEqual([expect.stringMatching(`^Booking b-1 .*${data.gfe_id}`)]);
			expect(await world().writes(since)).toEqual([]);
		},
	);

	it('tells staff when the new exam fails after the cancel, and the call sent again requests it', async () => {
		const { data } = await book(world(), booking('b-1'));
		const match = { method: 'POST', path: 'appointments$' };
		await world().control.faults({ match, kind: 'status', status: 500 });
		const time = inHours(100);
		expect(await move('b-1', time)).toBe(200);
		expect(await statuses(world())).toEqual(['Cancelled by client']);
		expect(world().slack()).toEqual([
			expect.stringMatching(new RegExp(`^Booking b-1 .*GFE ${data.gfe_id} was canceled, but`)),
		]);
		await world().control.faults();
		await move('b-1', time);
		expect(await statuses(world())).toHaveLength(2);
		expect(await row()).toMatchObject({ status: 'requested', appointment_time: asNoted(time) });
	});

	it('takes a time without a zone in the time zone of the workflow, each time in the same way', async () => {
		await book(world(), booking('b-1'));
		const time = inHours(100).slice(0, 19);
		await move('b-1', time);
		await move('b-1', time);
		expect(await statuses(world())).toHaveLength(2);
		expect(await row()).toMatchObject({ appointment_time: asNoted(`${time}Z`) });
	});

	it.each([
		['a time that cannot be read', 'next Tuesday at ten', PATIENT, /'Appointment Time'/],
		['no time', undefined, PATIENT, /'Appointment Time'/],
		['another patient', inHours(100), { ...PATIENT, last_name: 'Other' }, /another patient/],
	])('leaves %s to staff, and changes nothing', async (_what, time, patient, text) => {
		await book(world(), booking('b-1'));
		const before = await row();
		const since = await world().mark();
		expect(await move('b-1', time, patient)).toBe(200);
		expect(world().slack()).toEqual([expect.stringMatching(text)]);
		expect(await row()).toEqual(before);
		expect(await world().writes(since)).toEqual([]);
	});

	it.each([
		['a booking without an exam', 'b-9'],
		['a call without an ID', undefined],
	])('does nothing for %s', async (_what, id) => {
		await world().client.insertRows('gfe_bookings', { gfe_id: 'walk-in', status: 'requested' });
		const since = await world().mark();
		expect(await move(id, inHours(100))).toBe(200);
		expect(await world().control.calls(since)).toEqual([]);
		expect(world().slack()).toEqual([]);
	});

	it('with a broken credential, staff are told, and exam and row stay as they are', async () => {
		await book(world(), booking('b-1'));
		const before = await row();
		await world().breakCredential();
		expect(await move('b-1', inHours(100))).toBe(200);
		expect(world().slack()).toEqual([expect.stringMatching(/^Booking b-1 /)]);
		expect(await statuses(world())).toEqual([expect.not.stringMatching(/cancel/i)]);
		expect(await row()).toEqual(before);
	});

	it('tells staff when the call comes again, if Slack was down', async () => {
		const { data } = await book(world(), booking('b-1'));
		await world().setVisit(String(data.gfe_id), { status: 'Pending Review' });
		world().services.slack.fail('down');
		const time = inHours(100);
		expect(await move('b-1', time)).toBe(500);
		world().services.slack.recover();
		expect(await move('b-1', time)).toBe(200);
		expect(world().slack()).toContainEqual(expect.stringMatching(/stays open/));
	});

	it('as its note says for a Client key, tells staff, notes the time and asks Spakinect nothing', async () => {
		const id = await world().publish(FILE);
		const { connections, nodes } = await world().client.workflow(id);
		connections['Find the booking']!.main![0] = ['Tell staff', 'Note the time'].map((node) => ({
			...{ node, type: 'main', index: 0 },
		}));
		const note = nodes.find(({ name }) => name === 'Note the time')!;
		const { value } = note.parameters.columns as { value: Record<string, unknown> };
		value.appointment_time = "={{ $('Booking rescheduled').item.json.body.appointment_time }}";
		await world().client.updateWorkflow(id, { connections, nodes });
		await world().client.publish(id);
		await book(world(), booking('b-1'));
		const since = await world().mark();
		const time = inHours(100);
		await move('b-1', time);
		expect(world().slack()).toEqual([expect.stringMatching(/^Booking b-1 was moved/)]);
		expect(await row()).toMatchObject({ appointment_time: time });
		expect(await world().control.calls(since)).toEqual([]);
	});
};
