import { failureOf, itemsOf, type Execution } from '../../../sandbox/n8n/client.mts';
import { inviteePayload, type Booking } from '../../../sandbox/services/calendly/delivery.mts';
import { FAULTS, LOCATION, PATIENT, RecipeWorld } from '../support/recipeWorld.mts';
import { newVisit } from '../support/recipeVisits.mts';
import { BOOT_MS, TEST_MS } from '../support/world.mts';
import { FAR_DAY } from '../support/farDay.mts';

jest.setTimeout(TEST_MS);

let world: RecipeWorld;
beforeAll(async () => {
	world = await RecipeWorld.start({ isPublic: true });
}, BOOT_MS);
beforeEach(() => world.reset());
afterEach(() => expect(world.services.refused()).toEqual([]));
afterAll(() => world?.stop());

const contacts = () => world.control.channels();
const visits = async () => (await world.control.state()).visits;
/** The exam is requested, and nobody hears of it. */
const LOST_ANSWER = { kind: 'drop_after', match: { method: 'POST' }, times: 1 } as const;
const start = `${FAR_DAY}T15:00:00.000Z`;
const NO_PATIENT = /zebulon|quackenbush|zeb\.quack|0187/i;

describe('20 Calendly booking', () => {
	const FILE = '20-calendly-booking.json';
	let id = '';
	beforeEach(async () => {
		id = await world.import(FILE);
		await world.client.unpublish(id);
		await world.client.publish(id);
	});
	afterAll(() => world.client.unpublish(id));

	const booking = (changes: Partial<Booking> = {}): Booking => ({
		email: PATIENT.email,
		firstName: PATIENT.first_name,
		lastName: PATIENT.last_name,
		start,
		end: `${FAR_DAY}T15:30:00.000Z`,
		eventName: 'Consultation',
		answers: { 'Which services?': 'Lip Flip\nCheek Filler\nFacial', Phone: PATIENT.phone },
		...changes,
	});
	type Invitee = Awaited<ReturnType<RecipeWorld['services']['calendly']['book']>>['invitee'];
	const book = async (changes: Partial<Booking> = {}): Promise<[Execution, Invitee]> => {
		let invitee: Invitee | undefined;
		const execution = await world.finished(id, async () => {
			({ invitee } = await world.services.calendly.book(booking(changes)));
		});
		return [execution, invitee!];
	};
	const again = (invitee: object) =>
		world.ended(id, () => world.services.calendly.deliver('invitee.created', invitee));

	it('requests one exam for what was answered, and notes the booking', async () => {
		const [execution, { uri }] = await book();
		if (execution.status !== 'success') throw new Error(failureOf(execution));
		const [visit, ...more] = await visits();
		expect(more).toEqual([]);
		expect(visit).toMatchObject({
			requested_treatments: ['Botox', 'Dermal Filler'],
			location_id: LOCATION,
			phone: '+12025550187',
			appointment_time: Date.parse(start) / 1000,
		});
		const [row, ...others] = await world.bookings();
		expect(others).toEqual([]);
		expect(row).toMatchObject({
			...{ booking_id: uri, gfe_id: visit!.gfe_id, location_id: LOCATION, status: 'requested' },
			...{ treatments: 'Botox, Dermal Filler', appointment_time: start },
		});
		expect(JSON.stringify(row)).not.toMatch(NO_PATIENT);
		expect(world.slack()).toEqual([]);
	});

	it('of a delivery that comes again, contacts nobody, also after the exam', async () => {
		const [, invitee] = await book();
		await again(invitee);
		const [visit] = await visits();
		const decisions = { Botox: 'deferred', 'Dermal Filler': 'deferred' };
		await world.control.complete(visit!.gfe_id, { decisions, deliver: false });
		await again(invitee);
		expect(await contacts()).toEqual(['email', 'text']);
		expect(await world.bookings()).toHaveLength(1);
	});

	it('of a booking that is moved, keeps the exam, and forgets the old time', async () => {
		const [, old] = await book();
		const later = `${FAR_DAY}T20:00:00.000Z`;
		const moved = {
			...old,
			uri: `${old.uri}-moved`,
			old_invitee: old.uri,
			scheduled_event: { ...old.scheduled_event, start_time: later },
		};
		await again(moved);
		await again(moved);
		const [visit, ...more] = await visits();
		expect(more).toEqual([]);
		expect(await contacts()).toEqual(['email', 'text']);
		const rows = (await world.bookings()).map((row) => [
			row.booking_id,
			row.gfe_id,
			row.appointment_time,
		]);
		expect(rows).toEqual([[moved.uri, visit!.gfe_id, later]]);
	});

	it('of a booking that is moved after an approval, forgets the old time, and contacts nobody', async () => {
		const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
		const [, old] = await book({ start: inHours(30), end: inHours(31) });
		const [visit] = await visits();
		await world.control.complete(visit!.gfe_id, { deliver: false });
		await again({
			...old,
			uri: `${old.uri}-moved`,
			old_invitee: old.uri,
			scheduled_event: { ...old.scheduled_event, start_time: inHours(50) },
		});
		expect(await contacts()).toEqual(['email', 'text']);
		expect(await world.bookings()).toEqual([]);
	});

	it('asks for nothing if no booked service needs an exam', async () => {
		const [{ status }] = await book({
			answers: { 'Which services?': 'Facial', Phone: PATIENT.phone },
		});
		expect([status, await contacts(), world.slack()]).toEqual(['success', [], []]);
		expect(await world.bookings()).toEqual([]);
	});

	it.each([
		['an unknown service', { 'Which services?': 'Lip Flipp', Phone: PATIENT.phone }, /Lip Flipp/],
		['answers in another order', { Phone: PATIENT.phone, 'Which services?': 'Lip Flip' }, /./],
		['no answers', {}, /Phone|Treatment/],
		['no phone', { 'Which services?': 'Lip Flip' }, /Phone/],
	])(
		'tells staff, requests nothing, and takes it when it is right: %s',
		async (_, answers, text) => {
			const [, invitee] = await book({ answers: answers as Record<string, string> });
			expect(await visits()).toEqual([]);
			expect(await world.bookings()).toEqual([]);
			expect(world.slack()).toEqual([expect.stringMatching(text)]);
			expect(world.slack()[0]).toContain(invitee.uri);
			const { questions_and_answers } = (await book())[1];
			await again({ ...invitee, questions_and_answers });
			expect(await visits()).toHaveLength(1);
		},
	);

	it.each([
		['down', () => world.control.faults({ kind: 'status', status: 503 })],
		['asked with a broken credential', () => world.breakCredential()],
	])('tells staff while Spakinect is %s, and the same delivery works later', async (_, fail) => {
		await fail();
		let invitee: object;
		try {
			[, invitee] = await book();
			expect(world.slack()).toEqual([expect.stringContaining('no exam was requested')]);
			expect(await world.bookings()).toEqual([]);
		} finally {
			await world.control.faults();
			await world.repairCredential();
		}
		await again(invitee);
		expect(await world.bookings()).toMatchObject([{ status: 'requested' }]);
	});

	/** Books while Slack takes no message. @returns the failed run and the invitee */
	const bookWithoutSlack = async (
		fault: (typeof FAULTS)[number],
		changes: Partial<Booking> = {},
	): Promise<[Execution, Invitee]> => {
		let invitee: Invitee | undefined;
		const failed = await world.withoutSlack(fault, async () => {
			const [execution, booked] = await book(changes);
			invitee = booked;
			return execution;
		});
		return [failed, invitee!];
	};

	it.each(FAULTS)(
		'while Slack is %s, keeps the message for Retry, and takes the booking when it is right',
		async (fault) => {
			const answers = { 'Which services?': 'Lip Flipp', Phone: PATIENT.phone };
			const [failed, invitee] = await bookWithoutSlack(fault, { answers });
			expect([await visits(), await world.bookings()]).toEqual([[], []]);
			await world.retry(id, failed);
			expect(world.slack()).toEqual([expect.stringContaining(invitee.uri)]);
			const { questions_and_answers } = inviteePayload(booking());
			await again({ ...invitee, questions_and_answers });
			expect(await contacts()).toEqual(['email', 'text']);
			expect(await world.bookings()).toHaveLength(1);
			expect(world.slack()).toHaveLength(1);
		},
	);

	it('whose answer from Spakinect is lost while Slack is down, contacts nobody again', async () => {
		await world.control.faults(LOST_ANSWER);
		const [failed, invitee] = await bookWithoutSlack('down');
		expect(await world.bookings()).toEqual([]);
		await world.retry(id, failed);
		expect(world.slack()).toEqual([expect.stringContaining(invitee.uri)]);
		await again(invitee);
		await again(invitee);
		const [visit, ...more] = await visits();
		expect(more).toEqual([]);
		expect(await contacts()).toEqual(['email', 'text']);
		expect(await world.bookings()).toMatchObject([{ gfe_id: visit!.gfe_id }]);
	});

	it('with a Client key does the same, and texts again when the booking is moved, as its note says', async () => {
		await world.client.unpublish(id);
		const own = await world.importForClientKey(FILE);
		await world.client.publish(own);
		try {
			const receive = (invitee: object) =>
				world.ended(own, () => world.services.calendly.deliver('invitee.created', invitee));
			const invitee = inviteePayload(booking());
			await receive(invitee);
			await receive(invitee);
			expect(await contacts()).toEqual(['email', 'text']);
			const [visit] = await visits();
			expect(await world.bookings()).toMatchObject([
				{ booking_id: invitee.uri, gfe_id: visit!.gfe_id, treatments: 'Botox, Dermal Filler' },
			]);
			await receive({ ...invitee, uri: `${invitee.uri}-moved`, old_invitee: invitee.uri });
			expect(await contacts()).toEqual(['email', 'email', 'text', 'text']);
			expect(await world.bookings()).toHaveLength(1);
			expect(world.slack()).toEqual([]);
		} finally {
			await world.client.unpublish(own);
		}
	});

	it('is not published while Calendly refuses the credential, names it, and works when it is repaired', async () => {
		await world.client.unpublish(id);
		world.services.calendly.fail('revoked');
		await expect(world.client.publish(id)).rejects.toThrow(/calendlyOAuth2Api.*reconnected/);
		expect(world.services.calendly.subscriptions.size).toBe(0);
		expect((await world.client.publicationStatus(id)).status).not.toBe('published');
		world.services.calendly.recover();
		await world.client.publish(id);
		expect(world.services.calendly.subscriptions.size).toBe(1);
		await book();
		expect(await world.bookings()).toHaveLength(1);
	});

	it('starts for Calendly’s signed events only', async () => {
		const before = (await world.client.executions(id)).length;
		const forged = { key: 'guessed' };
		const statuses = await world.services.calendly.deliver('invitee.created', booking(), forged);
		expect(statuses).toEqual([401]);
		expect(await world.client.executions(id)).toHaveLength(before);
	});
});

describe('21 HighLevel booking', () => {
	const FILE = '21-highlevel-booking.json';
	let id = '';
	beforeAll(async () => {
		id = await world.publish(FILE);
	});
	afterAll(() => world.client.unpublish(id));

	const contact = () =>
		world.services.highLevel.store.addContact({
			firstName: PATIENT.first_name,
			lastName: PATIENT.last_name,
			email: PATIENT.email,
			phone: '+12025550187',
		});
	const appointment = (changes: object = {}) =>
		world.services.highLevel.booking(contact(), {
			startTime: start,
			endTime: `${FAR_DAY}T15:30:00.000Z`,
			calendarName: 'Lip Flip',
			appointmentId: 'appointment-1',
			...changes,
		});
	const post = (body: object) =>
		world.ended(id, () => world.call('spakinect-highlevel-booking', body));
	const receive = (body: object) =>
		world.finished(id, () => world.call('spakinect-highlevel-booking', body));

	it('requests one exam, notes the booking, and takes the confirmation for the same', async () => {
		await post(appointment());
		await post(appointment({ status: 'confirmed' }));
		const [visit, ...more] = await visits();
		expect(more).toEqual([]);
		expect(visit).toMatchObject({
			requested_treatments: ['Botox'],
			phone: '+12025550187',
			appointment_time: Date.parse(start) / 1000,
		});
		expect(await contacts()).toEqual(['email', 'text']);
		expect(await world.bookings()).toMatchObject([
			{ booking_id: 'appointment-1', gfe_id: visit!.gfe_id, appointment_time: start },
		]);
		expect(world.slack()).toEqual([]);
	});

	it.each(['cancelled', 'noshow', 'showed', 'invalid', 'Cancelled'])(
		'leaves an appointment alone that is %s',
		async (status) => {
			await post(appointment({ status }));
			expect([await visits(), world.slack()]).toEqual([[], []]);
		},
	);

	it.each(['cancelled', 'noshow', 'showed', 'invalid', 'Cancelled'])(
		'leaves an appointment alone that was booked and is %s now',
		async (appoinmentStatus) => {
			const body = appointment();
			await post({ ...body, calendar: { ...(body.calendar as object), appoinmentStatus } });
			expect([await visits(), world.slack()]).toEqual([[], []]);
		},
	);

	it.each([
		['an unknown calendar', { calendarName: 'Consultation' }, /Consultation/],
		['no ID', { appointmentId: '' }, /contact/],
		['an unreadable time', { startTime: 'tomorrow' }, /Appointment Time/],
	])('tells staff and requests nothing: %s', async (_, changes, text) => {
		await post(appointment(changes));
		expect(await visits()).toEqual([]);
		expect(world.slack()).toEqual([expect.stringMatching(text)]);
	});

	it.each([
		['down', () => world.control.faults({ kind: 'status', status: 503 })],
		['asked with a broken credential', () => world.breakCredential()],
	])('tells staff while Spakinect is %s', async (_, fail) => {
		await fail();
		try {
			await post(appointment());
		} finally {
			await world.control.faults();
			await world.repairCredential();
		}
		expect(await world.bookings()).toEqual([]);
		expect(world.slack()).toEqual([expect.stringMatching(/appointment-1.*no exam was requested/)]);
	});

	it.each(FAULTS)(
		'while Slack is %s, keeps the message for Retry, and takes the appointment when it is right',
		async (fault) => {
			const unknown = appointment({ calendarName: 'Consultation' });
			const failed = await world.withoutSlack(fault, () => receive(unknown));
			expect(await visits()).toEqual([]);
			await world.retry(id, failed);
			expect(world.slack()).toEqual([expect.stringContaining('appointment-1')]);
			await post(appointment());
			expect(await contacts()).toEqual(['email', 'text']);
			expect(await world.bookings()).toHaveLength(1);
			expect(world.slack()).toHaveLength(1);
		},
	);

	it('whose answer from Spakinect is lost while Slack is down, contacts nobody again', async () => {
		await world.control.faults(LOST_ANSWER);
		const failed = await world.withoutSlack('down', () => receive(appointment()));
		expect(await world.bookings()).toEqual([]);
		await world.retry(id, failed);
		expect(world.slack()).toEqual([expect.stringContaining('appointment-1')]);
		await post(appointment());
		expect(await contacts()).toEqual(['email', 'text']);
		expect(await world.bookings()).toHaveLength(1);
	});

	it('that was canceled and is booked again under its ID, gets another exam, and only one', async () => {
		await post(appointment());
		const [first] = await visits();
		await world.setVisit(first!.gfe_id, { status: 'Cancelled by client' });
		const match = { booking_id: 'appointment-1' };
		await world.client.updateRows('gfe_bookings', match, { status: 'booking_cancelled' });
		await post(appointment({ status: 'cancelled' }));
		expect(await visits()).toHaveLength(1);
		await post(appointment({ status: 'confirmed' }));
		await post(appointment({ status: 'confirmed' }));
		const all = await visits();
		expect(all).toHaveLength(2);
		const second = all.find(({ gfe_id }) => gfe_id !== first!.gfe_id)!;
		expect(await world.bookings()).toMatchObject([{ gfe_id: second.gfe_id, status: 'requested' }]);
		expect(world.slack()).toEqual([]);
	});

	it('that was canceled while its exam stays open, uses that exam when it is booked again', async () => {
		await post(appointment());
		const match = { booking_id: 'appointment-1' };
		await world.client.updateRows('gfe_bookings', match, { status: 'booking_cancelled' });
		await post(appointment({ status: 'confirmed' }));
		expect(await contacts()).toEqual(['email', 'text']);
		expect(await world.bookings()).toMatchObject([{ status: 'requested' }]);
	});

	it('with a Client key does the same', async () => {
		await world.client.unpublish(id);
		const own = await world.importForClientKey(FILE);
		await world.client.publish(own);
		try {
			const send = (body: object) =>
				world.ended(own, () => world.call('spakinect-highlevel-booking', body));
			await send(appointment());
			await send(appointment({ status: 'confirmed' }));
			expect(await contacts()).toEqual(['email', 'text']);
			expect(await world.bookings()).toMatchObject([{ booking_id: 'appointment-1' }]);
			expect(world.slack()).toEqual([]);
		} finally {
			await world.client.unpublish(own);
			await world.client.publish(id);
		}
	});

	it('refuses who does not know the header', async () => {
		const { status } = await fetch(`${world.n8n.url}/webhook/spakinect-highlevel-booking`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(appointment()),
		});
		expect(status).toBe(403);
	});
});

describe('22 HighLevel results', () => {
	const FILE = '22-highlevel-results.json';
	const SAFETY_NET = { triggerToStartFrom: { name: 'Safety net' } };
	const FIELDS = ['GFE ID', 'GFE status', 'GFE decisions', 'GFE completed'];
	let id = '';
	let subscribed = false;
	const store = () => world.services.highLevel.store;
	const patient = (changes: object = {}) =>
		store().addContact({ email: PATIENT.email, tags: ['vip'], ...changes });
	beforeEach(async () => {
		for (const name of FIELDS) store().defineField(name);
		id = await world.import(FILE);
		// The reset has made Spakinect forget the URL and the location.
		if (subscribed) await world.subscribe(LOCATION);
		await world.client.unpublish(id);
		await world.client.publish(id);
		subscribed = true;
	});
	afterAll(() => world.client.unpublish(id));

	const evaluate = (gfeId: string, decisions?: object): Promise<Execution> =>
		world.finished(id, () =>
			world.control.complete(gfeId, decisions ? { decisions } : {}).then(() => undefined),
		);
	const complete = async (decisions?: object, changes: object = {}): Promise<string> => {
		const gfeId = await newVisit(world, ['Botox', 'Dermal Filler'], changes);
		await evaluate(gfeId, decisions);
		return gfeId;
	};

	it.each(FAULTS)(
		'while Slack is %s, writes the result once, and keeps the message for Retry',
		async (fault) => {
			const contact = patient();
			const gfeId = await newVisit(world, ['Botox', 'Dermal Filler']);
			const decisions = { Botox: 'deferred', 'Dermal Filler': 'approved' };
			const failed = await world.withoutSlack(fault, () => evaluate(gfeId, decisions));
			await world.runByHand(FILE, 'Safety net');
			await world.retry(id, failed);
			expect(world.slack()).toEqual([expect.stringMatching(/Deferred: Botox/)]);
			expect(store().valuesOf(contact.id)).toMatchObject({ 'GFE ID': gfeId });
			expect(store().notesOf(contact.id)).toHaveLength(1);
		},
	);

	it('while Slack and HighLevel are down, keeps the message for Retry', async () => {
		const contact = patient();
		const gfeId = await newVisit(world, ['Botox', 'Dermal Filler']);
		world.services.highLevel.fail('down');
		const failed = await world.withoutSlack('down', () => evaluate(gfeId));
		await world.retry(id, failed);
		expect(world.slack()).toEqual(byHand(gfeId));
		expect(store().notesOf(contact.id)).toEqual([]);
	});

	it('with a Client key, whose URL is pasted into the portal, writes the result once', async () => {
		const contact = patient();
		const own = await world.importForClientKey(FILE);
		await world.client.unpublish(id);
		await world.client.publish(own);
		await world.pasteIntoPortal(await world.productionUrl(own, 'GFE completed'));
		try {
			const gfeId = await newVisit(world, ['Botox', 'Dermal Filler']);
			const decisions = { Botox: 'approved', 'Dermal Filler': 'deferred' };
			await world.ended(own, () => world.control.complete(gfeId, { decisions }));
			const polled = await world.ended(own, () => world.client.run(own, SAFETY_NET));
			expect(itemsOf(polled, 'Safety net')).toHaveLength(1);
			expect(store().valuesOf(contact.id)).toMatchObject({
				'GFE ID': gfeId,
				'GFE decisions': 'Botox: approved; Dermal Filler: deferred',
			});
			expect(store().notesOf(contact.id)).toHaveLength(1);
			expect(world.slack()).toEqual([expect.stringMatching(/Deferred: Dermal Filler/)]);
		} finally {
			await world.pasteIntoPortal(null);
			await world.client.unpublish(own);
		}
	});

	it('writes the fields, the tag and the note once, also if both triggers bring the result', async () => {
		const contact = patient();
		const gfeId = await complete();
		await world.runByHand(FILE, 'Safety net');
		expect(store().valuesOf(contact.id)).toEqual({
			'GFE ID': gfeId,
			'GFE status': 'Completed',
			'GFE decisions': 'Botox: approved; Dermal Filler: approved',
			'GFE completed': expect.stringMatching(/^20\d\d-/),
		});
		expect(contact.tags).toEqual(['vip', 'gfe-completed']);
		expect(store().notesOf(contact.id)).toEqual([expect.stringContaining(gfeId)]);
		expect(store().contacts.size).toBe(1);
		expect(world.slack()).toEqual([]);
	});

	it('tells staff what is not approved, and overwrites a decision that changes', async () => {
		const contact = patient();
		const gfeId = await complete();
		const changed = { Botox: 'approved', 'Dermal Filler': 'deferred' };
		await world.ended(id, () => world.control.complete(gfeId, { decisions: changed }));
		expect(store().valuesOf(contact.id)['GFE decisions']).toBe(
			'Botox: approved; Dermal Filler: deferred',
		);
		expect(world.slack()).toEqual([
			expect.stringMatching(new RegExp(`${gfeId}.*Deferred: Dermal Filler.*${contact.id}`)),
		]);
	});

	it('keeps a decision that changed if the delivery of the old one comes late', async () => {
		const contact = patient();
		const gfeId = await newVisit(world, ['Botox']);
		await world.control.complete(gfeId, { deliver: false });
		const late = await world.deliveryOf(gfeId);
		await world.setVisit(gfeId, { decisions: { Botox: 'deferred' } });
		await world.runByHand(FILE, 'Safety net');
		await world.ended(id, () => world.send(late));
		expect(store().valuesOf(contact.id)['GFE decisions']).toBe('Botox: deferred');
		expect(store().notesOf(contact.id)).toHaveLength(1);
	});

	it('makes a contact for an email that nobody has, and tells staff', async () => {
		const neighbor = patient({ email: `x${PATIENT.email}` });
		const gfeId = await complete();
		expect(store().valuesOf(neighbor.id)).toEqual({});
		const made = [...store().contacts.values()].at(-1)!;
		expect(store().valuesOf(made.id)).toMatchObject({ 'GFE ID': gfeId });
		expect(world.slack()).toEqual([expect.stringMatching(new RegExp(`${gfeId}.*new: true`))]);
	});

	const byHand = (gfeId: string) => [
		expect.stringMatching(new RegExp(`${gfeId}.*isn't completely in HighLevel`)),
	];

	it.each(['limited', 'revoked', 'down'] as const)(
		'has staff write a result that HighLevel does not take: %s',
		async (fault) => {
			const contact = patient();
			world.services.highLevel.fail(fault);
			const gfeId = await complete();
			expect(world.slack()).toEqual(byHand(gfeId));
			world.services.highLevel.recover();
			await world.runByHand(FILE, 'Safety net');
			expect(store().valuesOf(contact.id)).toEqual({});
			expect(world.slack()).toHaveLength(1);
		},
	);

	it.each([
		['the tag', /tags/],
		['the note', /notes/],
	])('has staff write what is missing: %s', async (_, only) => {
		patient();
		world.services.highLevel.fail('down', { only });
		expect(world.slack()).toEqual([]);
		const gfeId = await complete({ Botox: 'deferred', 'Dermal Filler': 'approved' });
		expect(world.slack()).toEqual(byHand(gfeId));
		expect(world.slack()[0]).toContain('Deferred: Botox');
	});

	it('has staff write a result without an email, and one that breaks the request', async () => {
		patient();
		const noEmail = { first_name: 'Zebulon', last_name: 'Quackenbush', email: null };
		const first = await complete(undefined, { patient_details: noEmail, kind: 'in_person' });
		expect(world.slack()).toEqual(byHand(first));
		const quoted = { Botox: 'approved', 'Peel "Deep"': 'deferred' };
		const second = await complete(quoted, { requested_treatments: Object.keys(quoted) });
		expect(world.slack().slice(1)).toEqual(byHand(second));
	});

	it.each([
		[
			'Spakinect is down',
			() => world.control.faults({ match: { path: '/visits/' }, kind: 'status', status: 503 }),
		],
		['the credential is broken', () => world.breakCredential()],
	])('has staff write a result that cannot be read again: %s', async (_, fail) => {
		const contact = patient();
		await fail();
		let gfeId: string;
		try {
			gfeId = await complete();
		} finally {
			await world.control.faults();
			await world.repairCredential();
		}
		expect(world.slack()).toEqual(byHand(gfeId));
		expect(store().valuesOf(contact.id)).toEqual({});
	});
});

describe('Template: results to HubSpot and Slack', () => {
	const FILE = 'templates/send-exam-results-to-hubspot-and-slack.json';
	let id = '';
	beforeEach(async () => {
		id = await world.import(FILE);
		await world.subscribe(LOCATION);
		await world.client.unpublish(id);
		await world.client.publish(id);
	});
	afterAll(() => world.client.unpublish(id));

	const properties = () => world.services.hubspot.contactWith(PATIENT.email)?.properties;
	const evaluate = (gfeId: string, decisions?: object): Promise<Execution> =>
		world.finished(id, () =>
			world.control.complete(gfeId, decisions ? { decisions } : {}).then(() => undefined),
		);
	const complete = async (decisions?: object): Promise<string> => {
		const gfeId = await newVisit(world, ['Botox', 'Dermal Filler']);
		const execution = await evaluate(gfeId, decisions);
		if (execution.status !== 'success') throw new Error(failureOf(execution));
		return gfeId;
	};

	it.each(FAULTS)(
		'while Slack is %s, writes the result once, and keeps the message for Retry',
		async (fault) => {
			const gfeId = await newVisit(world, ['Botox', 'Dermal Filler']);
			const decisions = { Botox: 'deferred', 'Dermal Filler': 'approved' };
			const failed = await world.withoutSlack(fault, () => evaluate(gfeId, decisions));
			expect(properties()).toMatchObject({ gfe_id: gfeId });
			await world.deliver(gfeId);
			await world.retry(id, failed);
			expect(world.slack()).toEqual([expect.stringContaining('Deferred: Botox')]);
			expect(world.services.hubspot.contacts.size).toBe(1);
		},
	);

	it('with a Client key, whose URL is pasted into the portal, updates the contact', async () => {
		const own = await world.importForClientKey(FILE);
		await world.client.unpublish(id);
		await world.client.publish(own);
		await world.pasteIntoPortal(await world.productionUrl(own, 'GFE completed'));
		try {
			const gfeId = await newVisit(world, ['Botox', 'Dermal Filler']);
			const decisions = { Botox: 'approved', 'Dermal Filler': 'deferred' };
			await world.ended(own, () => world.control.complete(gfeId, { decisions }));
			expect(properties()).toMatchObject({ gfe_id: gfeId, gfe_status: 'Completed' });
			expect(world.slack()).toEqual([expect.stringContaining('Deferred: Dermal Filler')]);
		} finally {
			await world.pasteIntoPortal(null);
			await world.client.unpublish(own);
		}
	});

	it('updates the contact, and tells staff only what is not approved, both once', async () => {
		world.services.hubspot.addContact({ email: PATIENT.email });
		await complete();
		expect(world.slack()).toEqual([]);
		const gfeId = await complete({ Botox: 'approved', 'Dermal Filler': 'deferred' });
		await world.deliver(gfeId);
		expect(properties()).toMatchObject({
			...{ gfe_id: gfeId, gfe_status: 'Completed' },
			gfe_decisions: 'Botox: approved; Dermal Filler: deferred',
		});
		expect(world.services.hubspot.contacts.size).toBe(1);
		expect(world.slack()).toEqual([expect.stringContaining('Deferred: Dermal Filler')]);
	});

	it.each(['limited', 'revoked', 'down'] as const)(
		'has staff write what HubSpot does not take: %s',
		async (fault) => {
			world.services.hubspot.fail(fault);
			const gfeId = await complete();
			expect(world.slack()).toEqual([expect.stringContaining(`GFE ${gfeId} was evaluated`)]);
		},
	);

	it('has staff write what cannot be read again', async () => {
		await world.control.faults({ match: { path: '/visits/' }, kind: 'status', status: 503 });
		const gfeId = await complete();
		await world.control.faults();
		expect(world.slack()).toEqual([expect.stringContaining(`GFE ${gfeId} was evaluated`)]);
		expect(properties()).toBeUndefined();
	});
});
