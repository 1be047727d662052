import { itemsOf, type Execution } from '../../../../sandbox/n8n/client.mts';
import { book, booking, BOTOX, inHours } from '../bookings/booking.mts';
import { newVisit } from '../../support/recipeVisits.mts';
import { FOLDER, LOCATION, PATIENT, type RecipeWorld } from '../../support/recipeWorld.mts';

export const DECISIONS = {
	Botox: 'approved',
	'Dermal Filler': 'conditionally_approved',
	'Chemical Peel': 'deferred',
	Microneedling: 'undecided',
};

export const describeGfeCompleted = (started: () => RecipeWorld): void => {
	let world: RecipeWorld;
	beforeAll(() => {
		world = started();
	});
	const contact = () => world.services.hubspot.contactWith(PATIENT.email)?.properties;
	const files = () => world.services.drive.store.namesIn(FOLDER);

	const FILE = '02-gfe-completed.json';
	let id = '';
	/** What the first publication subscribed. */
	let subscribed: string[] | undefined;
	beforeEach(async () => {
		id = await world.import(FILE);
		// The reset has made Spakinect forget the URL, and n8n registers only when it publishes. It has also
		// made it forget the location, which the trigger subscribes once and Spakinect never forgets.
		if (subscribed) await world.subscribe(LOCATION);
		await world.client.unpublish(id);
		await world.client.publish(id);
		subscribed ??= (await world.control.state()).subscriptions['emr-test-key'];
	});
	afterAll(() => world.client.unpublish(id));

	const visit = async (changes: object = {}): Promise<string> => {
		const gfeId = await newVisit(world, Object.keys(DECISIONS), changes);
		const row = { booking_id: 'b-1', gfe_id: gfeId, status: 'requested' };
		await world.client.insertRows('gfe_bookings', row);
		return gfeId;
	};
	const complete = (gfeId: string, decisions: object = DECISIONS): Promise<Execution> =>
		world.ended(id, () => world.control.complete(gfeId, { decisions }));
	/** With every requested treatment approved. */
	const approve = (gfeId: string): Promise<Execution> =>
		world.ended(id, () => world.control.complete(gfeId));

	it('marks the booking, updates the contact, saves the PDF, and tells staff what is not approved', async () => {
		const gfeId = await visit();
		await complete(gfeId);
		expect(await world.bookings()).toMatchObject([
			{
				...{ booking_id: 'b-1', gfe_id: gfeId, status: 'completed', all_approved: false },
				...{ completed_at: expect.stringMatching(/^20/), event_id: expect.stringMatching(/./) },
			},
		]);
		expect(contact()).toMatchObject({
			gfe_id: gfeId,
			gfe_status: 'completed, all approved: false',
			gfe_decisions:
				'Approved: Botox. Conditionally approved: Dermal Filler. Deferred: Chemical Peel. Undecided: Microneedling.',
			gfe_completed: expect.stringMatching(/^20/),
		});
		expect(files()).toEqual([expect.stringMatching(new RegExp(`^gfe-${gfeId} 20.*\\.pdf$`))]);
		const saved = [...world.services.drive.store.files.values()].at(-1);
		expect(saved?.content?.subarray(0, 5).toString()).toBe('%PDF-');
		expect(world.slack()).toEqual([
			expect.stringMatching(
				new RegExp(`${gfeId} .*not everything is approved.*Deferred: Chemical Peel\\.`),
			),
		]);
		expect(await world.control.leaks()).toEqual([]);
	});

	it('says nothing to staff if everything is approved', async () => {
		await approve(await visit());
		expect(await world.bookings()).toMatchObject([{ status: 'completed', all_approved: true }]);
		expect(contact()).toMatchObject({ gfe_status: 'completed, all approved: true' });
		expect(world.slack()).toEqual([]);
	});

	it('does everything once if both triggers bring the event', async () => {
		const gfeId = await visit();
		await complete(gfeId);
		const before = world.services.calls.length;
		const polled = await world.runByHand(FILE, 'Safety net');
		expect(itemsOf(polled, 'Safety net')).toHaveLength(1);
		expect(itemsOf(polled, 'Each event once')).toEqual([]);
		expect(world.services.calls).toHaveLength(before);
	});

	it('does nothing more if the webhook brings the event late', async () => {
		const gfeId = await visit();
		await world.control.complete(gfeId, { decisions: DECISIONS, deliver: false });
		await world.runByHand(FILE, 'Safety net');
		const before = world.services.calls.length;
		expect(before).toBeGreaterThan(2);
		const late = await world.ended(id, () => world.deliver(gfeId));
		expect(itemsOf(late, 'GFE completed')).toHaveLength(1);
		expect(itemsOf(late, 'Each event once')).toEqual([]);
		expect(world.services.calls).toHaveLength(before);
	});

	it('keeps a decision that changed if the delivery of the old one comes late', async () => {
		const gfeId = await visit();
		await world.control.complete(gfeId, { deliver: false });
		const late = await world.deliveryOf(gfeId);
		await world.setVisit(gfeId, { decisions: DECISIONS });
		await world.runByHand(FILE, 'Safety net');
		await world.ended(id, () => world.send(late));
		expect(await world.bookings()).toMatchObject([{ status: 'completed', all_approved: false }]);
		expect(contact()).toMatchObject({ gfe_status: 'completed, all approved: false' });
	});

	it('takes a decision that changes, and one that changes back', async () => {
		const gfeId = await visit();
		await approve(gfeId);
		await complete(gfeId, { ...DECISIONS, Botox: 'deferred' });
		expect(contact()?.gfe_decisions).toMatch(
			/Approved: \. .*Deferred: (Botox,Chemical|Chemical Peel,Botox)/,
		);
		expect(world.slack()).toHaveLength(1);
		await approve(gfeId);
		expect(contact()).toMatchObject({ gfe_status: 'completed, all approved: true' });
		expect(await world.bookings()).toMatchObject([{ all_approved: true }]);
		expect(world.services.hubspot.contacts.size).toBe(1);
		// Each decision has its own PDF, and the time in the name says which one is the newest.
		expect(new Set(files()).size).toBe(3);
	});

	it('catches by the safety net what the webhook did not bring', async () => {
		const gfeId = await visit();
		await world.control.complete(gfeId, { deliver: false });
		await world.runByHand(FILE, 'Safety net');
		expect(await world.bookings()).toMatchObject([{ status: 'completed', all_approved: true }]);
		expect(contact()).toMatchObject({ gfe_id: gfeId });
		expect(world.slack()).toEqual([]);
	});

	it('takes a GFE that was not booked through n8n, and one that two bookings share', async () => {
		const stranger = await newVisit(world, ['Botox']);
		await approve(stranger);
		expect(await world.bookings()).toMatchObject([
			{ gfe_id: stranger, location_id: LOCATION, status: 'completed' },
		]);
		const shared = await visit();
		await world.client.insertRows('gfe_bookings', { booking_id: 'b-2', gfe_id: shared });
		await complete(shared);
		const rows = (await world.bookings()).filter(({ gfe_id }) => gfe_id === shared);
		expect(rows.map(({ booking_id, status }) => [booking_id, status])).toEqual([
			['b-1', 'completed'],
			['b-2', 'completed'],
		]);
		expect(world.slack()).toHaveLength(1);
	});

	const statusOf = async () =>
		Object.fromEntries((await world.bookings()).map((row) => [row.booking_id, row.status]));
	const cancelInTable = (booking_id: string) =>
		world.client.updateRows('gfe_bookings', { booking_id }, { status: 'booking_cancelled' });

	it('leaves a canceled booking canceled when the other one of its exam is marked', async () => {
		const gfeId = await visit();
		await world.client.insertRows('gfe_bookings', { booking_id: 'b-2', gfe_id: gfeId });
		await cancelInTable('b-1');
		await complete(gfeId);
		expect(await statusOf()).toEqual({ 'b-1': 'booking_cancelled', 'b-2': 'completed' });
		expect(await world.bookings()).toHaveLength(2);
		await cancelInTable('b-2');
		await approve(gfeId);
		expect(await statusOf()).toMatchObject({
			...{ 'b-1': 'booking_cancelled', 'b-2': 'booking_cancelled' },
		});
	});

	it('after it, 04 and 05 leave the canceled booking alone, and 01 requests a new exam', async () => {
		const others = ['01-booking-to-gfe', '04-booking-cancelled', '05-booking-rescheduled'];
		for (const one of others) await world.publish(`${one}.json`);
		// Spakinect cancels no exam that a provider looks at, so its result comes after the cancellation.
		const gfeId = await visit({ status: 'Pending Review' });
		const cancel = () => world.call('spakinect-booking-cancelled', { booking_id: 'b-1' });
		expect((await cancel()).status).toBe(200);
		await complete(
			gfeId,
			Object.fromEntries(Object.keys(DECISIONS).map((one) => [one, 'deferred'])),
		);
		const since = await world.mark();
		expect((await cancel()).status).toBe(200);
		const move = { ...booking('b-1'), appointment_time: inHours(100) };
		expect((await world.call('spakinect-booking-rescheduled', move)).status).toBe(200);
		expect(await world.writes(since)).toEqual([]);
		const { data } = await book(world, booking('b-1', { services: [BOTOX] }));
		expect(data).toMatchObject({ result: 'requested', gfe_id: expect.not.stringMatching(gfeId) });
		const rows = (await world.bookings()).filter(({ booking_id }) => booking_id === 'b-1');
		expect(rows).toMatchObject([{ gfe_id: data.gfe_id, status: 'requested', event_id: null }]);
	});

	it('updates the contact that HubSpot has, whatever the case of its email address', async () => {
		world.services.hubspot.addContact({ email: PATIENT.email, firstname: 'Zeb' });
		await approve(
			await visit({ patient_details: { ...PATIENT, email: 'ZEB.Quack@patients.example' } }),
		);
		expect(world.services.hubspot.contacts.size).toBe(1);
		expect(contact()).toMatchObject({
			firstname: 'Zeb',
			gfe_status: expect.stringMatching(/true/),
		});
	});

	it('leaves HubSpot alone for a visit without an email address', async () => {
		const { first_name, last_name } = PATIENT;
		await approve(
			await visit({
				kind: 'in_person',
				patient_details: { first_name, last_name, dob: '1971-11-23' },
			}),
		);
		expect(world.services.hubspot.contacts.size).toBe(0);
		expect(await world.bookings()).toMatchObject([{ status: 'completed' }]);
		expect(files()).toHaveLength(1);
		expect(world.slack()).toEqual([]);
	});

	it('tells staff that an exam was rejected', async () => {
		const gfeId = await visit({ status: 'Rejected' });
		await world.runByHand(FILE, 'Safety net');
		expect(world.slack()).toEqual([expect.stringMatching(new RegExp(`${gfeId} \\(rejected\\)`))]);
		expect(await world.bookings()).toMatchObject([{ status: 'rejected', all_approved: false }]);
		expect(files()).toEqual([]);
	});

	describe.each(['down', 'limited', 'revoked'] as const)('with a service %s', (fault) => {
		it('HubSpot: staff are told, the rest is done', async () => {
			const gfeId = await visit();
			world.services.hubspot.fail(fault);
			await approve(gfeId);
			expect(world.slack()).toEqual([
				expect.stringMatching(new RegExp(`${gfeId} .*HubSpot.*Approved: Botox`)),
			]);
			expect(await world.bookings()).toMatchObject([{ status: 'completed', all_approved: true }]);
			expect(files()).toHaveLength(1);
		});

		it('Google Drive: staff are told, the rest is done', async () => {
			const gfeId = await visit();
			world.services.drive.fail(fault);
			await approve(gfeId);
			expect(world.slack()).toEqual([expect.stringMatching(new RegExp(`${gfeId} .*PDF`))]);
			expect(await world.bookings()).toMatchObject([{ status: 'completed', all_approved: true }]);
			expect(contact()).toMatchObject({ gfe_id: gfeId });
		});

		it('Slack: the run fails, and the booking is not marked, so that 07 tells staff', async () => {
			const gfeId = await visit();
			world.services.slack.fail(fault);
			const failed = await world.failing(() =>
				world.finished(id, () => world.control.complete(gfeId, { decisions: DECISIONS })),
			);
			expect(failed.status).toBe('error');
			expect(await world.bookings()).toMatchObject([{ status: 'requested', event_id: null }]);
			expect(contact()).toMatchObject({ gfe_id: gfeId });
			expect(files()).toHaveLength(1);
		});
	});

	it('tells staff when there is no PDF, and when HubSpot has no such property', async () => {
		const late = await visit();
		world.services.hubspot.reset();
		await world.ended(id, () => world.control.complete(late, { pdf: 'never' }));
		expect(world.slack()).toEqual([
			expect.stringMatching(new RegExp(`${late} .*PDF`)),
			expect.stringMatching(new RegExp(`${late} .*HubSpot`)),
		]);
		expect(await world.bookings()).toMatchObject([{ status: 'completed' }]);
	});

	it('tells staff that the PDF is missing while the credential is broken', async () => {
		const gfeId = await visit();
		await world.breakCredential();
		try {
			await approve(gfeId);
		} finally {
			await world.repairCredential();
		}
		// What can't be fetched counts as undecided: the delivery may bring an old approval.
		expect(world.slack()).toHaveLength(2);
		expect(world.slack()).toContainEqual(expect.stringMatching(new RegExp(`${gfeId} .*PDF`)));
		expect(world.slack()).toContainEqual(
			expect.stringMatching(new RegExp(`${gfeId} .*not everything is approved`)),
		);
		expect(files()).toEqual([]);
		expect(await world.bookings()).toMatchObject([
			{ gfe_id: gfeId, status: 'completed', all_approved: false },
		]);
	});

	it('subscribes the location that was filled in', () => {
		expect(subscribed).toEqual([LOCATION]);
	});
};
