import { randomUUID } from 'node:crypto';
import { loopbackAxios } from '../../../sandbox/n8n/loopback.mts';
import { itemsOf, type Execution } from '../../../sandbox/n8n/client.mts';
import { until } from '../../../sandbox/n8n/until.mts';
import { readRecipe } from '../support/recipeFile.mts';
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
	afterEach(async () => {
		for (const one of await world.client.executions(id)) {
			if (one.status === 'waiting') await world.client.stopExecution(one.id);
		}
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
	const endedIds = async () =>
		(await world.client.executions(id))
			.filter(({ status }) => ['success', 'error'].includes(status))
			.map((one) => one.id);
	/** Does something that ends `count` executions, of which others may go on waiting. @returns the last of them */
	const ending = async (
		start: () => Promise<unknown>,
		count = 1,
		timeoutMs = 40_000,
	): Promise<Execution> => {
		const before = await endedIds();
		await start();
		const ended = await until(`${count} execution(s) end`, timeoutMs, async () => {
			const now = (await endedIds()).filter((one) => !before.includes(one));
			return now.length >= count ? now : undefined;
		});
		return await world.client.execution(ended.at(-1)!);
	};
	/** Sends a booking that doesn't wait. @returns its execution */
	const send = (body: object) => ending(() => world.call('spakinect-booking-and-wait', body));
	/** Calls a resume URL as anybody could. @returns the status of the answer */
	const call = async (url: unknown, body: object = {}): Promise<number> => {
		const http = loopbackAxios('', 20_000);
		return (await http.post(String(url), body, { validateStatus: () => true })).status;
	};
	const wake = () => world.runByHand(RESULTS, 'Result');
	/** Completes an exam, lets the results workflow see it, and waits for the end of `count` bookings. */
	const decide = (gfeId: string, decisions?: object, count = 1) =>
		ending(async () => {
			await world.control.complete(gfeId, { deliver: false, ...(decisions && { decisions }) });
			await wake();
		}, count);
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
		// Somebody wakes the first one too early.
		await ending(async () => call((await rowOf('b-1'))?.resume_url));
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
		await ending(() => call(resume_url, { all_approved: true, status: 'completed' }));
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
		await ending(() => call(resume_url));
		expect([contact(), world.slack()]).toEqual([undefined, []]);
	});

	it('gives up at the appointment, and looks once more before it does', async () => {
		const soon = new Date(Date.now() + 20_000).toISOString();
		const open = await book('b-open', { appointment_time: soon });
		const ada = { first_name: 'Ada', last_name: 'Example', email: 'ada@patients.example' };
		const missed = await book('b-missed', { appointment_time: soon, ...ada });
		// A result that no workflow hears of.
		await world.control.complete(missed, { deliver: false });
		// n8n looks once a minute for waiting executions whose time has come.
		await ending(() => Promise.resolve(), 2, 120_000);
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
		await ending(async () => call((await rowOf('b-2'))?.resume_url));
		expect(world.slack()).toHaveLength(2);
		expect(world.slack().at(-1)).toMatch(/b-2 isn't confirmed: ./);
	});

	it.each([[undefined], [null], ['']])('leaves to staff a booking whose ID is %p', async (none) => {
		// A row of 02 for an exam that was not booked through n8n.
		await world.client.insertRows('gfe_bookings', { gfe_id: 'gfe-1', status: 'completed' });
		await send(booking(none));
		expect(world.slack()).toEqual([expect.stringMatching(/isn't confirmed.* Execution \d+/)]);
		expect(await world.bookings()).toMatchObject([{ booking_id: null, gfe_id: 'gfe-1' }]);
		expect(await world.control.contacts()).toEqual([]);
	});

	it('fails, so that the error workflow tells staff, when HubSpot does not take the confirmation', async () => {
		world.services.hubspot.fail('down');
		const execution = await send(booking('b-1', { services: ['Gift card'] }));
		expect(execution.status).toBe('error');
		expect(execution.error?.node?.name).toBe('Confirm the booking');
	});
});

describe('07 nightly reconciliation', () => {
	const FILE = '07-nightly-reconciliation.json';
	const run = () => world.runByHand(FILE, 'Every night');
	const row = (booking_id: string, gfe_id: string, changes: object = {}) => ({
		...{ booking_id, gfe_id, location_id: LOCATION, status: 'requested', ...changes },
	});
	const statusOf = async () =>
		Object.fromEntries((await world.bookings()).map((one) => [one.gfe_id, one.status]));

	it('catches up what was missed, once, and reports what is lost or has no booking', async () => {
		const missed = await newVisit(world, ['Botox', 'Dermal Filler']);
		const open = await newVisit(world, ['Botox']);
		const kept = await newVisit(world, ['Botox']);
		const stranger = await newVisit(world, ['Botox']);
		const decisions = { Botox: 'deferred' };
		await world.control.complete(missed, { deliver: false, decisions });
		await world.control.complete(kept, { deliver: false });
		await world.control.addVisits([
			approved('gfe-2020', '2020-01-31T10:00:00Z', ['Botox']),
			{ ...approved('gfe-off', '2020-01-31T10:00:00Z', []), status: 'Cancelled' },
		]);
		await world.client.insertRows(
			'gfe_bookings',
			row('b-1', missed),
			row('b-2', open),
			row('b-3', kept, { status: 'cancelled' }),
			row('b-4', 'gfe-gone'),
			row('b-5', 'gfe-gone-but-done', { status: 'completed' }),
			row('b-6', 'gfe-elsewhere', { location_id: 'loc_uptown' }),
		);
		await run();
		expect(await statusOf()).toEqual({
			...{ [missed]: 'completed', [open]: 'requested', [kept]: 'cancelled' },
			...{ 'gfe-gone': 'lost', 'gfe-gone-but-done': 'completed', [stranger]: 'open' },
			'gfe-elsewhere': 'requested',
		});
		expect(contact()).toMatchObject({
			...{ gfe_id: missed, gfe_status: 'completed, all approved: false' },
			gfe_decisions: expect.stringMatching(/Deferred: Botox/),
		});
		expect(
			(await world.decisions()).map(({ gfe_id, treatment, decision }) => [
				gfe_id,
				treatment,
				decision,
			]),
		).toEqual([
			[missed, 'Botox', 'deferred'],
			[missed, 'Dermal Filler', expect.any(String)],
		]);
		const told = world.slack();
		expect(told).toHaveLength(3);
		expect(told.join('\n')).toMatch(new RegExp(`${missed} has changed.*Deferred: Botox.*b-1`));
		expect(told.join('\n')).toMatch(new RegExp(`${stranger} has no record`));
		expect(told.join('\n')).toMatch(/gfe-gone is not in the list.*b-4/);
		const before = world.services.calls.length;
		await run();
		expect(world.services.calls).toHaveLength(before);
		expect(await world.bookings()).toHaveLength(7);
	});

	it('finds a decision that changed, and one for two bookings', async () => {
		const gfeId = await newVisit(world, ['Botox']);
		await world.control.complete(gfeId, { deliver: false });
		await world.client.insertRows('gfe_bookings', row('b-1', gfeId), row('b-2', gfeId));
		await run();
		expect(world.slack()).toHaveLength(2);
		const decisions = { Botox: 'deferred' };
		await world.control.complete(gfeId, { deliver: false, decisions });
		await run();
		expect(await world.bookings()).toMatchObject([
			{ booking_id: 'b-1', all_approved: false },
			{ booking_id: 'b-2', all_approved: false },
		]);
		expect(await world.decisions()).toMatchObject([{ decision: 'deferred' }]);
		expect(world.slack()).toHaveLength(4);
	});

	it('works with an empty table, and takes a visit without an email address', async () => {
		const { first_name, last_name } = PATIENT;
		const person = { first_name, last_name, dob: '1971-11-23' };
		const gfeId = await newVisit(world, ['Botox'], { kind: 'in_person', patient_details: person });
		await world.control.complete(gfeId, { deliver: false });
		await run();
		expect(await world.bookings()).toMatchObject([
			{ gfe_id: gfeId, location_id: LOCATION, status: 'completed', all_approved: true },
		]);
		expect(world.services.hubspot.contacts.size).toBe(0);
		expect(world.slack()).toEqual([expect.stringMatching(new RegExp(`${gfeId} has no record`))]);
	});

	it('says nothing of what 02 has handled', async () => {
		const results = await world.import('02-gfe-completed.json');
		const gfeId = await newVisit(world, ['Botox']);
		await world.client.insertRows('gfe_bookings', row('b-1', gfeId));
		await world.subscribe(LOCATION);
		await world.client.publish(results);
		try {
			await world.ended(results, () => world.control.complete(gfeId));
		} finally {
			await world.client.unpublish(results);
		}
		await run();
		expect(world.slack()).toEqual([]);
		expect(await world.decisions()).toEqual([]);
	});

	it('tells staff what 02 could not tell them, because Slack was down', async () => {
		const results = await world.import('02-gfe-completed.json');
		const gfeId = await newVisit(world, ['Botox']);
		await world.client.insertRows('gfe_bookings', row('b-1', gfeId));
		await world.subscribe(LOCATION);
		await world.client.publish(results);
		try {
			world.services.slack.fail('down');
			const decisions = { Botox: 'deferred' };
			await world.finished(results, () => world.control.complete(gfeId, { decisions }));
			world.services.slack.recover();
		} finally {
			await world.client.unpublish(results);
		}
		await run();
		const told = world.slack().filter((text) => text.startsWith('Nightly check'));
		expect(told).toEqual([expect.stringMatching(new RegExp(`${gfeId}.*Deferred: Botox`))]);
	});

	it('tells staff to check HubSpot when it is down, and comes again when Slack is', async () => {
		const gfeId = await newVisit(world, ['Botox']);
		await world.control.complete(gfeId, { deliver: false });
		await world.client.insertRows('gfe_bookings', row('b-1', gfeId));
		world.services.slack.fail('limited');
		await expect(run()).rejects.toThrow(/Tell staff/);
		expect(await statusOf()).toEqual({ [gfeId]: 'requested' });
		world.services.slack.recover();
		world.services.hubspot.fail('revoked');
		await run();
		expect(await statusOf()).toEqual({ [gfeId]: 'completed' });
		expect(world.slack()).toHaveLength(2);
		for (const text of world.slack()) expect(text).toMatch(new RegExp(`${gfeId}.*HubSpot`));
		await run();
		expect(world.slack()).toHaveLength(2);
	});

	it.each([
		[
			'the list cannot be read',
			() => world.control.faults({ match: { path: 'gfes' }, kind: 'status', status: 403 }),
		],
		['the credential is broken', () => world.breakCredential()],
	])('fails, and loses nothing, when %s', async (_, fail) => {
		await world.client.insertRows('gfe_bookings', row('b-1', 'gfe-1'));
		await fail();
		try {
			const execution = await world.runOnSchedule(FILE);
			expect(execution.status).toBe('error');
			expect(execution.error?.node?.name).toBe('Compare');
		} finally {
			await world.repairCredential();
		}
		expect(await statusOf()).toEqual({ 'gfe-1': 'requested' });
		expect(world.slack()).toEqual([expect.stringMatching(/07.*Compare/)]);
	});

	it('refuses to run before the start date is filled in', () => {
		const { nodes } = readRecipe(FILE);
		const compare = nodes.find(({ name }) => name === 'Compare');
		expect(compare?.parameters.options).toMatchObject({ completedAfter: 'your-start-date' });
	});
});

describe('08 renewals', () => {
	const FILE = '08-renewals.json';
	const run = () => world.runByHand(FILE, 'Every day');
	const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
	/** Evaluated 11 and a half months ago. */
	const ending = (treatments: string[], changes: object = {}) => ({
		...approved(`gfe-${randomUUID()}`, daysAgo(350), treatments),
		...changes,
	});
	const tasks = () => world.services.hubspot.engagements;

	it('invites once for each approval that ends and was not renewed', async () => {
		const visit = ending(['Botox', 'Dermal Filler', 'Microneedling']);
		await world.control.addVisits([
			{ ...visit, decisions: { ...visit.decisions, Microneedling: 'deferred' } },
			approved('gfe-newer', daysAgo(1), ['Dermal Filler']),
			approved('gfe-long-over', daysAgo(600), ['IV Therapy']),
		]);
		await run();
		await run();
		expect(tasks()).toMatchObject([
			{
				type: 'TASK',
				contactIds: [world.services.hubspot.contactWith(PATIENT.email)?.vid],
				metadata: {
					subject: 'Invite to renew: Botox',
					body: expect.stringMatching(new RegExp(`Botox in GFE ${visit.gfe_id} ends in`)),
					status: 'NOT_STARTED',
				},
			},
		]);
		const days = (Date.parse(String(contact()?.gfe_expires)) - Date.now()) / 86_400_000;
		expect(days).toBeGreaterThan(13);
		expect(days).toBeLessThan(18);
		expect(world.slack()).toEqual([]);
	});

	it('does not invite a patient whose new exam is open', async () => {
		await world.control.addVisits([ending(['Botox'])]);
		await newVisit(world, ['Botox']);
		await run();
		expect([tasks(), contact(), world.slack()]).toEqual([[], undefined, []]);
	});

	it('leaves to staff who cannot be told apart, and who has no email address', async () => {
		const { first_name, last_name } = PATIENT;
		const at = (kind: string, patient_details: object) => ({ kind, patient_details });
		const home = ending(['Botox'], at('at_home', PATIENT));
		const spa = ending(['Botox'], at('in_person', { first_name, last_name, dob: '1971-11-23' }));
		const other = { first_name: 'Ada', last_name: 'Example', dob: '1980-02-03' };
		const walkIn = ending(['Dermal Filler'], at('in_person', other));
		await world.control.addVisits([home, spa, walkIn]);
		await run();
		await run();
		expect(world.slack()).toHaveLength(3);
		for (const { gfe_id } of [home, spa, walkIn]) {
			expect(world.slack().join()).toMatch(new RegExp(`by hand.*${gfe_id}`));
		}
		expect(world.slack().join()).toMatch(/cannot be told apart/);
		expect([tasks(), contact()]).toEqual([[], undefined]);
	});

	it('gives each of several approvals its task', async () => {
		const other = { first_name: 'Ada', last_name: 'Example', email: 'ada@patients.example' };
		await world.control.addVisits([
			ending(['Botox', 'Dermal Filler']),
			ending(['Botox'], { patient_details: other }),
		]);
		await run();
		expect(
			tasks()
				.map(({ metadata }) => metadata.subject)
				.sort(),
		).toEqual([
			'Invite to renew: Botox',
			'Invite to renew: Botox',
			'Invite to renew: Dermal Filler',
		]);
		expect(world.services.hubspot.contacts.size).toBe(2);
	});

	it.each([
		['down', undefined],
		['limited', /engagements/],
		['revoked', undefined],
	] as const)('tells staff once when HubSpot is %s', async (fault, only) => {
		const visit = ending(['Botox']);
		await world.control.addVisits([visit]);
		world.services.hubspot.fail(fault, only && { only });
		await run();
		world.services.hubspot.recover();
		await run();
		expect(world.slack()).toEqual([expect.stringMatching(new RegExp(`by hand.*${visit.gfe_id}`))]);
		expect(tasks()).toEqual([]);
	});

	it.each([
		[
			'the list cannot be read',
			() => world.control.faults({ match: { path: 'gfes' }, kind: 'status', status: 403 }),
		],
		['the credential is broken', () => world.breakCredential()],
	])('fails when %s, tells staff, and comes again on the next run', async (_, fail) => {
		await world.control.addVisits([ending(['Botox'])]);
		await fail();
		try {
			const execution = await world.runOnSchedule(FILE);
			expect([execution.status, execution.error?.node?.name]).toEqual([
				'error',
				'Ending approvals',
			]);
		} finally {
			await world.repairCredential();
			await world.control.faults();
		}
		expect(world.slack()).toEqual([expect.stringMatching(/08.*Ending approvals/)]);
		await run();
		expect(tasks()).toHaveLength(1);
	});
});
