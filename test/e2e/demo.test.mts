import { Control } from '../../sandbox/demo/control.mts';
import { playThrough } from '../../sandbox/demo/playthrough.mts';
import { startSession, type Session } from '../../sandbox/demo/session.mts';
import { failureOf } from '../../sandbox/n8n/client.mts';
import { loopbackAxios } from '../../sandbox/n8n/loopback.mts';
import { runTask } from './support/command.mts';
import { BOOT_MS, TEST_MS } from './support/world.mts';
import { FAR_DAY } from './support/farDay.mts';

jest.setTimeout(BOOT_MS);

const DECISIONS = 'Approved: Botox\nConditionally approved: Dermal Filler\nDeferred: \nUndecided: ';
const PAGE_BOOKING = {
	location_id: 'loc_downtown',
	first_name: 'Zebulon',
	last_name: 'Quackenbush',
	email: 'zeb.quack@patients.example',
	phone: '(202) 555-0187',
	appointment_time: Date.parse(`${FAR_DAY}T15:00:00Z`) / 1000,
	treatments: ['Botox', 'Dermal Filler'],
};
const BOOKING = {
	...PAGE_BOOKING,
	booking_id: 'booking-4711',
	appointment_time: `${FAR_DAY}T10:00:00`,
};
const PATIENT = /zebulon|quackenbush|zeb\.quack|5550187|555-0187/i;

describe('npm run demo', () => {
	it('books a GFE, completes it, and prints the row, the contact, the message and the PDF', async () => {
		const demo = runTask('demo', []);
		const code = await demo.ended;
		const text = demo.output().replaceAll(/^\[ *[\d.]+ s\] /gm, '');
		expect({ code, text: code === 0 ? '' : text }).toEqual({ code: 0, text: '' });
		const id = /GFE created: (\S+)/.exec(text)?.[1] ?? 'none';
		const decisions = DECISIONS.split('\n').map((line) => `    ${line}`);
		for (const [heading, ...lines] of [
			['Row in Google Sheets:', '  result: requested', '  status: Completed', ...decisions],
			['Contact in HubSpot:', '  email: ada@patients.example', `  gfe_id: ${id}`, ...decisions],
			['Message in Slack, #front-desk:', `    GFE ${id} is finished`, ...decisions],
		]) {
			const part = text.slice(text.indexOf(heading!) + heading!.length).split(/^(?=\S)/m)[0]!;
			expect(part.split('\n')).toEqual(expect.arrayContaining(lines));
		}
		expect(text).toMatch(new RegExp(`File in Google Drive: gfe-${id}\\.pdf \\(\\d{3,} bytes\\)`));
		expect(text).not.toMatch(/emr-test-key/);
	});
});

describe('the workflows of npm start and npm run demo', () => {
	let session: Session;
	let control: Control;
	beforeAll(async () => {
		session = await startSession({ log: () => undefined });
		control = new Control(session.simulator.controlUrl);
	});
	afterAll(() => session?.stop());
	afterEach(() => expect(session.services.refused()).toEqual([]));

	const book = async () => {
		const http = loopbackAxios(session.n8n.url, TEST_MS);
		return (await http.post<Record<string, unknown>>('/webhook/booking', BOOKING)).data;
	};
	const resultsEnded = async (start: () => Promise<unknown>) => {
		const { client } = session.n8n;
		const id = session.workflows.results;
		const before = (await client.executions(id)).length;
		await start();
		return (await client.waitForExecution(id, { count: before + 1 })).at(-1)!;
	};

	it('a booking adds a row; sent again, it contacts nobody and the row stays one', async () => {
		const first = await book();
		expect(first).toMatchObject({
			booking_id: 'booking-4711',
			result: 'requested',
			gfe_id: expect.stringMatching(/^\w+$/),
			summary: expect.stringContaining('Botox and Dermal Filler'),
		});
		expect(await book()).toMatchObject({ result: 'open_visit', gfe_id: first.gfe_id });
		const { sheets, contacts } = await control.systems();
		expect(sheets).toEqual([
			{
				title: 'Bookings',
				rows: [expect.objectContaining({ booking_id: 'booking-4711', gfe_id: first.gfe_id })],
			},
		]);
		expect(contacts).toEqual([]);
		expect((await control.state()).visits).toHaveLength(1);
	});

	it('its result fills the row, the contact and the folder, and tells staff; only HubSpot has the email', async () => {
		const [visit] = (await control.state()).visits;
		const gfe_id = visit!.gfe_id;
		session.services.sheets.fail('limited', { times: 1 });
		const decisions = { Botox: 'approved', 'Dermal Filler': 'conditionally_approved' };
		const execution = await resultsEnded(() => control.complete(gfe_id, { decisions }));
		expect(execution.status === 'success' ? '' : failureOf(execution)).toBe('');

		const { sheets, contacts, messages, files } = await control.systems();
		expect(sheets[0]?.rows).toEqual([
			expect.objectContaining({
				booking_id: 'booking-4711',
				gfe_id,
				status: 'Completed',
				all_approved: 'FALSE',
				decisions: DECISIONS,
				evaluation_completed: expect.stringMatching(/^20\d\d-/),
			}),
		]);
		expect(contacts).toEqual([
			expect.objectContaining({
				email: BOOKING.email,
				gfe_id,
				gfe_status: 'Completed',
				gfe_decisions: DECISIONS,
			}),
		]);
		expect(messages).toEqual([
			expect.objectContaining({
				channel: 'front-desk',
				text: `GFE ${gfe_id} is finished\n${DECISIONS}`,
			}),
		]);
		expect(files.map(({ name }) => name)).toEqual([`gfe-${gfe_id}.pdf`]);
		const pdf = await control.systemsFile(files[0]!.id);
		expect([pdf.subarray(0, 5).toString(), pdf.length]).toEqual(['%PDF-', files[0]!.bytes]);

		const { calls } = session.services;
		const withPatient = calls.filter(({ call, body }) => PATIENT.test(call + body));
		expect(new Set(withPatient.map(({ service }) => service))).toEqual(new Set(['HubSpot']));
	});

	it('a visit without an email loses neither the row nor the message nor the PDF', async () => {
		const [gfe_id] = await control.addVisits([
			{ kind: 'in_person', requested_treatments: ['Botox'] },
		]);
		const before = (await control.systems()).contacts;
		const execution = await resultsEnded(() => control.complete(gfe_id!));
		expect(failureOf(execution)).toContain('node "Update the contact"');
		const { sheets, contacts, messages, files } = await control.systems();
		expect(sheets[0]?.rows[0]).toMatchObject({ gfe_id, booking_id: '', status: 'Completed' });
		expect(messages[0]?.text).toContain(gfe_id);
		expect(files[0]?.name).toBe(`gfe-${gfe_id}.pdf`);
		expect(contacts).toEqual(before);
	});

	it('a booking that needs no exam is a row without a GFE, and the page says so', async () => {
		const { client } = session.n8n;
		const { nodes } = await client.workflow(session.workflows.booking);
		const create = nodes.find(({ name }) => name === 'Request a GFE')!;
		create.parameters.options = {
			...(create.parameters.options as object),
			serviceMenu: { services: [{ service: 'Gift card', treatments: [] }] },
		};
		await client.updateWorkflow(session.workflows.booking, { nodes });
		await client.publish(session.workflows.booking);
		expect(await control.book({ ...PAGE_BOOKING, treatments: ['Gift card'] })).toMatchObject({
			gfe_id: null,
			created: false,
			summary: expect.any(String),
		});
	});

	it('a failure names the step, the node and its error', async () => {
		const match = { api: 'emr', method: 'GET', path: '/visits/' } as const;
		await control.setFaults([{ match, kind: 'status', status: 403 }]);
		await expect(playThrough(session, () => undefined)).rejects.toThrow(
			/^run the result workflow: node "Download the PDF": .{10,}/,
		);
		await control.setFaults([
			{ match: { api: 'emr', method: 'POST' }, kind: 'status', status: 403 },
		]);
		await expect(playThrough(session, () => undefined)).rejects.toThrow(
			/^book a GFE: n8n answered 500; node "Request a GFE": .{10,}/,
		);
		await control.setFaults([]);
	});

	it('the reset of the page empties the other systems, too', async () => {
		await loopbackAxios(session.simulator.controlUrl, TEST_MS).post('/reset', {
			keepRegistrations: true,
		});
		expect(await control.systems()).toEqual({
			sheets: [{ title: 'Bookings', rows: [] }],
			contacts: [],
			messages: [],
			files: [],
		});
	});

	it('after a reset of the page, events still arrive', async () => {
		const { gfe_id } = await book();
		await resultsEnded(() => control.complete(String(gfe_id)));
		expect((await control.systems()).messages).toHaveLength(1);
	});
});
