import { join } from 'node:path';
import type { Execution } from '../../../sandbox/n8n/client.mts';
import { projectRoot } from '../../../sandbox/n8n/paths.mts';
import { findDatabase } from '../../../sandbox/programs.mts';
import { startDatabase, type Database } from '../../../sandbox/queue/postgres.mts';
import { FAULTS, LOCATION, PATIENT, RecipeWorld } from '../support/recipeWorld.mts';
import { newVisit } from '../support/recipeVisits.mts';
import { BOOT_MS, TEST_MS } from '../support/world.mts';
import { FAR_DAY } from '../support/farDay.mts';

jest.setTimeout(TEST_MS);

const programs = findDatabase();
// `npm test` says in its last lines when these tests are left out.
const describePostgres = programs === undefined ? describe.skip : describe;

const BOOKINGS = '26-postgres-bookings.json';
const RESULTS = '27-postgres-results.json';
const SCHEMA = join(projectRoot, 'examples', 'postgres-schema.sql');
/** The exam is requested, and nobody hears of it. */
const LOST_ANSWER = { kind: 'drop_after', match: { method: 'POST' }, times: 1 } as const;
const START = `${FAR_DAY}T15:00:00+00:00`;

describePostgres('PostgreSQL', () => {
	let database: Database;
	let world: RecipeWorld;
	beforeAll(async () => {
		if (programs === undefined) return;
		database = await startDatabase(programs);
		await database.runFile(SCHEMA);
		await database.runFile(SCHEMA);
		const postgres = {
			...{ host: '127.0.0.1', port: database.port, database: 'postgres', ssl: 'disable' },
			...{ user: 'spakinect_n8n', password: 'none' },
		};
		world = await RecipeWorld.start({ credentials: { postgres } });
	}, BOOT_MS);
	beforeEach(async () => {
		await world.reset();
		// What a failed test has left, too.
		await database.run(
			'ALTER TABLE bookings DROP CONSTRAINT IF EXISTS closed; TRUNCATE bookings, decisions',
		);
		await letIn();
	});
	afterEach(() => expect(world.services.refused()).toEqual([]));
	afterAll(async () => {
		await world?.stop();
		await database?.stop();
	});

	const contacts = () => world.control.channels();
	const visits = async () => (await world.control.state()).visits;
	/** The role of n8n is locked out: what a database does that is down, without waiting for it. */
	const lockOut = () => database.run('REVOKE ALL ON bookings, decisions FROM spakinect_n8n');
	const letIn = () => database.runFile(SCHEMA);

	describe('26 PostgreSQL bookings', () => {
		const run = async (): Promise<Execution> => world.runOnSchedule(BOOKINGS);
		const columns = 'booking_id, state, gfe_id, note';
		const rows = () => database.rows(`SELECT ${columns} FROM bookings ORDER BY booking_id`);
		const insert = async (booking_id: string, changes: Record<string, string> = {}) => {
			const booking: Record<string, string> = {
				...{ booking_id, location_id: LOCATION, appointment_time: START },
				...{ ...PATIENT, services: 'Lip Flip, Cheek Filler, Facial' },
				...changes,
			};
			const values = Object.values(booking).map((text) => `'${text.replaceAll("'", "''")}'`);
			const names = Object.keys(booking).join(', ');
			await database.run(`INSERT INTO bookings (${names}) VALUES (${values.join(', ')})`);
		};

		it('requests an exam for each new row, notes the result, and contacts nobody twice', async () => {
			await insert('b-1');
			await insert('b-2', { services: 'Facial' });
			expect((await run()).status).toBe('success');
			expect((await run()).status).toBe('success');
			const [visit, ...more] = await visits();
			expect(more).toEqual([]);
			expect(visit).toMatchObject({
				requested_treatments: ['Botox', 'Dermal Filler'],
				appointment_time: Date.parse(START) / 1000,
			});
			expect(await contacts()).toEqual(['email', 'text']);
			expect(await rows()).toMatchObject([
				{ booking_id: 'b-1', state: 'requested', gfe_id: visit!.gfe_id },
				{ booking_id: 'b-2', state: 'no_exam_needed', gfe_id: null },
			]);
			expect(world.slack()).toEqual([]);
		});

		it('gives no row to two runs at the same moment', async () => {
			for (let n = 0; n < 20; n += 1) await insert(`b-${n}`);
			const taken = await Promise.all(
				Array.from({ length: 4 }, () => database.rows('SELECT * FROM take_new_bookings()')),
			);
			const ids = taken.flat().map(({ booking_id }) => booking_id);
			expect([ids.length, new Set(ids).size]).toEqual([20, 20]);
			expect(await database.rows('SELECT * FROM take_new_bookings()')).toEqual([]);
		});

		it('of a row whose result could not be noted, tells staff, and contacts nobody again', async () => {
			await insert('b-1');
			await database.run(`ALTER TABLE bookings ADD CONSTRAINT closed CHECK (state <> 'requested')`);
			expect((await run()).status).toBe('error');
			await database.run('ALTER TABLE bookings DROP CONSTRAINT closed');
			expect(world.slack()).toEqual([expect.stringContaining('Note the result')]);
			expect(await rows()).toMatchObject([{ state: 'requesting', gfe_id: null }]);
			await run();
			expect(await rows()).toMatchObject([{ state: 'requesting' }]);
			await afterQuarterOfAnHour();
			await run();
			const [visit] = await visits();
			expect(await rows()).toMatchObject([{ state: 'open_visit', gfe_id: visit!.gfe_id }]);
			expect(await contacts()).toEqual(['email', 'text']);
		});

		const afterQuarterOfAnHour = () =>
			database.run(`UPDATE bookings SET requested_at = now() - interval '16 minutes'`);

		it.each(FAULTS)(
			'while Slack is %s, leaves the row for a later run, which tells staff once',
			async (fault) => {
				await insert('b-1', { services: 'Lip Flipp' });
				await insert('b-2');
				await world.withoutSlack(fault, run);
				expect(await rows()).toMatchObject([{ state: 'requesting' }, { state: 'requested' }]);
				await afterQuarterOfAnHour();
				await run();
				await run();
				expect(await rows()).toMatchObject([{ state: 'error' }, { state: 'requested' }]);
				expect(world.slack()).toEqual([expect.stringMatching(/^Booking b-1: /)]);
				expect(await contacts()).toEqual(['email', 'text']);
			},
		);

		it('whose answer from Spakinect is lost while Slack is down, contacts nobody again', async () => {
			await insert('b-1');
			await world.control.faults(LOST_ANSWER);
			await world.withoutSlack('down', run);
			expect(await rows()).toMatchObject([{ state: 'requesting', gfe_id: null }]);
			await afterQuarterOfAnHour();
			expect((await run()).status).toBe('success');
			const [visit, ...more] = await visits();
			expect(more).toEqual([]);
			expect(await rows()).toMatchObject([{ state: 'open_visit', gfe_id: visit!.gfe_id }]);
			expect(await contacts()).toEqual(['email', 'text']);
		});

		it('is told to staff, and comes on the next run, while the database is closed', async () => {
			await insert('b-1');
			await lockOut();
			expect((await run()).status).toBe('error');
			await letIn();
			expect(world.slack()).toEqual([expect.stringContaining('Take new bookings')]);
			await run();
			expect(await rows()).toMatchObject([{ state: 'requested' }]);
		});

		it.each([
			['an unknown service', { services: 'Lip Flipp' }, /Lip Flipp/],
			['half a phone number', { phone: '555' }, /Phone/],
			['an unknown location', { location_id: 'nowhere' }, /./],
		])('notes the problem, tells staff once, and does the others: %s', async (_, changes, text) => {
			await insert('b-1', changes as Record<string, string>);
			await insert('b-2');
			await run();
			await run();
			expect(await rows()).toMatchObject([
				{ booking_id: 'b-1', state: 'error', gfe_id: null, note: expect.stringMatching(text) },
				{ booking_id: 'b-2', state: 'requested' },
			]);
			expect(world.slack()).toEqual([expect.stringMatching(/^Booking b-1: /)]);
			expect(world.slack()[0]).toMatch(text);
			await database.run(
				`UPDATE bookings SET state = 'new', phone = '2025550143', services = 'Lip Flip', location_id = '${LOCATION}'`,
			);
			await run();
			expect((await rows()).map(({ state }) => state)).not.toContain('error');
		});

		it.each([
			['is down', () => world.control.faults({ kind: 'status', status: 503 })],
			['is asked with a broken credential', () => world.breakCredential()],
		])('takes nothing for requested while Spakinect %s, and tells staff', async (_, fail) => {
			await insert('b-1');
			await fail();
			try {
				await run();
			} finally {
				await world.control.faults();
				await world.repairCredential();
			}
			expect(await rows()).toMatchObject([{ state: 'error', gfe_id: null }]);
			expect(world.slack()).toEqual([expect.stringMatching(/^Booking b-1: /)]);
		});
	});

	describe('27 PostgreSQL results', () => {
		let id = '';
		let subscribed = false;
		beforeEach(async () => {
			id = await world.import(RESULTS);
			// The reset has made Spakinect forget the URL and the location.
			if (subscribed) await world.subscribe(LOCATION);
			await world.client.unpublish(id);
			await world.client.publish(id);
			subscribed = true;
		});
		afterAll(() => world.client.unpublish(id));

		const columns = 'gfe_id, treatment, decision, requested, status';
		const rows = () => database.rows(`SELECT ${columns} FROM decisions ORDER BY treatment`);
		const decide = (gfeId: string, decisions?: object): Promise<Execution> =>
			world.finished(id, () =>
				world.control.complete(gfeId, decisions ? { decisions } : {}).then(() => undefined),
			);
		const decided = { Botox: 'approved', 'Dermal Filler': 'deferred' };

		it('writes a row for each treatment once, and tells staff what is not approved', async () => {
			const gfeId = await newVisit(world, Object.keys(decided));
			await decide(gfeId, decided);
			await world.runByHand(RESULTS, 'Safety net');
			expect(await rows()).toEqual([
				...[['Botox', 'approved'] as const, ['Dermal Filler', 'deferred'] as const].map(
					([treatment, decision]) => ({
						...{ gfe_id: gfeId, treatment, decision, requested: true, status: 'Completed' },
					}),
				),
			]);
			expect(world.slack()).toEqual([
				expect.stringMatching(new RegExp(`${gfeId}: Dermal Filler is not approved.*deferred`)),
			]);
		});

		it('overwrites a decision that changes, and says so', async () => {
			const gfeId = await newVisit(world, ['Botox']);
			await decide(gfeId);
			await decide(gfeId, { Botox: 'conditionally_approved' });
			expect(await rows()).toMatchObject([{ decision: 'conditionally_approved' }]);
			expect(world.slack()).toEqual([expect.stringContaining('conditionally_approved')]);
		});

		it('keeps a decision that changed if the delivery of the old one comes late', async () => {
			const gfeId = await newVisit(world, ['Botox']);
			await world.control.complete(gfeId, { deliver: false });
			const late = await world.deliveryOf(gfeId);
			await world.setVisit(gfeId, { decisions: { Botox: 'deferred' } });
			await world.runByHand(RESULTS, 'Safety net');
			await world.ended(id, () => world.send(late));
			expect(await rows()).toMatchObject([{ decision: 'deferred' }]);
			expect(world.slack()).toHaveLength(1);
		});

		it.each(FAULTS)('while Slack is %s, tells staff on the next run, and once', async (fault) => {
			const gfeId = await newVisit(world, Object.keys(decided));
			await world.withoutSlack(fault, () => decide(gfeId, decided));
			expect(await rows()).toHaveLength(2);
			expect((await world.runOnSchedule(RESULTS)).status).toBe('success');
			expect((await world.runOnSchedule(RESULTS)).status).toBe('success');
			expect(world.slack()).toEqual([
				expect.stringMatching(new RegExp(`${gfeId}: Dermal Filler is not approved.*deferred`)),
			]);
			expect(await rows()).toHaveLength(2);
		});

		it('keeps the message on a decision that the database does not take for Retry', async () => {
			const gfeId = await newVisit(world, ['Botox']);
			await lockOut();
			const failed = await world.withoutSlack('down', () => decide(gfeId));
			await letIn();
			await world.retry(id, failed);
			expect(world.slack()).toEqual([expect.stringMatching(new RegExp(`${gfeId}.*by hand`))]);
		});

		it('with a Client key, whose URL is pasted into the portal, writes and tells the same', async () => {
			const own = await world.importForClientKey(RESULTS);
			await world.client.unpublish(id);
			await world.client.publish(own);
			await world.pasteIntoPortal(await world.productionUrl(own, 'GFE completed'));
			try {
				const gfeId = await newVisit(world, Object.keys(decided));
				await world.ended(own, () => world.control.complete(gfeId, { decisions: decided }));
				expect(await rows()).toMatchObject([
					{ gfe_id: gfeId, treatment: 'Botox', decision: 'approved' },
					{ gfe_id: gfeId, treatment: 'Dermal Filler', decision: 'deferred' },
				]);
				expect(world.slack()).toEqual([expect.stringContaining('Dermal Filler')]);
			} finally {
				await world.pasteIntoPortal(null);
				await world.client.unpublish(own);
			}
		});

		it('has staff write what the database does not take', async () => {
			const gfeId = await newVisit(world, ['Botox']);
			await lockOut();
			await decide(gfeId);
			await letIn();
			expect(await rows()).toEqual([]);
			expect(world.slack()).toEqual([
				expect.stringMatching(new RegExp(`${gfeId}: Botox.*approved.*by hand`)),
			]);
		});

		it('shows decisions beside the bookings, without names, and lets n8n change no table', async () => {
			const gfeId = await newVisit(world, ['Botox']);
			await database.run(
				`INSERT INTO bookings VALUES ('b-1', '${LOCATION}', 'A', 'B', 'C', 'D', '${START}', 'Lip Flip', 'requested', now(), '${gfeId}')`,
			);
			await decide(gfeId);
			const [row] = await database.rows('SELECT * FROM booking_decisions');
			expect(row).toMatchObject({ booking_id: 'b-1', treatment: 'Botox', decision: 'approved' });
			for (const name of ['first_name', 'last_name', 'email', 'phone']) {
				expect(row).not.toHaveProperty(name);
			}
			const asN8n = (sql: string) => database.run(`SET ROLE spakinect_n8n; ${sql}`);
			await asN8n('SELECT * FROM booking_decisions');
			await expect(asN8n('DELETE FROM bookings')).rejects.toThrow(/permission denied/);
			await expect(asN8n('DROP TABLE decisions')).rejects.toThrow(/must be owner/);
		});
	});
});
