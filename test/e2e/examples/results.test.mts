import { loopbackAxios } from '../../../sandbox/n8n/loopback.mts';
import { itemsOf, type Execution } from '../../../sandbox/n8n/client.mts';
import { until } from '../../../sandbox/n8n/until.mts';
import { FOLDER, LOCATION, PATIENT, RecipeWorld } from '../support/recipeWorld.mts';
import { approved, newVisit } from '../support/recipeVisits.mts';
import { BOOT_MS, TEST_MS } from '../support/world.mts';

jest.setTimeout(TEST_MS);

let world: RecipeWorld;
beforeAll(async () => {
	world = await RecipeWorld.start();
}, BOOT_MS);
beforeEach(() => world.reset());
afterEach(() => expect(world.services.refused()).toEqual([]));
afterAll(() => world?.stop());

const DECISIONS = {
	Botox: 'approved',
	'Dermal Filler': 'conditionally_approved',
	'Chemical Peel': 'deferred',
	Microneedling: 'undecided',
};

const contact = () => world.services.hubspot.contactWith(PATIENT.email)?.properties;
const files = () => world.services.drive.store.namesIn(FOLDER);

describe('02 GFE completed', () => {
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
		expect(await world.bookings()).toMatchObject([{ gfe_id: stranger, status: 'completed' }]);
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
			const failed = await world.finished(id, () =>
				world.control.complete(gfeId, { decisions: DECISIONS }),
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

	it('refuses the webhook while the credential is broken, and catches up afterwards', async () => {
		const gfeId = await visit();
		await world.breakCredential();
		const before = (await world.client.executions(id)).length;
		try {
			await world.control.complete(gfeId);
			const attempt = await until('see the refusal', 20_000, async () =>
				(await world.control.deliveries()).at(-1)?.attempts.at(0),
			);
			expect(attempt).toMatchObject({ status: 503 });
			expect(await world.client.executions(id)).toHaveLength(before);
			expect(await world.bookings()).toMatchObject([{ status: 'requested' }]);
		} finally {
			await world.repairCredential();
		}
		await world.runByHand(FILE, 'Safety net');
		expect(await world.bookings()).toMatchObject([{ status: 'completed' }]);
	});

	it('subscribes the location that was filled in', () => {
		expect(subscribed).toEqual([LOCATION]);
	});
});

describe('02 decision rows', () => {
	const FILE = '02-decision-rows.json';
	const rows = async () =>
		Object.fromEntries((await world.decisions()).map((row) => [row.treatment, row.decision]));
	const poll = () => world.runByHand(FILE, 'Decisions');

	it('keeps one row for each treatment, also when a decision changes', async () => {
		const gfeId = await newVisit(world, Object.keys(DECISIONS));
		await world.control.complete(gfeId, { decisions: DECISIONS, deliver: false });
		await poll();
		await poll();
		expect(await rows()).toEqual(DECISIONS);
		const changed = { ...DECISIONS, Botox: 'deferred' };
		await world.control.complete(gfeId, { decisions: changed, deliver: false });
		await poll();
		expect(await rows()).toEqual(changed);
		const all = await world.decisions();
		expect(all).toHaveLength(4);
		for (const row of all) expect(row).toMatchObject({ gfe_id: gfeId, requested: true });
	});
});

describe('12 request and wait', () => {
	const FILE = '12-request-and-wait.json';
	const RESULTS = '12-request-and-wait-results.json';
	const HOUR = 3_600_000;
	let id = '';
	beforeAll(async () => {
		id = await world.publish(FILE);
	});
	afterAll(() => world.client.unpublish(id));

	const booking = (booking_id: unknown, changes: object = {}) => ({
		...{ booking_id, ...PATIENT, services: ['Botox - 20 units (new client)'] },
		...{ appointment_time: new Date(Date.now() + 47 * HOUR).toISOString(), ...changes },
	});
	const rowOf = async (booking_id: string) =>
		(await world.bookings()).find((row) => row.booking_id === booking_id);
	const executions = async () => (await world.client.executions(id)).map((one) => one.status);
	/** Sends a booking and waits until its row is there and its execution waits. @returns the GFE */
	const book = async (booking_id: string, changes: object = {}): Promise<string> => {
		const before = (await executions()).filter((status) => status === 'waiting').length;
		const { status } = await world.call('spakinect-booking-and-wait', booking(booking_id, changes));
		expect(status).toBe(200);
		await until(`${booking_id} waits`, 20_000, async () =>
			(await executions()).filter((one) => one === 'waiting').length > before ? true : undefined,
		);
		return String((await rowOf(booking_id))?.gfe_id);
	};
	/** Sends a booking that doesn't wait. @returns its execution */
	const send = (body: object) =>
		world.finished(id, () => world.call('spakinect-booking-and-wait', body));
	/** Calls a resume URL as anybody could. @returns the status of the answer */
	const call = async (url: unknown, body: object = {}): Promise<number> => {
		const http = loopbackAxios('', 20_000);
		return (await http.post(String(url), body, { validateStatus: () => true })).status;
	};
	const wake = () => world.runByHand(RESULTS, 'Result');
	/** Completes an exam, lets the results workflow see it, and waits for the end of `count` bookings. */
	const decide = async (gfeId: string, decisions?: object, count = 1): Promise<void> => {
		const before = (await executions()).filter((one) => one === 'success').length;
		await world.control.complete(gfeId, { deliver: false, ...(decisions && { decisions }) });
		await wake();
		await until('go on', 20_000, async () =>
			(await executions()).filter((one) => one === 'success').length >= before + count
				? true
				: undefined,
		);
	};
	const cleared = (booking_id: string) => `cleared for booking ${booking_id}`;

	it('waits, and confirms the booking when everything is approved', async () => {
		const gfeId = await book('b-1');
		expect(await rowOf('b-1')).toMatchObject({
			...{ gfe_id: gfeId, location_id: LOCATION, treatments: 'Botox', status: 'requested' },
			resume_url: expect.stringMatching(/^http.*\/webhook-waiting\/\d+\?signature=.{20,}/),
		});
		expect(contact()).toBeUndefined();
		await decide(gfeId);
		expect(contact()).toMatchObject({ gfe_status: cleared('b-1') });
		expect(world.slack()).toEqual([]);
		expect((await world.control.contacts()).map(({ channel }) => channel).sort()).toEqual([
			'email',
			'text',
		]);
	});

	it('tells staff when not everything is approved, and of a decision that changes later', async () => {
		const gfeId = await book('b-1');
		await decide(gfeId, { Botox: 'deferred' });
		expect(contact()).toBeUndefined();
		expect(world.slack()).toEqual([
			expect.stringMatching(new RegExp(`b-1 isn't confirmed: GFE ${gfeId}.*Deferred: Botox`)),
		]);
		await world.control.complete(gfeId, { deliver: false });
		const late = await wake();
		expect(late.status).toBe('success');
		expect(world.slack()).toEqual([
			expect.anything(),
			expect.stringMatching(new RegExp(`b-1 doesn't wait any more.*${gfeId}.*approved`)),
		]);
		await wake();
		expect(world.slack()).toHaveLength(2);
	});

	it('asks for one exam when the booking comes again, waiting or over', async () => {
		const gfeId = await book('b-1');
		const again = await send(booking('b-1'));
		expect(itemsOf(again, 'First call')).toEqual([]);
		await decide(gfeId, { Botox: 'deferred' });
		await send(booking('b-1'));
		expect((await world.control.state()).visits).toHaveLength(1);
		expect(await world.bookings()).toHaveLength(1);
		expect(world.slack()).toHaveLength(1);
	});

	it('wakes both bookings of one exam', async () => {
		const gfeId = await book('b-1');
		expect(await book('b-2')).toBe(gfeId);
		await decide(gfeId, undefined, 2);
		expect(world.slack()).toEqual([]);
		expect(contact()?.gfe_status).toMatch(/cleared for booking b-[12]/);
	});

	it('wakes the one that waits if the other one is over', async () => {
		const gfeId = await book('b-1');
		await book('b-2');
		// Somebody stops the first by waking it too early.
		await world.finished(id, () =>
			call(null)
				.catch(() => undefined)
				.then(async () => call((await rowOf('b-1'))?.resume_url)),
		);
		expect(world.slack()).toEqual([expect.stringMatching(/b-1 isn't confirmed: .* is open/)]);
		await decide(gfeId);
		expect(contact()).toMatchObject({ gfe_status: cleared('b-2') });
		expect(world.slack().at(-1)).toMatch(/b-1 doesn't wait any more/);
	});

	it('goes on at once if the patient is cleared, or if nothing needs an exam', async () => {
		await world.control.addVisits([
			approved('gfe-old', new Date(Date.now() - 48 * HOUR).toISOString(), ['Botox']),
		]);
		await send(booking('b-1'));
		expect(contact()).toMatchObject({ gfe_status: cleared('b-1') });
		await send(booking('b-2', { services: ['Gift card'] }));
		expect(contact()).toMatchObject({ gfe_status: cleared('b-2') });
		expect(await world.bookings()).toEqual([]);
		expect(await world.control.contacts()).toEqual([]);
	});

	it('decides by what Spakinect says, whoever calls the resume URL', async () => {
		await book('b-1');
		const { resume_url } = (await rowOf('b-1'))!;
		const before = await executions();
		expect(await call(String(resume_url).split('?')[0])).toBe(401);
		expect(await executions()).toEqual(before);
		await world.finished(id, () => call(resume_url, { all_approved: true, status: 'completed' }));
		expect(contact()).toBeUndefined();
		expect(world.slack()).toEqual([expect.stringMatching(/b-1 isn't confirmed: .* is open/)]);
	});

	it('confirms no cancelled booking', async () => {
		const gfeId = await book('b-1');
		const { resume_url, location_id } = (await rowOf('b-1'))!;
		await world.client.clearRows('gfe_bookings');
		await world.client.insertRows('gfe_bookings', {
			...{ booking_id: 'b-1', gfe_id: gfeId, location_id, resume_url, status: 'cancelled' },
		});
		await world.control.complete(gfeId, { deliver: false });
		const woken = await wake();
		expect(itemsOf(woken, 'Who waits for it')).toEqual([]);
		await world.finished(id, () => call(resume_url));
		expect([contact(), world.slack()]).toEqual([undefined, []]);
	});

	it('gives up at the appointment, and looks once more before it does', async () => {
		const soon = new Date(Date.now() + 20_000).toISOString();
		const open = await book('b-open', { appointment_time: soon });
		const ada = { first_name: 'Ada', last_name: 'Example', email: 'ada@patients.example' };
		const missed = await book('b-missed', { appointment_time: soon, ...ada });
		// A result that no workflow hears of.
		await world.control.complete(missed, { deliver: false });
		const before = (await executions()).filter((one) => one === 'success').length;
		// n8n looks once a minute for waiting executions whose time has come.
		await until('give up', 100_000, async () =>
			(await executions()).filter((one) => one === 'success').length >= before + 2
				? true
				: undefined,
		);
		expect(Date.now()).toBeGreaterThan(Date.parse(soon));
		expect(world.slack()).toEqual([
			expect.stringMatching(new RegExp(`b-open isn't confirmed: GFE ${open} is open`)),
		]);
		expect(world.services.hubspot.contactWith(ada.email)?.properties).toMatchObject({
			gfe_status: cleared('b-missed'),
		});
		await world.control.complete(open, { deliver: false });
		await wake();
		expect(world.slack().at(-1)).toMatch(/b-open doesn't wait any more.*approved/);
	});

	it.each([
		[
			'Spakinect is down',
			() => world.control.faults({ match: { path: 'appointments' }, kind: 'status', status: 500 }),
		],
		['the credential is broken', () => world.breakCredential()],
	])('tells staff when %s, and takes the booking when it comes again', async (_, fail) => {
		await fail();
		try {
			await send(booking('b-1'));
		} finally {
			await world.repairCredential();
			await world.control.faults();
		}
		expect(world.slack()).toEqual([expect.stringMatching(/^Booking b-1 isn't confirmed: ./)]);
		expect([await world.bookings(), contact()]).toEqual([[], undefined]);
		await decide(await book('b-1'));
		expect(contact()).toMatchObject({ gfe_status: cleared('b-1') });
	});

	it('tells staff of a service that it does not know, and of a GFE that it cannot read', async () => {
		await send(booking('b-1', { services: ['Botax'] }));
		expect(world.slack()).toEqual([expect.stringMatching(/b-1 isn't confirmed: .*Botax/)]);
		expect(await world.control.contacts()).toEqual([]);
		await book('b-2');
		await world.control.faults({ match: { path: '/visits/' }, kind: 'status', status: 500 });
		await world.finished(id, async () => call((await rowOf('b-2'))?.resume_url));
		expect(world.slack()).toHaveLength(2);
		expect(world.slack().at(-1)).toMatch(/b-2 isn't confirmed: ./);
	});

	it.each([[undefined], [null], ['']])(
		'does not take a booking whose ID is %p for another one',
		async (none) => {
			await world.client.insertRows('gfe_bookings', { gfe_id: 'gfe-1', status: 'completed' });
			const execution = await send(booking(none));
			console.log(
				execution.status,
				JSON.stringify(execution.error),
				world.slack(),
				await world.bookings(),
			);
		},
	);

	it('fails, so that the error workflow tells staff, when HubSpot does not take the confirmation', async () => {
		world.services.hubspot.fail('down');
		const execution = await send(booking('b-1', { services: ['Gift card'] }));
		expect(execution.status).toBe('error');
		expect(execution.error?.node?.name).toBe('Confirm the booking');
	});
});
