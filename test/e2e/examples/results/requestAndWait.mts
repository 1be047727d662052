import { hasEnded, itemsOf, type Execution } from '../../../../sandbox/n8n/client.mts';
import { loopbackAxios } from '../../../../sandbox/n8n/loopback.mts';
import { until } from '../../../../sandbox/n8n/until.mts';
import { approved } from '../../support/recipeVisits.mts';
import { LOCATION, PATIENT, type RecipeWorld } from '../../support/recipeWorld.mts';

export const describeRequestAndWait = (started: () => RecipeWorld): void => {
	let world: RecipeWorld;
	beforeAll(() => {
		world = started();
	});
	const contact = () => world.services.hubspot.contactWith(PATIENT.email)?.properties;

	const FILE = '12-request-and-wait.json';
	const RESULTS = '12-request-and-wait-results.json';
	const HOUR = 3_600_000;
	const ADA = { first_name: 'Ada', last_name: 'Example', email: 'ada@patients.example' };
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
	/** The longest that a booking has taken here until it waits, in milliseconds. */
	let slowestMs = 0;
	/** Sends a booking and waits until its row is there and its execution waits. @returns the GFE */
	const book = async (booking_id: string, changes: object = {}): Promise<string> => {
		const began = performance.now();
		const { status } = await world.call('spakinect-booking-and-wait', booking(booking_id, changes));
		expect(status).toBe(200);
		const gfeId = await until(`${booking_id} waits`, 90_000, async () => {
			const row = await rowOf(booking_id);
			const [, executionId] = /webhook-waiting\/(\d+)/.exec(String(row?.resume_url)) ?? [];
			if (executionId === undefined) return undefined;
			const execution = await world.client.execution(executionId);
			return execution.status === 'waiting' ? String(row?.gfe_id) : undefined;
		});
		slowestMs = Math.max(slowestMs, performance.now() - began);
		return gfeId;
	};
	const endedIds = async () =>
		(await world.client.executions(id)).filter(hasEnded).map((one) => one.id);
	/** Does something that ends `count` executions, of which others may go on waiting. @returns the last of them */
	const ending = async (
		start: () => Promise<unknown>,
		count = 1,
		timeoutMs = 90_000,
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
		const http = loopbackAxios('', 60_000);
		return (await http.post(String(url), body, { validateStatus: () => true })).status;
	};
	const wake = () => world.runByHand(RESULTS, 'Result');
	/** Completes an exam, lets the results workflow see it, and waits for the end of `count` bookings. */
	const decide = (gfeId: string, decisions?: object, count = 1) =>
		ending(async () => {
			await world.control.complete(gfeId, { deliver: false, ...(decisions && { decisions }) });
			await wake();
		}, count);
	const confirmed = (booking_id: string) => `confirmed: ${booking_id}`;

	it('waits, and confirms the booking when the patient is cleared', async () => {
		const gfeId = await book('b-1');
		expect(await rowOf('b-1')).toMatchObject({
			...{ gfe_id: gfeId, location_id: LOCATION, treatments: 'Botox', status: 'requested' },
			resume_url: expect.stringMatching(/^http.*\/webhook-waiting\/\d+\?signature=.{20,}/),
		});
		expect(contact()).toBeUndefined();
		await decide(gfeId);
		expect(contact()).toMatchObject({ gfe_booking: confirmed('b-1') });
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
			expect.stringMatching(new RegExp(`b-1 isn't confirmed: .*Botox .deferred in GFE ${gfeId}`)),
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

	const DAY = 24 * HOUR;
	it.each([
		['dated in the future', 30 * DAY],
		['that ended', -400 * DAY],
		['without a date', null],
	])('confirms nothing on an approval %s', async (_what, after) => {
		const gfeId = await book('b-1');
		const evaluated = after === null ? null : new Date(Date.now() + after).toISOString();
		await world.setVisit(gfeId, {
			...{ status: 'Completed', decisions: { Botox: 'approved' } },
			evaluation_completed: evaluated,
		});
		await ending(async () => call((await rowOf('b-1'))?.resume_url));
		expect(contact()).toBeUndefined();
		expect(world.slack()).toEqual([expect.stringMatching(new RegExp(`b-1 isn't .*${gfeId}`))]);
	});

	it('confirms nothing if another exam deferred the treatment since', async () => {
		const gfeId = await book('b-1');
		await world.control.complete(gfeId, { deliver: false });
		const visit = (await world.control.state()).visits.find(({ gfe_id }) => gfe_id === gfeId);
		const after = Date.parse(String(visit?.evaluation_completed)) + 1;
		const later = approved('gfe-later', new Date(after).toISOString(), ['Botox']);
		await world.control.addVisits([{ ...later, decisions: { Botox: 'deferred' } }]);
		await ending(async () => call((await rowOf('b-1'))?.resume_url));
		expect(contact()).toBeUndefined();
		expect(world.slack()).toEqual([expect.stringMatching(/deferred in GFE gfe-later/)]);
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
		expect(contact()?.gfe_booking).toMatch(/confirmed: b-[12]/);
	});

	it('wakes the one that waits if the other one is over', async () => {
		const gfeId = await book('b-1');
		await book('b-2');
		// Somebody wakes the first one too early.
		await ending(async () => call((await rowOf('b-1'))?.resume_url));
		expect(world.slack()).toEqual([expect.stringMatching(/b-1 isn't confirmed: .* is open/)]);
		await decide(gfeId);
		expect(contact()).toMatchObject({ gfe_booking: confirmed('b-2') });
		expect(world.slack().at(-1)).toMatch(/b-1 doesn't wait any more/);
	});

	it('goes on at once if the patient is cleared, or if nothing needs an exam', async () => {
		await world.control.addVisits([
			approved('gfe-old', new Date(Date.now() - 48 * HOUR).toISOString(), ['Botox']),
		]);
		await send(booking('b-1'));
		expect(contact()).toMatchObject({ gfe_booking: confirmed('b-1') });
		await send(booking('b-2', { services: ['Gift card'] }));
		expect(contact()).toMatchObject({ gfe_booking: confirmed('b-2') });
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
			...{ booking_id: 'b-1', gfe_id: gfeId, location_id, resume_url, status: 'booking_cancelled' },
		});
		await world.control.complete(gfeId, { deliver: false });
		const woken = await wake();
		expect(itemsOf(woken, 'Who waits for it')).toEqual([]);
		await ending(() => call(resume_url));
		expect([contact(), world.slack()]).toEqual([undefined, []]);
	});

	it('gives up at the appointment, and looks once more before it does', async () => {
		// Late enough that both bookings wait by then, also on a slow machine.
		const soon = new Date(Date.now() + Math.max(20_000, 6 * slowestMs)).toISOString();
		let open = '';
		// n8n looks once a minute for waiting executions whose time has come.
		await ending(
			async () => {
				open = await book('b-open', { appointment_time: soon });
				const missed = await book('b-missed', { appointment_time: soon, ...ADA });
				// A result that no workflow hears of.
				await world.control.complete(missed, { deliver: false });
			},
			2,
			240_000,
		);
		// Spakinect keeps whole seconds.
		expect(Date.now()).toBeGreaterThanOrEqual(Math.floor(Date.parse(soon) / 1000) * 1000);
		expect(world.slack()).toEqual([
			expect.stringMatching(new RegExp(`b-open isn't confirmed: .*GFE ${open} is open`)),
		]);
		expect(world.services.hubspot.contactWith(ADA.email)?.properties).toMatchObject({
			gfe_booking: confirmed('b-missed'),
		});
		await world.control.complete(open, { deliver: false });
		await wake();
		expect(world.slack().at(-1)).toMatch(/b-open doesn't wait any more.*approved/);
	});

	it('with a Client key takes the time at which the result came', async () => {
		await world.client.unpublish(id);
		const emr = id;
		const results = await world.importForClientKey(RESULTS);
		id = await world.importForClientKey(FILE);
		await world.client.publish(id);
		try {
			const gfeId = await book('b-1');
			await ending(async () => call((await rowOf('b-1'))?.resume_url));
			expect(world.slack()).toEqual([expect.stringMatching(/b-1 isn't confirmed/)]);
			await book('b-2', { ...ADA });
			const other = String((await rowOf('b-2'))?.gfe_id);
			expect(other).not.toBe(gfeId);
			await ending(async () => {
				await world.control.complete(other, { deliver: false });
				await world.ended(results, () =>
					world.client
						.run(results, { triggerToStartFrom: { name: 'Result' } })
						.then(() => undefined),
				);
			});
			expect(world.services.hubspot.contactWith(ADA.email)?.properties).toMatchObject({
				gfe_booking: confirmed('b-2'),
			});
			expect(world.slack()).toHaveLength(1);
		} finally {
			await world.client.unpublish(id);
			id = emr;
			await world.client.publish(id);
		}
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
		expect(contact()).toMatchObject({ gfe_booking: confirmed('b-1') });
	});

	it('tells staff of a service that it does not know, and of a list that it cannot read', async () => {
		await send(booking('b-1', { services: ['Botax'] }));
		expect(world.slack()).toEqual([expect.stringMatching(/b-1 isn't confirmed: .*Botax/)]);
		expect(await world.control.contacts()).toEqual([]);
		await book('b-2');
		await world.control.faults({ match: { path: '/gfes/' }, kind: 'status', status: 500 });
		await ending(async () => call((await rowOf('b-2'))?.resume_url));
		expect(world.slack()).toHaveLength(2);
		expect(world.slack().at(-1)).toMatch(/b-2 isn't confirmed: ./);
	});

	it.each([
		[undefined],
		[null],
		[''],
		[' '],
		['undefined'],
		['NULL'],
		['N/A'],
		['{{appointment.id}}'],
		['[object Object]'],
	])('leaves to staff a booking whose ID is %p', async (none) => {
		// A row of 02 for an exam that was not booked through n8n.
		await world.client.insertRows('gfe_bookings', { gfe_id: 'gfe-1', status: 'completed' });
		await send(booking(none));
		expect(world.slack()).toEqual([expect.stringMatching(/isn't confirmed.* Execution \d+/)]);
		expect(await world.bookings()).toMatchObject([{ booking_id: null, gfe_id: 'gfe-1' }]);
		expect(await world.control.contacts()).toEqual([]);
	});

	it('fails, so that the error workflow tells staff, when HubSpot does not take the confirmation', async () => {
		world.services.hubspot.fail('down');
		const execution = await world.failing(() => send(booking('b-1', { services: ['Gift card'] })));
		expect(execution.status).toBe('error');
		expect(world.slack()).toEqual([expect.stringMatching(/12.*Confirm the booking/)]);
		expect(execution.error?.node?.name).toBe('Confirm the booking');
	});
};
