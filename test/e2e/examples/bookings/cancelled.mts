import { book, booking, BOTOX, statuses, told, type World } from './booking.mts';

const FILE = '04-booking-cancelled.json';

export const describeCancelled = (world: World): void => {
	const cancel = async (booking_id?: string) =>
		(await world().call('spakinect-booking-cancelled', { booking_id })).status;
	/** Cancels, where it is of interest whether Spakinect was asked. */
	const writesOf = async (id: string) => {
		const since = await world().mark();
		expect(await cancel(id)).toBe(200);
		return (await world().writes(since)).map((call) => call.split(' ')[0]);
	};

	beforeAll(async () => {
		await world().publish('01-booking-to-gfe.json');
		await world().publish(FILE);
	});
	afterEach(() => world().repairCredential());

	it('cancels the open exam once, and says nothing to staff', async () => {
		await book(world(), booking('b-1'));
		expect(await writesOf('b-1')).toEqual(['PATCH']);
		expect(await writesOf('b-1')).toEqual([]);
		expect(await statuses(world())).toEqual(['Cancelled by client']);
		expect(await world().bookings()).toMatchObject([
			{ booking_id: 'b-1', status: 'booking_cancelled' },
		]);
		expect(world().slack()).toEqual([]);
	});

	it.each(['Completed', 'Pending Review'])('leaves an exam alone that is %s', async (status) => {
		const { data } = await book(world(), booking('b-1'));
		if (status === 'Completed')
			await world().control.complete(String(data.gfe_id), { deliver: false });
		else await world().setVisit(String(data.gfe_id), { status });
		expect(await cancel('b-1')).toBe(200);
		expect(await statuses(world())).toEqual([status]);
		expect(await world().bookings()).toMatchObject([{ status: 'booking_cancelled' }]);
		expect(world().slack()).toEqual([]);
	});

	it('lets no workflow wait for the exam of a canceled booking', async () => {
		await book(world(), booking('b-1'));
		const waiting = { resume_url: 'https://n8n.example/webhook-waiting/1' };
		await world().client.updateRows('gfe_bookings', { booking_id: 'b-1' }, waiting);
		await cancel('b-1');
		expect(await world().bookings()).toMatchObject([
			{ status: 'booking_cancelled', resume_url: 'none' },
		]);
	});

	it('is content with an exam that was canceled in the portal', async () => {
		const { data } = await book(world(), booking('b-1'));
		await world().setVisit(String(data.gfe_id), { status: 'Cancelled by client' });
		expect(await cancel('b-1')).toBe(200);
		expect(world().slack()).toEqual([]);
	});

	it('keeps the exam that another booking uses, until that is canceled too', async () => {
		await book(world(), booking('b-1'));
		await book(world(), booking('b-2', { services: [BOTOX] }));
		expect(await writesOf('b-1')).toEqual([]);
		expect(await world().bookings()).toMatchObject([
			{ booking_id: 'b-1', status: 'booking_cancelled' },
			{ booking_id: 'b-2', status: 'requested' },
		]);
		expect(await writesOf('b-2')).toEqual(['PATCH']);
		expect(await statuses(world())).toEqual(['Cancelled by client']);
	});

	it.each([
		['a booking that has no exam', 'b-9'],
		['a call without an ID', undefined],
	])('does nothing for %s, and answers without an error', async (_what, id) => {
		await world().client.insertRows('gfe_bookings', { gfe_id: 'walk-in', status: 'requested' });
		const since = await world().mark();
		expect(await cancel(id)).toBe(200);
		expect(await world().control.calls(since)).toEqual([]);
		expect(await world().bookings()).toMatchObject([{ gfe_id: 'walk-in', status: 'requested' }]);
		expect(world().slack()).toEqual([]);
	});

	it('tells staff when Spakinect does not answer', async () => {
		const { data } = await book(world(), booking('b-1'));
		await world().control.faults({ match: { path: 'cancel' }, kind: 'status', status: 500 });
		expect(await cancel('b-1')).toBe(200);
		expect(world().slack()).toEqual([
			expect.stringMatching(new RegExp(`^Booking b-1 .*GFE ${data.gfe_id} .*500`)),
		]);
	});

	it('cancels when the call comes again, if neither Spakinect nor Slack was there', async () => {
		await book(world(), booking('b-1'));
		await world().control.faults({ match: { path: 'cancel' }, kind: 'status', status: 500 });
		world().services.slack.fail('down');
		expect(await cancel('b-1')).toBe(500);
		await world().control.faults();
		world().services.slack.recover();
		expect(await cancel('b-1')).toBe(200);
		expect(await statuses(world())).toEqual(['Cancelled by client']);
	});

	it('with a broken credential, staff are told, and the exam stays as it is', async () => {
		const { data } = await book(world(), booking('b-1'));
		await world().breakCredential();
		expect(await cancel('b-1')).toBe(200);
		expect(world().slack()).toEqual([expect.stringContaining(`GFE ${data.gfe_id}`)]);
		expect(await statuses(world())).toEqual([expect.not.stringMatching(/cancel/i)]);
	});

	it('without the table, the booking system hears of it, and staff do', async () => {
		await world().client.withoutTable('gfe_bookings', async () => {
			expect(await cancel('b-1')).toBe(500);
		});
		expect(await told(world())).toEqual([
			expect.stringMatching(
				/^Workflow "Spakinect 04: Booking canceled" failed at "Find the booking"\. Look at the execution: http\S+$/,
			),
		]);
	});

	it('reconnected for a Client key, staff cancel by hand, and Spakinect is not asked', async () => {
		await world().reconnect(FILE, 'Nobody does', 0, 'Tell staff');
		const { data } = await book(world(), booking('b-1'));
		const since = await world().mark();
		expect(await cancel('b-1')).toBe(200);
		expect(world().slack()).toEqual([
			expect.stringMatching(new RegExp(`^Booking b-1 .*Cancel GFE ${data.gfe_id} in`)),
		]);
		expect(await world().control.calls(since)).toEqual([]);
	});
};
