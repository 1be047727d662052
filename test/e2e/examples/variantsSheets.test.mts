import { failureOf } from '../../../sandbox/n8n/client.mts';
import { clearOfNewHour } from '../support/clearOfNewHour.mts';
import { FAULTS, RecipeWorld } from '../support/recipeWorld.mts';
import { newVisit } from '../support/recipeVisits.mts';
import {
	openSheet,
	sheetRow,
	sheetRows,
	typedTime,
	typeInto,
	type SheetRow,
} from '../support/sheetBookings.mts';
import { BOOT_MS, TEST_MS } from '../support/world.mts';
import { FAR_DAY } from '../support/farDay.mts';

jest.setTimeout(TEST_MS);

const BOOKINGS = '23-google-sheets-bookings.json';
const RESULTS = '24-google-sheets-results.json';
const REMINDERS = '25-twilio-reminders.json';
const HOLD_LIST = '28-google-sheets-hold-list.json';
const REQUEST_TEMPLATE = 'templates/request-exams-for-google-sheets-rows.json';
const HOLD_TEMPLATE = 'templates/list-patients-on-hold-in-google-sheets.json';
/** The exam is requested, and nobody hears of it. */
const LOST_ANSWER = { kind: 'drop_after', match: { method: 'POST' }, times: 1 } as const;
const UNREADABLE = /^GET .*Bookings/i;
const UNWRITABLE = /^POST .*values:batchUpdate|^PUT /;

let world: RecipeWorld;
beforeAll(async () => {
	world = await RecipeWorld.start();
}, BOOT_MS);
beforeEach(() => world.reset());
afterEach(() => expect(world.services.refused()).toEqual([]));
afterAll(() => world?.stop());

const contacts = () => world.control.channels();
const visits = async () => (await world.control.state()).visits;
const statusOf = async (file: string) => (await world.runOnSchedule(file)).status;
const succeeds = async (file: string) => {
	const execution = await world.runOnSchedule(file);
	if (execution.status !== 'success') throw new Error(failureOf(execution));
};
const third: SheetRow = { first_name: 'Ava', email: 'ava@patients.example', phone: '2025550144' };
const other: SheetRow = { first_name: 'Zoe', email: 'zoe@patients.example', phone: '2025550143' };

describe('23 Google Sheets bookings', () => {
	beforeEach(clearOfNewHour);

	it('requests an exam for each row with yes, writes the result into it, and nothing twice', async () => {
		openSheet(
			world,
			sheetRow('b-1'),
			sheetRow('b-2', { ...other, treatments: 'Botox' }),
			sheetRow('b-3', { request: '' }),
			sheetRow('b-4', { request: 'no exam' }),
		);
		await succeeds(BOOKINGS);
		const all = await visits();
		expect(all.map(({ requested_treatments }) => requested_treatments)).toEqual([
			['Botox', 'Dermal Filler'],
			['Botox'],
		]);
		expect(sheetRows(world).map(({ request, gfe_id }) => [request, gfe_id])).toEqual([
			['requested', all[0]!.gfe_id],
			['requested', all[1]!.gfe_id],
			['', ''],
			['no exam', ''],
		]);
		await succeeds(BOOKINGS);
		expect(await contacts()).toEqual(['email', 'email', 'text', 'text']);
		expect(world.slack()).toEqual([]);
	});

	it('of a row whose result could not be written, contacts nobody again', async () => {
		openSheet(world, sheetRow('b-1'));
		world.services.sheets.fail('down', { only: UNWRITABLE });
		expect(await statusOf(BOOKINGS)).toBe('error');
		expect(world.slack()).toEqual([expect.stringContaining('Write the result')]);
		expect(sheetRows(world)[0]).toMatchObject({ request: 'yes', gfe_id: '' });
		world.services.sheets.recover();
		await statusOf(BOOKINGS);
		const [visit] = await visits();
		expect(sheetRows(world)[0]).toMatchObject({ request: 'open_visit', gfe_id: visit!.gfe_id });
		expect(await contacts()).toEqual(['email', 'text']);
	});

	it.each(FAULTS)('is told to staff, and comes on the next run: the sheet is %s', async (fault) => {
		openSheet(world, sheetRow('b-1'));
		world.services.sheets.fail(fault, { only: UNREADABLE });
		expect(await statusOf(BOOKINGS)).toBe('error');
		expect(world.slack()).toEqual([expect.stringContaining('"Bookings"')]);
		world.services.sheets.recover();
		await statusOf(BOOKINGS);
		expect(sheetRows(world)[0]).toMatchObject({ request: 'requested' });
		expect(await contacts()).toEqual(['email', 'text']);
	});

	it.each([
		['an unknown treatment', { treatments: 'Botoxx' }, /Botoxx/],
		['no treatment', { treatments: '' }, /Treatment/],
		['an unreadable time', { appointment_time: 'soon' }, /Appointment Time/],
		['half a phone number', { phone: '555' }, /Phone/],
	])('writes the problem into the row and tells staff once: %s', async (_, changes, reason) => {
		openSheet(world, sheetRow('b-1', changes), sheetRow('b-2', other));
		await succeeds(BOOKINGS);
		await statusOf(BOOKINGS);
		expect(sheetRows(world).map(({ request }) => request)).toEqual(['error', 'requested']);
		expect(sheetRows(world)[0]!.note).toMatch(reason);
		expect(world.slack()).toEqual([expect.stringMatching(/^Booking b-1: /)]);
		expect(world.slack()[0]).toMatch(reason);
	});

	it.each(['yes ', ' Yes', 'YES\n', 'y', 'TRUE'])('takes %j for yes', async (request) => {
		openSheet(world, sheetRow('b-1', { request }));
		await succeeds(BOOKINGS);
		expect(sheetRows(world)[0]).toMatchObject({ request: 'requested' });
		expect(await contacts()).toEqual(['email', 'text']);
	});

	it('takes other words for no, or tells staff once a day that it does not understand them', async () => {
		const words = ['FALSE', 'no', '-', 'No exam', 'yes please', 'x'];
		openSheet(world, ...words.map((request, index) => sheetRow(`b-${index}`, { request })));
		await succeeds(BOOKINGS);
		await succeeds(BOOKINGS);
		expect(await visits()).toEqual([]);
		expect(requests()).toEqual(words);
		expect(world.slack().sort()).toEqual([
			expect.stringMatching(/^Row 6 .*yes or no/),
			expect.stringMatching(/^Row 7 .*yes or no/),
		]);
	});

	it('tells staff of a row without ID once a day, and requests nothing for it', async () => {
		openSheet(world, sheetRow(''));
		await statusOf(BOOKINGS);
		await statusOf(BOOKINGS);
		expect(await visits()).toEqual([]);
		expect(world.slack()).toEqual([expect.stringMatching(/^Row 2 /)]);
	});

	it('of a row without ID, keeps the message for Retry while Slack is down', async () => {
		openSheet(world, sheetRow('b-1', { request: '' }), sheetRow(''));
		const failed = await world.withoutSlack('down', () => world.runOnSchedule(BOOKINGS));
		await world.retry(await world.import(BOOKINGS), failed);
		await succeeds(BOOKINGS);
		expect(world.slack()).toEqual([expect.stringMatching(/^Row 3 /)]);
		expect(await visits()).toEqual([]);
	});

	const requests = () => sheetRows(world).map(({ request }) => request);

	it('requests nothing for rows that share an ID, tells staff once a day, and does it when that is mended', async () => {
		openSheet(world, sheetRow('b-1'), sheetRow('b-1', other), sheetRow('b-2', third));
		await succeeds(BOOKINGS);
		await succeeds(BOOKINGS);
		expect(requests()).toEqual(['yes', 'yes', 'requested']);
		expect(await contacts()).toEqual(['email', 'text']);
		expect(world.slack()).toEqual([expect.stringMatching(/^Row 2, 3 /)]);
		typeInto(world, 2, 'booking_id', 'b-3');
		await succeeds(BOOKINGS);
		expect(requests()).toEqual(['requested', 'requested', 'requested']);
		const ids = sheetRows(world).map(({ gfe_id }) => gfe_id);
		expect(new Set(ids).size).toBe(3);
		expect(world.slack()).toHaveLength(1);
	});

	it.each(['b-old', '1001'])(
		'of a row with the ID of an older one, leaves that one alone, and contacts nobody: %s',
		async (bookingId) => {
			const old = { request: 'requested', gfe_id: 'an-older-exam', exam: 'completed' };
			openSheet(world, sheetRow(bookingId, old), sheetRow('', other));
			typeInto(world, 2, 'booking_id', bookingId);
			await succeeds(BOOKINGS);
			expect(await contacts()).toEqual([]);
			expect(sheetRows(world)[0]).toMatchObject(old);
			expect(world.slack()).toEqual([expect.stringMatching(/^Row 2, 3 /)]);
		},
	);

	it('takes what a sheet makes of a typed phone number and of a typed ID', async () => {
		openSheet(world, sheetRow(''));
		typeInto(world, 1, 'booking_id', '1001');
		typeInto(world, 1, 'phone', '+12025550187');
		typeInto(world, 1, 'appointment_time', `${FAR_DAY} 10:30`);
		await statusOf(BOOKINGS);
		expect(sheetRows(world)[0]).toMatchObject({ booking_id: '1001', request: 'requested' });
		expect((await visits())[0]).toMatchObject({
			phone: '+12025550187',
			appointment_time: Date.parse(`${FAR_DAY}T10:30:00Z`) / 1000,
		});
	});

	it('takes nothing for requested while Spakinect is down, and tells staff', async () => {
		openSheet(world, sheetRow('b-1'));
		await world.control.faults({ kind: 'status', status: 503 });
		await statusOf(BOOKINGS);
		expect(sheetRows(world)[0]).toMatchObject({ request: 'error', gfe_id: '' });
		expect(world.slack()).toEqual([expect.stringMatching(/^Booking b-1: /)]);
	});

	it('takes nothing for requested with a broken credential, and tells staff', async () => {
		openSheet(world, sheetRow('b-1'));
		await world.breakCredential();
		try {
			await statusOf(BOOKINGS);
		} finally {
			await world.repairCredential();
		}
		expect(sheetRows(world)[0]).toMatchObject({ request: 'error', gfe_id: '' });
		expect(world.slack()).toHaveLength(1);
	});
});

describe.each([BOOKINGS, REQUEST_TEMPLATE])('%s while Slack takes no message', (file) => {
	const requests = () => sheetRows(world).map(({ request }) => request);
	const faults = file === BOOKINGS ? FAULTS : (['down'] as const);

	it.each(faults)('leaves the row for the next run, which tells staff once: %s', async (fault) => {
		openSheet(world, sheetRow('b-1', { treatments: 'Botoxx' }), sheetRow('b-2', other));
		await world.withoutSlack(fault, () => world.runOnSchedule(file));
		expect(requests()).toEqual(['yes', 'requested']);
		await succeeds(file);
		await succeeds(file);
		expect(requests()).toEqual(['error', 'requested']);
		expect(world.slack()).toEqual([expect.stringMatching(/^Booking b-1: /)]);
		expect(await contacts()).toEqual(['email', 'text']);
	});

	it('and the answer from Spakinect is lost, contacts nobody again', async () => {
		openSheet(world, sheetRow('b-1'));
		await world.control.faults(LOST_ANSWER);
		await world.withoutSlack('down', () => world.runOnSchedule(file));
		expect(requests()).toEqual(['yes']);
		await succeeds(file);
		const [visit, ...more] = await visits();
		expect(more).toEqual([]);
		expect(sheetRows(world)[0]).toMatchObject({ request: 'open_visit', gfe_id: visit!.gfe_id });
		expect(await contacts()).toEqual(['email', 'text']);
	});
});

/** A row whose exam was requested by 23, and its exam. */
const requested = async (...rows: SheetRow[]): Promise<string[]> => {
	openSheet(world, ...rows);
	await world.runByHand(BOOKINGS, 'Every 15 minutes');
	return sheetRows(world).map(({ gfe_id }) => gfe_id!);
};

describe('24 Google Sheets results', () => {
	it('writes what was decided into the row, tells staff what is not approved, and both once', async () => {
		const [first, second] = await requested(sheetRow('b-1'), sheetRow('b-2', other));
		await statusOf(RESULTS);
		expect(sheetRows(world).map(({ exam }) => exam)).toEqual(['open', 'open']);
		await world.control.complete(first!, { deliver: false });
		const decisions = { Botox: 'approved', 'Dermal Filler': 'deferred' };
		await world.control.complete(second!, { decisions, deliver: false });
		expect(world.slack()).toEqual([]);
		await succeeds(RESULTS);
		await succeeds(RESULTS);
		expect(sheetRows(world)).toMatchObject([
			{
				exam: 'completed',
				status: 'Completed',
				note: expect.stringMatching(/Approved: Botox and/),
			},
			{ exam: 'completed', note: expect.stringMatching(/Deferred: Dermal Filler/) },
		]);
		expect(world.slack()).toEqual([
			expect.stringMatching(/^Booking b-2: .*Deferred: Dermal Filler/),
		]);
		await world.setVisit(first!, { decisions: { Botox: 'deferred', 'Dermal Filler': 'approved' } });
		await statusOf(RESULTS);
		expect(world.slack()[1]).toMatch(/^Booking b-1: .*Deferred: Botox/);
	});

	it('notices an exam that was cancelled or rejected', async () => {
		const [first] = await requested(sheetRow('b-1'));
		await statusOf(RESULTS);
		await world.setVisit(first!, { status: 'Rejected' });
		await statusOf(RESULTS);
		await statusOf(RESULTS);
		expect(sheetRows(world)[0]).toMatchObject({ exam: 'rejected', status: 'Rejected' });
		expect(world.slack()).toEqual([expect.stringMatching(/^Booking b-1: .*Rejected/)]);
	});

	it('writes no decision into the row of another patient, nor without its exam, and says so once', async () => {
		const [first] = await requested(sheetRow('b-1'), sheetRow('b-2', other));
		await world.control.complete(first!, { deliver: false });
		typeInto(world, 2, 'gfe_id', first!);
		typeInto(world, 1, 'gfe_id', 'NoSuchVisit000000001');
		await statusOf(RESULTS);
		await statusOf(RESULTS);
		expect(sheetRows(world).map(({ exam }) => exam)).toEqual(['', '']);
		expect(world.slack()).toEqual([
			expect.stringMatching(/^Booking b-1: /),
			expect.stringMatching(/^Booking b-2: /),
		]);
	});

	it('writes no result into a row that has the ID of another one, and says so once', async () => {
		const [, second] = await requested(sheetRow('b-1'), sheetRow('b-2', other));
		typeInto(world, 1, 'booking_id', 'b-2');
		typeInto(world, 1, 'gfe_id', '');
		await world.control.complete(second!, { deliver: false });
		await succeeds(RESULTS);
		await succeeds(RESULTS);
		expect(sheetRows(world).map(({ exam }) => exam)).toEqual(['', '']);
		expect(world.slack()).toEqual([expect.stringMatching(/^Booking b-2: the row wasn't changed/)]);
		typeInto(world, 1, 'booking_id', 'b-1');
		await succeeds(RESULTS);
		expect(sheetRows(world).map(({ exam }) => exam)).toEqual(['', 'completed']);
	});

	it('writes no exam without an email into a row without one', async () => {
		const patient = { first_name: 'Kim', last_name: 'Other', email: null, dob: '1990-01-31' };
		const gfe_id = await newVisit(world, ['Botox'], { patient_details: patient });
		await world.control.complete(gfe_id, { deliver: false });
		openSheet(world, sheetRow('b-1', { email: '', request: '', gfe_id }));
		await succeeds(RESULTS);
		await succeeds(RESULTS);
		expect(sheetRows(world)[0]).toMatchObject({ exam: '', event_id: '' });
		expect(world.slack()).toEqual([expect.stringMatching(/^Booking b-1: the row wasn't changed/)]);
	});

	it('knows the email of a row with blanks around it and in other letters', async () => {
		const [first] = await requested(sheetRow('b-1', { email: ' Zeb.Quack@Patients.example ' }));
		await world.control.complete(first!, { deliver: false });
		await succeeds(RESULTS);
		expect(sheetRows(world)[0]).toMatchObject({ exam: 'completed' });
		expect(world.slack()).toEqual([]);
	});

	it.each(FAULTS)('loses no result: the sheet is %s', async (fault) => {
		const [first] = await requested(sheetRow('b-1'));
		await world.control.complete(first!, { decisions: { Botox: 'deferred' }, deliver: false });
		world.services.sheets.fail(fault, { only: UNWRITABLE });
		expect(await statusOf(RESULTS)).toBe('error');
		world.services.sheets.recover();
		await statusOf(RESULTS);
		expect(sheetRows(world)[0]).toMatchObject({ exam: 'completed' });
		expect(world.slack()).toContainEqual(expect.stringContaining('Write the result'));
		expect(world.slack()).toContainEqual(expect.stringMatching(/^Booking b-1: /));
	});

	it('loses no result while Slack is down: it comes on the next run', async () => {
		const [first] = await requested(sheetRow('b-1'));
		await world.control.complete(first!, { decisions: { Botox: 'deferred' }, deliver: false });
		world.services.slack.fail('down');
		expect(await statusOf(RESULTS)).toBe('error');
		world.services.slack.recover();
		await statusOf(RESULTS);
		// The error workflow tries again too, and may find Slack up.
		const told = world.slack().filter((text) => text.startsWith('Booking '));
		expect(told).toEqual([expect.stringMatching(/^Booking b-1: /)]);
		expect(sheetRows(world)[0]).toMatchObject({ exam: 'completed' });
	});

	it('keeps the message on a row of another patient for Retry while Slack is down', async () => {
		const [first] = await requested(sheetRow('b-1'));
		typeInto(world, 1, 'email', 'somebody@patients.example');
		const failed = await world.withoutSlack('down', () => world.runOnSchedule(RESULTS));
		await world.retry(await world.import(RESULTS), failed);
		await succeeds(RESULTS);
		expect(world.slack()).toEqual([expect.stringMatching(/^Booking b-1: /)]);
		expect(sheetRows(world)[0]).toMatchObject({ gfe_id: first, exam: '' });
	});

	it('takes a list that cannot be read for a failure: staff are told, no row changes', async () => {
		const [first] = await requested(sheetRow('b-1'));
		await world.control.complete(first!, { deliver: false });
		await world.control.faults({ kind: 'status', status: 503 });
		expect(await statusOf(RESULTS)).toBe('error');
		await world.control.faults();
		await world.breakCredential();
		try {
			expect(await statusOf(RESULTS)).toBe('error');
		} finally {
			await world.repairCredential();
		}
		expect(sheetRows(world)[0]).toMatchObject({ exam: '' });
		expect(world.slack()).toHaveLength(2);
		await statusOf(RESULTS);
		expect(sheetRows(world)[0]).toMatchObject({ exam: 'completed' });
	});
});

describe('28 Google Sheets hold list', () => {
	const onHold = () => sheetRows(world, 'Hold list').map(({ booking_id }) => booking_id);
	const ready = expect.stringMatching(/hold list/i);

	it('lists who may not be treated yet, and why, the same on a second run', async () => {
		const [first] = await requested(
			sheetRow('b-1', { ...other, appointment_time: typedTime(5) }),
			sheetRow('b-2', { treatments: 'Botox', appointment_time: typedTime(6) }),
			sheetRow('b-3', { request: '', email: 'new@patients.example' }),
			sheetRow('b-4', { request: 'no exam', treatments: '' }),
			sheetRow('b-5', { request: '', appointment_time: typedTime(100) }),
			sheetRow('b-6', { request: '', treatments: 'Facial' }),
			sheetRow('b-7', { request: '', appointment_time: 'soon' }),
		);
		await world.control.complete(first!, { deliver: false });
		const text = world.slack().length;
		await succeeds(HOLD_LIST);
		expect(onHold().sort()).toEqual(['b-2', 'b-3', 'b-6', 'b-7']);
		const reasons = sheetRows(world, 'Hold list').map(({ reason }) => reason);
		for (const reason of reasons) expect(reason).not.toBe('');
		await succeeds(HOLD_LIST);
		expect(onHold().sort()).toEqual(['b-2', 'b-3', 'b-6', 'b-7']);
		expect(world.slack().slice(text)).toEqual([ready, ready]);
	});

	it('says so too if nobody is on hold, and takes out who was there yesterday', async () => {
		const [first] = await requested(sheetRow('b-1'));
		await statusOf(HOLD_LIST);
		expect(onHold()).toEqual(['b-1']);
		await world.control.complete(first!, { deliver: false });
		await statusOf(HOLD_LIST);
		expect(onHold()).toEqual([]);
		expect(world.slack()).toEqual([ready, ready]);
	});

	it.each([HOLD_LIST, HOLD_TEMPLATE])(
		'%s has each time on the list that cannot be read, and no other day',
		async (file) => {
			const tomorrow = new Date(Date.now() + 86_400_000);
			const [month, day] = [tomorrow.getUTCMonth() + 1, tomorrow.getUTCDate()];
			const year = tomorrow.getUTCFullYear();
			const listed = [
				...['Nov 27, 10:00 AM', 'Fri 27 Nov 10:00', 'Nov 27', '11/27', 'tomorrow 3', 'Room 5'],
				...[String(year), `${year}-02-30 10:00`, '#N/A', '', `${month}/${day}/${year} 10:00 AM`],
				...[`${month}/${day}/${year}`, tomorrow.toISOString()],
			];
			const [past, future] = [year - 2, year + 3];
			const serial = String(Date.now() / 86_400_000 + 25_569 + 600);
			const otherDays = [
				...[`${past}-01-31 10:00`, `1/31/${past} 10:00 AM`, `1/31/${past}`],
				...[`Jan 31, ${past} 10:00 AM`, `${future}-01-31 10:00`, `1/31/${future}`],
				...[serial, `${future}-01-31T10:00:00-05:00`],
			];
			const ids = [...listed, ...otherDays];
			openSheet(
				world,
				...ids.map((_, index) => sheetRow(`b-${index}`, { request: '' })),
				sheetRow('unknown', { treatments: 'Facial' }),
				sheetRow('unknown-time', { treatments: 'Facial' }),
				sheetRow('unknown-past', { treatments: 'Facial' }),
			);
			[...ids, tomorrow.toISOString(), 'Nov 27', `1/31/${past} 10:00 AM`].forEach((time, index) =>
				typeInto(world, index + 1, 'appointment_time', time),
			);
			await succeeds(file);
			const expected = [...listed.map((_, index) => `b-${index}`), 'unknown', 'unknown-time'];
			expect(onHold().sort()).toEqual(expected.sort());
		},
	);

	it.each([
		['', async () => {}],
		[', also while Spakinect is down', () => world.control.faults({ kind: 'status', status: 503 })],
	])('has the whole day of the workflow’s time zone on the list%s', async (_, fail) => {
		const id = await world.import(HOLD_LIST);
		const { settings } = await world.client.workflow(id);
		// The server runs in UTC.
		const timezone = 'Pacific/Honolulu';
		const today = new Date().toLocaleDateString('en-US', { timeZone: timezone });
		openSheet(world, sheetRow('early'), sheetRow('late'));
		typeInto(world, 1, 'appointment_time', `${today} 12:30 AM`);
		typeInto(world, 2, 'appointment_time', `${today} 11:30 PM`);
		await world.client.updateWorkflow(id, { settings: { ...settings, timezone } });
		await fail();
		try {
			await succeeds(HOLD_LIST);
		} finally {
			await world.client.updateWorkflow(id, { settings });
		}
		expect(onHold().sort()).toEqual(['early', 'late']);
	});

	it.each(FAULTS)(
		'tells staff instead of calling the list ready: the sheet is %s',
		async (fault) => {
			openSheet(world, sheetRow('b-1'));
			world.services.sheets.fail(fault, { only: UNREADABLE });
			expect(await statusOf(HOLD_LIST)).toBe('error');
			expect(world.slack()).toEqual([expect.stringContaining('"Bookings"')]);
		},
	);

	it.each([
		...FAULTS.map((fault) => [HOLD_LIST, fault] as const),
		[HOLD_TEMPLATE, 'down'] as const,
	])(
		'%s is written while Slack is %s, and Retry says so, with no row twice',
		async (file, fault) => {
			openSheet(world, sheetRow('b-1'));
			const failed = await world.withoutSlack(fault, () => world.runOnSchedule(file));
			expect(onHold()).toEqual(['b-1']);
			await world.retry(await world.import(file), failed);
			expect(onHold()).toEqual(['b-1']);
			expect(world.slack()).toEqual([ready]);
		},
	);

	it('has everybody on hold with a Client key, also after an approval, as its note says', async () => {
		const [first] = await requested(sheetRow('b-1'));
		await world.control.complete(first!, { deliver: false });
		const own = await world.importForClientKey(HOLD_LIST);
		const byHand = { triggerToStartFrom: { name: 'Every morning' } };
		await world.ended(own, () => world.client.run(own, byHand));
		expect(onHold()).toEqual(['b-1']);
	});

	it('has everybody on hold while Spakinect cannot be asked', async () => {
		openSheet(world, sheetRow('b-1'));
		await world.control.faults({ kind: 'status', status: 503 });
		await statusOf(HOLD_LIST);
		expect(onHold()).toEqual(['b-1']);
		await world.control.faults();
		await world.breakCredential();
		try {
			await statusOf(HOLD_LIST);
		} finally {
			await world.repairCredential();
		}
		expect(onHold()).toEqual(['b-1']);
	});
});

describe('25 Twilio reminders', () => {
	const PHONE = '+12025550187';
	const ZOE = '+12025550143';
	beforeEach(clearOfNewHour);
	const texts = () => world.services.twilio.messages.map(({ to }) => to);
	/** The first run of 24 notes that the exams are open. */
	const open = async (...rows: SheetRow[]) => {
		const ids = await requested(...rows);
		await world.runByHand(RESULTS, 'Every hour');
		return ids;
	};
	/** A time zone in which it is this hour now. */
	const zoneAt = (hour: number) => {
		const ahead = ((hour - new Date().getUTCHours() + 36) % 24) - 12;
		return ahead === 0 ? 'Etc/UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
	};
	const setZone = async (hour: number) => {
		const id = await world.import(REMINDERS);
		const { settings } = await world.client.workflow(id);
		await world.client.updateWorkflow(id, { settings: { ...settings, timezone: zoneAt(hour) } });
	};
	const runAt = async (hour: number) => {
		await setZone(hour);
		return world.runOnSchedule(REMINDERS);
	};
	const move = (row: number, hours: number) =>
		typeInto(world, row, 'appointment_time', `${typedTime(hours).replace(' ', 'T')}Z`);

	it('texts whose exam is open: once before the last day, once in it, and never a third time', async () => {
		await open(sheetRow('b-1'), sheetRow('b-2', other));
		const tomorrow = 30;
		for (const row of [1, 2]) move(row, tomorrow);
		await runAt(10);
		await runAt(16);
		expect(texts()).toEqual([PHONE, ZOE]);
		for (const row of [1, 2]) move(row, 20);
		await runAt(10);
		await runAt(16);
		expect(texts()).toEqual([PHONE, ZOE, PHONE, ZOE]);
		move(1, tomorrow);
		await runAt(16);
		expect(texts()).toHaveLength(4);
		for (const { body } of world.services.twilio.messages) {
			expect(body).not.toMatch(/zebulon|quackenbush|botox|filler/i);
		}
		expect(world.slack()).toEqual([]);
	});

	it.each(['TBD', ''])(
		'an appointment time of "%s" keeps nobody else from the text',
		async (time) => {
			await open(sheetRow('b-1', other), sheetRow('b-2'));
			typeInto(world, 1, 'appointment_time', time);
			move(2, 30);
			await runAt(10);
			expect(texts()).toEqual([PHONE]);
		},
	);

	it('texts nobody too early, too late, or after the exam, also if the sheet does not know that yet', async () => {
		const [done] = await open(sheetRow('b-1'), sheetRow('b-2', other));
		await world.control.complete(done!, { deliver: false });
		move(2, 100);
		await runAt(10);
		move(2, 2);
		await runAt(10);
		expect(texts()).toEqual([]);
		expect(world.slack()).toEqual([]);
	});

	it.each([8, 20])('texts nobody at %i o’clock, but the next day', async (hour) => {
		await open(sheetRow('b-1'));
		move(1, 30);
		await runAt(hour);
		expect(texts()).toEqual([]);
		await runAt(9);
		expect(texts()).toEqual([PHONE]);
	});

	it.each([
		['is down', () => world.services.twilio.fail('down')],
		['lets nobody send now', () => world.services.twilio.fail('limited')],
		['took the key back', () => world.services.twilio.fail('revoked')],
		['has a STOP of the patient', () => void world.services.twilio.unsubscribed.add(PHONE)],
	])('has staff call, and does not text later: Twilio %s', async (_, fail) => {
		await open(sheetRow('b-1'), sheetRow('b-2', other));
		move(1, 30);
		move(2, 100);
		fail();
		await runAt(10);
		expect(world.slack()).toEqual([expect.stringMatching(/^Booking b-1: no reminder/)]);
		world.services.twilio.recover();
		await runAt(16);
		expect(texts()).toEqual([]);
		expect(world.slack()).toHaveLength(1);
	});

	it('has staff call exactly those of several whom a text does not reach', async () => {
		await open(sheetRow('b-1', third), sheetRow('b-2'), sheetRow('b-3', other));
		for (const row of [1, 2, 3]) move(row, 30);
		world.services.twilio.unsubscribed.add(PHONE);
		expect((await runAt(10)).status).toBe('success');
		expect(texts()).toEqual(['+12025550144', ZOE]);
		expect(world.slack()).toEqual([expect.stringMatching(/^Booking b-2: no reminder/)]);
		await runAt(16);
		expect(texts()).toHaveLength(2);
		expect(world.slack()).toHaveLength(1);
	});

	it.each(FAULTS)(
		'while Slack is %s, keeps the message for Retry, and texts nobody twice',
		async (fault) => {
			await open(sheetRow('b-1'), sheetRow('b-2', other));
			move(1, 30);
			move(2, 20);
			world.services.twilio.fail('down', { times: 1 });
			const failed = await world.withoutSlack(fault, () => runAt(10));
			expect(texts()).toEqual([]);
			await runAt(16);
			expect(texts()).toEqual([ZOE]);
			await world.retry(await world.import(REMINDERS), failed);
			await runAt(16);
			expect(texts()).toEqual([ZOE]);
			expect(world.slack()).toEqual([expect.stringMatching(/^Booking b-1: no reminder/)]);
		},
	);

	it('tells staff while Spakinect cannot be asked, and texts on the next run', async () => {
		await open(sheetRow('b-1'));
		move(1, 30);
		await world.control.faults({ kind: 'status', status: 503 });
		await runAt(10);
		await world.control.faults();
		await world.breakCredential();
		try {
			await runAt(10);
		} finally {
			await world.repairCredential();
		}
		expect(texts()).toEqual([]);
		expect(world.slack()).toHaveLength(2);
		await runAt(16);
		expect(texts()).toEqual([PHONE]);
	});

	it('tells staff while the sheet cannot be read, and texts on the next run', async () => {
		await open(sheetRow('b-1'));
		move(1, 30);
		world.services.sheets.fail('limited', { only: UNREADABLE });
		expect((await runAt(10)).status).toBe('error');
		expect(world.slack()).toEqual([expect.stringContaining('Open exams')]);
		world.services.sheets.recover();
		await runAt(16);
		expect(texts()).toEqual([PHONE]);
	});
});
