import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import type { WorkflowDefinition } from '../../sandbox/n8n/client.mts';
import { loopbackAxios } from '../../sandbox/n8n/loopback.mts';
import { projectRoot } from '../../sandbox/n8n/paths.mts';
import { until } from '../../sandbox/n8n/until.mts';
import { findChromium } from '../../sandbox/programs.mts';
import { ExamplesClient } from '../e2e/support/examplesClient.mts';
import { Builder } from './support/builder.mts';
import { startWalk, type Walk } from './support/walk.mts';
import { FAR_DAY } from '../e2e/support/farDay.mts';
import { BOOT_MS } from '../e2e/support/world.mts';

const TABLE = 'gfe_bookings';
const PATH = 'spakinect-booking';
const HEADER = { name: 'x-booking-key', value: 'booking-stand-in' };
const WAIT_MS = 90_000;
/** Only ends a part that hangs. */
const PART_MS = 400_000;

/** n8n's time zone, if none is set. */
const N8N_ZONE = 'America/New_York';
const APPOINTMENT = `${FAR_DAY}T10:00:00`;

/** What the booking system sends. One of its services has another name at Spakinect. */
const booking = (booking_id: string, first_name: string) => ({
	booking_id,
	first_name,
	last_name: 'Example',
	email: `${first_name.toLowerCase()}@patients.example`,
	phone: '(415) 555-0100',
	appointment_time: APPOINTMENT,
	services: ['Botox', 'Lip filler 1 ml'],
});
const EARLIER = { booking_id: 'booking-4710', gfe_id: 'earlierGfe' };

// `npm test` says in its last lines when these tests are left out.
const withBrowser = findChromium() === undefined ? describe.skip : describe;

withBrowser('the booking workflow of recipe 01, built by clicks and drags only', () => {
	let walk: Walk;
	let builder: Builder;
	let client: ExamplesClient;
	beforeAll(async () => {
		walk = await startWalk();
		builder = new Builder(walk.editor);
		client = new ExamplesClient(walk.n8n.url);
		await client.login();
		// What a person has before: the tables of recipe 00, a row in one, and the header's credential.
		const text = await readFile(join(projectRoot, 'examples', '00-create-tables.json'), 'utf8');
		const { id } = await client.createWorkflow(JSON.parse(text) as WorkflowDefinition);
		await client.run(id, { triggerToStartFrom: { name: 'Run this once' } });
		await client.waitForExecution(id, { status: 'success' });
		await client.insertRows(TABLE, EARLIER);
		await client.createCredential('Booking system', 'httpHeaderAuth', HEADER);
	}, BOOT_MS);
	afterAll(() => walk?.stop());

	const send = async (kind: 'webhook' | 'webhook-test', body: object) => {
		const http = loopbackAxios(walk.n8n.url, WAIT_MS);
		const headers = { [HEADER.name]: HEADER.value };
		return (await http.post<Record<string, unknown>>(`/${kind}/${PATH}`, body, { headers })).data;
	};
	const visits = async () => (await walk.control.state()).visits;

	/** n8n runs what it has; the editor hands over a change only a moment after it was made. */
	const saved = (text: string) =>
		until(`the editor has saved ${text}`, WAIT_MS, async () => {
			const list = await client.listWorkflows();
			const all = await Promise.all(list.map(({ id }) => client.workflow(id)));
			return all.some(({ nodes }) => JSON.stringify(nodes).includes(text)) || undefined;
		});

	/** One test per part; what follows a failed part cannot work. */
	let failed = false;
	const part = (name: string, run: () => Promise<void>) =>
		it(
			name,
			async () => {
				if (failed) throw new Error('An earlier part failed');
				failed = true;
				await walk.step(name, run);
				failed = false;
			},
			PART_MS,
		);

	part('a Webhook takes a test booking', async () => {
		const { editor } = walk;
		await editor.signIn();
		await editor.newWorkflow();
		await editor.openNodeCreator();
		await editor.search('webhook', 'Webhook');
		await editor.add('Webhook');
		await editor.choose('httpMethod', 'POST');
		await editor.fill('path', PATH);
		await editor.choose('authentication', 'Header Auth');
		expect(await editor.credential()).toBe('Booking system');
		await editor.choose('responseMode', 'When Last Node Finishes');
		await editor.listen();
		await send('webhook-test', booking(EARLIER.booking_id, 'Ada'));
		await editor.output().getByText(EARLIER.booking_id).first().waitFor();
		await editor.closePanel();
	});

	part('a Data Table looks for the booking, and an If asks whether it has a GFE', async () => {
		const { editor } = walk;
		await builder.addNext('Data table', 'Get row(s)');
		await builder.chooseTable(TABLE);
		await builder.addCondition('booking_id (string)', 'booking_id');
		await builder.alwaysOutputData();
		await editor.execute();
		await editor.output().getByText(EARLIER.gfe_id).waitFor();
		await editor.closePanel();

		await builder.addNext('If');
		await builder.isNotEmpty('gfe_id');
		await saved('notEmpty');
		await editor.execute();
		await editor.output().getByText(EARLIER.gfe_id).waitFor();
		await editor.closePanel();
	});

	part('the Spakinect node requests a GFE with fields dragged from the booking', async () => {
		const { editor, simulator } = walk;
		// The newest open end is the If's "false".
		await builder.addNext('Spakinect', 'Create an at-home visit');
		await editor.createCredential('EMR API Key', {
			apiKey: 'emr-test-key',
			baseUrl: simulator.emrUrl,
			locations: 'Uptown: loc_uptown\nDowntown: loc_downtown',
		});
		await editor.chooseLocation('Downtown');
		await builder.unfoldInput('Webhook');
		for (const [field, parameter] of [
			['first_name', 'firstName'],
			['last_name', 'lastName'],
			['email', 'email'],
			['phone', 'phone'],
			['appointment_time', 'appointmentTime'],
			['services', 'treatments'],
		] as const) {
			await builder.drag(field, editor.field(parameter));
		}
		await builder.addOption('Reference');
		await builder.drag('booking_id', editor.field('reference'));
		await builder.addOption('Service Menu');
		await builder.addService('Lip filler 1 ml', 'Dermal Filler');
		await builder.addOption('Skip If Cleared');
		await editor.field('skipIfCleared').click();
		await editor.closePanel();
		expect(await visits()).toEqual([]);
	});

	part('run on the canvas with a new booking, it requests one GFE', async () => {
		const { editor } = walk;
		await saved('skipIfCleared');
		await editor.part('execute-workflow-button').click();
		await editor.page.getByText('Waiting for trigger event').first().waitFor();
		const answer = await send('webhook-test', booking('booking-4711', 'Ada'));
		expect(answer).toMatchObject({ result: 'requested', reference: 'booking-4711' });
		expect(await visits()).toEqual([
			expect.objectContaining({
				gfe_id: answer.gfe_id,
				requested_treatments: ['Botox', 'Dermal Filler'],
				location_id: 'loc_downtown',
			}),
		]);
	});

	part('a Data Table notes the booking with what the node gave', async () => {
		const { editor } = walk;
		await builder.addNext('Data table', 'Upsert row(s)');
		await builder.chooseTable(TABLE);
		await builder.addCondition('booking_id (string)', 'reference');
		for (const [field, column] of [
			['reference', 'booking_id'],
			['gfe_id', 'gfe_id'],
			['location_id', 'location_id'],
			['treatments_text', 'treatments'],
			['appointment_at', 'appointment_time'],
		] as const) {
			await builder.drag(field, editor.field(column));
		}
		await editor.fill('status', 'requested');
		await editor.closePanel();
	});

	part('published, a booking becomes one GFE and one row, also when it is sent twice', async () => {
		const { editor } = walk;
		await editor.publish();
		const workflow = await until('the workflow is published', WAIT_MS, async () => {
			const list = await client.listWorkflows();
			return list.find(({ active }) => active);
		});
		await until('its webhook is registered', WAIT_MS, async () => {
			const { status } = await client.publicationStatus(workflow.id);
			return status === 'published' ? true : undefined;
		});
		const first = await send('webhook', booking('booking-4712', 'Bea'));
		expect(first).toMatchObject({ booking_id: 'booking-4712', status: 'requested' });
		const again = await send('webhook', booking('booking-4712', 'Bea'));
		expect(again.gfe_id).toBe(first.gfe_id);
		const requested = (await visits()).filter(({ gfe_id }) => gfe_id === first.gfe_id);
		expect(await visits()).toHaveLength(2);
		expect(requested).toHaveLength(1);
		const rows = await client.rows(TABLE);
		expect(rows.map(({ booking_id }) => booking_id)).toEqual(['booking-4710', 'booking-4712']);
		expect(rows[1]).toMatchObject({
			gfe_id: first.gfe_id,
			location_id: 'loc_downtown',
			treatments: 'Botox, Dermal Filler',
			appointment_time: DateTime.fromISO(APPOINTMENT, { zone: N8N_ZONE }).toUTC().toISO(),
			status: 'requested',
		});
		expect(walk.problems).toEqual([]);
	});
});
