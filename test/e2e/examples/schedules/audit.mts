import { clearOfNewHour } from '../../support/clearOfNewHour.mts';
import { approved } from '../../support/recipeVisits.mts';
import { FOLDER, PATIENT, SPREADSHEET, type RecipeWorld } from '../../support/recipeWorld.mts';

type World = () => RecipeWorld;

const FILE = '10-daily-clearance-audit.json';
const HOUR = 3_600_000;
const COLUMNS = [
	'booking_id',
	'appointment_time',
	'first_name',
	'last_name',
	'email',
	'treatments',
];

const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();
const dayIn = (days: number) => inHours(days * 24).slice(0, 10);

/** An evening as Google Sheets shows it in the United States. */
const usTime = (days = 0) => {
	const [year, month, day] = dayIn(days).split('-').map(Number);
	return `${month}/${day}/${year} 6:00 PM`;
};

/** A row of the tab, as a person at the front desk types it. */
const row = (booking_id: string, treatments: string, changes: Record<string, string> = {}) => {
	const values: Record<string, string> = {
		booking_id,
		appointment_time: `${dayIn(0)} 18:00`,
		...PATIENT,
		treatments,
		...changes,
	};
	return COLUMNS.map((name) => values[name] ?? '');
};

export const describeAudit = (world: World): void => {
	const appointments = (...rows: string[][]) => {
		world().services.sheets.create(SPREADSHEET, { Appointments: [COLUMNS, ...rows] });
	};
	const run = () => world().runByHand(FILE, 'Every morning');
	const filed = () =>
		[...world().services.drive.store.files.values()]
			.filter(({ content }) => content)
			.map(({ content }) => String(content));
	/** Whom the message counts and names. What is not there is nobody. */
	const told = () => {
		const [text = '', ...others] = world().slack();
		expect(others).toEqual([]);
		const list = (words: string) => {
			const [, count = '', names = ''] = new RegExp(`^${words}: ?(\\d*) ?(.*)$`, 'm').exec(text)!;
			return { count: Number(count), names: names === '' ? [] : names.split(', ') };
		};
		const hold = list('On hold, do not treat yet');
		const unchecked = list('Could not be checked, do not treat yet');
		expect([hold.count, unchecked.count]).toEqual([hold.names.length, unchecked.names.length]);
		return {
			cleared: list('Cleared').count,
			hold: hold.names,
			unchecked: unchecked.names,
			text,
		};
	};
	beforeEach(clearOfNewHour);
	beforeEach(() =>
		world().control.addVisits([
			{
				...approved('gfe-1', inHours(-48), ['Botox', 'Dermal Filler', 'Microneedling']),
				decisions: {
					Botox: 'approved',
					'Dermal Filler': 'conditionally_approved',
					Microneedling: 'undecided',
				},
			},
		]),
	);

	it('files one list, and names only those on hold', async () => {
		appointments(
			row('b-ok', 'Botox'),
			row('b-partly', 'Botox, Dermal Filler, Microneedling'),
			row('b-never', 'IV Therapy'),
			row('b-who', 'Botox', { email: '' }),
		);
		await run();
		expect(told()).toMatchObject({
			cleared: 1,
			hold: ['b-partly (row 3)', 'b-never (row 4)'],
			unchecked: ['b-who (row 5)'],
		});
		expect(told().text).not.toContain('b-ok');
		expect(told().text).toContain('up to row 5');
		const [list = '', ...others] = filed();
		expect(others).toEqual([]);
		expect(list).toMatch(/^b-ok .*Cleared for .*Botox \(approved in GFE gfe-1/m);
		expect(list).toMatch(/^b-partly .*Dermal Filler \(approved only with a condition.*undecided/m);
		expect(list).toMatch(/^b-who .*Email/m);
		expect(list).not.toMatch(/zebulon|quackenbush|zeb\.quack/i);
		expect(world().services.drive.store.namesIn(FOLDER)).toHaveLength(1);
		expect(await world().control.contacts()).toEqual([]);
	});

	it('says so when everybody is cleared, and when nobody comes today', async () => {
		appointments(row('b-ok', 'Botox'));
		await run();
		expect(told()).toMatchObject({ cleared: 1, hold: [], unchecked: [] });
		world().services.slack.messages.length = 0;
		appointments(
			row('b-past', 'IV Therapy', { appointment_time: `${dayIn(-1)} 18:00` }),
			row('b-next', 'IV Therapy', { appointment_time: `${dayIn(1)} 18:00` }),
			row('b-us', 'IV Therapy', { appointment_time: usTime(1) }),
		);
		await run();
		expect(told()).toMatchObject({ cleared: 0, hold: [], unchecked: [] });
		world().services.slack.messages.length = 0;
		appointments();
		await run();
		expect(told()).toMatchObject({ cleared: 0, hold: [], unchecked: [] });
	});

	it.each([
		['an empty row counts for nothing', row('', '').map(() => ''), []],
		['no ID', row('', 'IV Therapy'), ['(row 3)']],
		['no time', row('b-2', 'Botox', { appointment_time: '' }), ['(row 3)']],
		[
			'a time that nobody can read',
			row('b-2', 'Botox', { appointment_time: 'after lunch' }),
			['(row 3)'],
		],
		['nothing but an ID', ['b-2'], ['(row 3)']],
		['a treatment that nobody has', row('b-2', 'Botoks'), ['(row 3)']],
		[
			'a time as the US writes it',
			row('b-2', 'IV Therapy', { appointment_time: usTime() }),
			['(row 3)'],
		],
	])(
		'a row with a flaw is on hold, and does not hide the next one: %s',
		async (_, flawed, flaws) => {
			appointments(row('b-1', 'Botox'), flawed, row('b-3', 'IV Therapy'));
			await run();
			const { cleared, hold, unchecked } = told();
			expect(cleared).toBe(1);
			expect(hold.at(-1)).toBe('b-3 (row 4)');
			expect([...hold.slice(0, -1), ...unchecked].map((name) => name.slice(-7))).toEqual(flaws);
		},
	);

	it('names no patient, even if the columns of a row are mixed up', async () => {
		appointments(
			row('b-1', `${PATIENT.first_name} ${PATIENT.last_name}`, { first_name: 'Botox' }),
			row('b-2', 'Botox', { appointment_time: PATIENT.email }),
		);
		await run();
		expect(told()).toMatchObject({ hold: [], unchecked: ['b-1 (row 2)', 'b-2 (row 3)'] });
	});

	it('checks each appointment for its own time', async () => {
		await world().control.addVisits([
			approved('gfe-old', inHours(-366 * 24 - 2), ['Chemical Peel']),
		]);
		appointments(row('b-1', 'Chemical Peel', { appointment_time: dayIn(0) }));
		await run();
		expect(told()).toMatchObject({ cleared: 0, hold: ['b-1 (row 2)'] });
		expect(told().text).toMatch(/ended on/);
	});

	it.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago'])(
		'takes the day of the workflow’s time zone: %s',
		async (timezone) => {
			const id = await world().import(FILE);
			const { settings } = await world().client.workflow(id);
			await world().client.updateWorkflow(id, { settings: { ...settings, timezone } });
			const dayThere = (days: number) =>
				new Intl.DateTimeFormat('en-CA', { timeZone: timezone }).format(
					Date.now() + days * 24 * HOUR,
				);
			const at = (id: string, days: number, time: string) =>
				row(id, 'IV Therapy', { appointment_time: `${dayThere(days)} ${time}` });
			appointments(
				...[at('b-1', -1, '23:59'), at('b-2', 0, '00:01'), at('b-3', 0, '23:59')],
				at('b-4', 1, '00:00'),
			);
			await run();
			await world().client.updateWorkflow(id, { settings: { ...settings, timezone: 'DEFAULT' } });
			expect(told()).toMatchObject({ hold: ['b-2 (row 3)', 'b-3 (row 4)'], unchecked: [] });
		},
	);

	it('holds 120 appointments of one morning in one message', async () => {
		appointments(...Array.from({ length: 120 }, (__, n) => row(`b-${n}`, 'IV Therapy')));
		await run();
		expect(told().hold).toHaveLength(120);
		expect(told().hold.at(-1)).toBe('b-119 (row 121)');
		expect(filed()[0]!.match(/^b-\d+ \(row/gm)).toHaveLength(120);
	});

	it.each(['down', 'limited', 'revoked'] as const)(
		'Google Drive is %s: the message has the list',
		async (fault) => {
			appointments(row('b-never', 'IV Therapy'));
			world().services.drive.fail(fault);
			await run();
			expect(told()).toMatchObject({ cleared: 0, hold: ['b-never (row 2)'] });
			expect(told().text).toMatch(/IV Therapy \(no decision found\)[^]*keep this message\): $/);
			expect(filed()).toEqual([]);
		},
	);

	it('Slack is down: the list is filed, and the run has failed', async () => {
		appointments(row('b-never', 'IV Therapy'));
		world().services.slack.fail('down');
		await expect(run()).rejects.toThrow();
		world().services.slack.recover();
		expect(world().slack()).toEqual([]);
		expect(filed()[0]).toMatch(/^b-never/m);
	});

	it.each(['down', 'limited', 'revoked'] as const)(
		'the sheet is %s: staff are told that it did not run',
		async (fault) => {
			appointments(row('b-never', 'IV Therapy'));
			world().services.sheets.fail(fault);
			const execution = await world().runOnSchedule(FILE);
			expect(execution.status).toBe('error');
			expect(world().slack()).toEqual([expect.stringMatching(/10: Daily.*"Appointments"/)]);
			expect(filed()).toEqual([]);
		},
	);

	it('Spakinect cannot be read, or the credential is broken: everybody is on hold', async () => {
		// What a node that passes its input on would make of an earlier answer.
		appointments(row('b-ok', 'Botox', { cleared: 'true' }));
		const onHold = { cleared: 0, hold: [], unchecked: ['b-ok (row 2)'] };
		await world().control.faults({ match: { path: 'gfes' }, kind: 'status', status: 403 });
		await run();
		expect(told()).toMatchObject(onHold);
		world().services.slack.messages.length = 0;
		await world().control.faults();
		await world().breakCredential();
		await run().finally(() => world().repairCredential());
		expect(told()).toMatchObject(onHold);
	});
};
