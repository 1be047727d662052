import { DateTime } from 'luxon';
import type { INodeTypeDescription } from 'n8n-workflow';
import type { StoredWorkflow, WorkflowNode } from '../../sandbox/n8n/client.mts';
import { loopbackAxios } from '../../sandbox/n8n/loopback.mts';
import { until } from '../../sandbox/n8n/until.mts';
import { findChromium } from '../../sandbox/programs.mts';
import { connectCredential, type NodeCredentials } from '../../sandbox/services/connect.mts';
import { startServices, type Services } from '../../sandbox/services/index.mts';
import { ActionControl } from '../e2e/support/action.mts';
import { ExamplesClient } from '../e2e/support/examplesClient.mts';
import { FAR_DAY } from '../e2e/support/farDay.mts';
import { fillInRecipe, readRecipe } from '../e2e/support/recipeFile.mts';
import { BOOT_MS } from '../e2e/support/world.mts';
import { Canvas } from './support/canvas.mts';
import { essenceOf } from './support/likeness.mts';
import { Panel } from './support/panel.mts';
import { startWalk, type Walk } from './support/walk.mts';

const RECIPE = '01-booking-to-gfe.json';
const NAME = 'Spakinect 01: Booking to GFE';
const TELL_STAFF = 'Spakinect 00: Tell staff';
const TABLE = 'gfe_bookings';
const PATH = 'spakinect-booking';
const CHANNEL = 'front-desk';
const HEADER = { name: 'x-booking-key', value: 'booking-stand-in' };
const WAIT_MS = 90_000;
/** Only ends a part that hangs. */
const PART_MS = 400_000;

/** What is no booking ID, as the recipe's first rule has it. */
const NO_ID =
	'/^[^\\p{L}\\p{N}]*(undefined|null|nan|none|n.?a|true|false|unknown|tbd|0+)?[^\\p{L}\\p{N}]*$|[{}<>]|^\\s*[$%:[]|#[A-Z/]+[!?]/iu';
/** The booking system's services and what they are at Spakinect. */
const SERVICE_MENU = [
	['Botox - 20 units (new client)', 'Botox'],
	['Lip filler 1 ml', 'Dermal Filler'],
	['Laser legs', 'Laser Hair Removal'],
	['Gift card', undefined],
] as const;

/** n8n's time zone, if none is set. */
const N8N_ZONE = 'America/New_York';
const APPOINTMENT = `${FAR_DAY}T10:00:00`;

/** What the booking system sends. */
const booking = (booking_id: string, first_name: string, services?: string[]) => ({
	booking_id,
	first_name,
	last_name: 'Quackenbush',
	email: `${first_name.toLowerCase()}@patients.example`,
	phone: '(415) 555-0100',
	appointment_time: APPOINTMENT,
	services: services ?? ['Botox - 20 units (new client)', 'Lip filler 1 ml', 'Gift card'],
});
const PATIENT_DATA = /zebulon|beatrix|quackenbush|patients\.example|555-?0100/i;
const EARLIER = { booking_id: 'booking-4710', gfe_id: 'earlierGfe', status: 'requested' };

// `npm test` says in its last lines when these tests are left out.
const withBrowser = findChromium() === undefined ? describe.skip : describe;

withBrowser('the booking workflow of recipe 01, built by clicks and drags only', () => {
	let walk: Walk;
	let services: Services;
	let canvas: Canvas;
	let panel: Panel;
	let client: ExamplesClient;
	let credentials: NodeCredentials;
	let errorWorkflow: string;

	/** What a person has before: recipe 00, a row in its table, and the credentials of other systems. */
	const prepare = async () => {
		const tables = await client.createWorkflow(readRecipe('00-create-tables.json'));
		await client.run(tables.id, { triggerToStartFrom: { name: 'Run this once' } });
		await client.waitForExecution(tables.id, { status: 'success' });
		await client.insertRows(TABLE, EARLIER);
		services.slack.addChannel(CHANNEL);
		const header = { type: 'httpHeaderAuth', data: HEADER };
		credentials = {
			...(await connectCredential(client, header, 'Booking system')),
			...(await connectCredential(client, services.slack.credential(), 'Front desk')),
		};
		// n8n takes the newest one by itself, and these are newer.
		await client.createCredential('Phone system', header.type, { name: 'x-key', value: 'other' });
		const other = { accessToken: 'xoxb-other', signatureSecret: '' };
		await client.createCredential('Marketing', 'slackApi', other);
		const teller = fillInRecipe('00-tell-staff.json', { locationId: '', credentials });
		errorWorkflow = (await client.createWorkflow(teller)).id;
		await client.publish(errorWorkflow);
	};
	beforeAll(async () => {
		services = await startServices();
		walk = await startWalk({ env: services.env() });
		canvas = new Canvas(walk.editor);
		panel = new Panel(walk.editor);
		client = new ExamplesClient(walk.n8n.url);
		await client.login();
		await prepare();
	}, BOOT_MS);
	afterAll(async () => {
		await walk?.stop();
		await services?.stop();
	});

	const post = async (kind: 'webhook' | 'webhook-test', body: object) => {
		const headers = { [HEADER.name]: HEADER.value };
		return loopbackAxios(walk.n8n.url, WAIT_MS).post<Record<string, unknown>>(
			`/${kind}/${PATH}`,
			body,
			{ headers, validateStatus: () => true },
		);
	};
	const visits = async () => (await walk.control.state()).visits;
	const contacts = () => new ActionControl(walk.simulator.controlUrl).channels();
	const texts = () => services.slack.textsIn(CHANNEL);

	const built = async (): Promise<StoredWorkflow | undefined> => {
		const list = await client.listWorkflows();
		const all = await Promise.all(list.map(({ id }) => client.workflow(id)));
		return all.find(({ nodes }) => nodes.some(({ name }) => name === 'Booking'));
	};
	/**
	 * The editor takes over a condition only a moment after it was typed, and drops it if something else is clicked
	 * before. What it has taken over is saved another moment later.
	 */
	const saved = (node: string, text: string) => {
		const has = ({ name, ...own }: WorkflowNode) =>
			name === node && JSON.stringify(own).includes(text);
		return until(`the editor has saved "${text}" of ${node}`, WAIT_MS, async () =>
			(await built())?.nodes.some(has) ? true : undefined,
		);
	};

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
		await panel.rename('Booking');
		await panel.choose('httpMethod', 'POST');
		await panel.type('path', PATH);
		await panel.choose('authentication', 'Header Auth');
		await panel.chooseCredential('Booking system');
		await panel.choose('responseMode', 'When Last Node Finishes');
		await editor.listen();
		await post('webhook-test', booking(EARLIER.booking_id, 'Zebulon'));
		await editor.output().getByText(EARLIER.booking_id).first().waitFor();
		await editor.closePanel();
	});

	part('a Data Table looks for the booking', async () => {
		const { editor } = walk;
		await canvas.addAfter('Booking', 0, 'Data table', 'Get row(s)');
		await panel.rename('Booked before?');
		await panel.byName('dataTableId', TABLE);
		await panel.choose('matchType', 'All Conditions');
		const condition = (index: number) => `filters.conditions[${index}]`;
		await panel.addOne();
		await panel.choose(`${condition(0)}.keyName`, 'booking_id (string)');
		await panel.drag('Booking', 'booking_id', `${condition(0)}.keyValue`);
		await panel.addOne();
		await panel.choose(`${condition(1)}.keyName`, 'gfe_id (string)');
		await panel.choose(`${condition(1)}.condition`, 'Is Not Empty');
		await panel.addOne();
		await panel.choose(`${condition(2)}.keyName`, 'status (string)');
		await panel.choose(`${condition(2)}.condition`, 'Not Equals');
		await panel.type(`${condition(2)}.keyValue`, 'booking_cancelled');
		await panel.type('limit', '1');
		await panel.inSettings(() => editor.field('alwaysOutputData').click());
		await saved('Booked before?', 'alwaysOutputData');
		await editor.execute();
		await editor.output().getByText(EARLIER.gfe_id).waitFor();
		await editor.closePanel();
	});

	part('a Switch tells what to do, and a booking without an ID stops', async () => {
		const { editor } = walk;
		await canvas.addAfter('Booked before?', 0, 'Switch');
		await panel.rename('What to do');
		const rule = (index: number) => `rules.values[${index}]`;
		const condition = (index: number) => `${rule(index)}.conditions.conditions.0`;
		await panel.drag('Booking', 'booking_id', `${condition(0)}.leftValue`);
		await panel.compare(condition(0), 'String', 'matches regex');
		await panel.type(`${condition(0)}.rightValue`, NO_ID);
		await saved('What to do', JSON.stringify(NO_ID));
		await panel.toggle(`${rule(0)}.renameOutput`);
		await panel.type(`${rule(0)}.outputKey`, 'No booking ID');
		await panel.addOne();
		await panel.drag('Booked before?', 'gfe_id', `${condition(1)}.leftValue`);
		await panel.compare(condition(1), 'String', 'is not empty');
		await saved('What to do', 'notEmpty');
		await panel.toggle(`${rule(1)}.renameOutput`);
		await panel.type(`${rule(1)}.outputKey`, 'Booked before');
		await panel.toggle('looseTypeValidation');
		await panel.addOption('Fallback Output');
		await panel.choose('options.fallbackOutput', 'Extra Output');
		await panel.addOption('Rename Fallback Output');
		await panel.type('options.renameFallbackOutput', 'New booking');
		await saved('What to do', 'New booking');
		await editor.execute();
		await editor.output().getByText('Booked before (1 item)').waitFor();
		await editor.closePanel();

		await canvas.addAfter('What to do', 0, 'Stop and Error');
		await panel.rename('No booking ID');
		const text =
			'The booking has no booking_id. Map it in your booking system, then send the booking again.';
		await panel.type('errorMessage', text);
		await saved('No booking ID', text);
		await editor.closePanel();
	});

	part('the Spakinect node requests a GFE with fields dragged from the booking', async () => {
		const { editor, simulator } = walk;
		await canvas.addAfter('What to do', 2, 'Spakinect', 'Create an at-home visit');
		await panel.rename('Request GFE');
		await editor.createCredential('EMR API Key', {
			apiKey: 'emr-test-key',
			baseUrl: simulator.emrUrl,
			locations: 'Uptown: loc_uptown\nDowntown: loc_downtown',
		});
		await editor.chooseLocation('Downtown');
		for (const [field, parameter] of [
			['first_name', 'firstName'],
			['last_name', 'lastName'],
			['email', 'email'],
			['phone', 'phone'],
			['appointment_time', 'appointmentTime'],
			['services', 'treatments'],
		] as const) {
			await panel.drag('Booking', field, parameter);
		}
		await panel.addOption('Reference');
		await panel.drag('Booking', 'booking_id', 'options.reference');
		await panel.addOption('Service Menu');
		for (const [index, [service, treatment]] of SERVICE_MENU.entries()) {
			const row = `options.serviceMenu.services[${index}]`;
			await panel.addFrom('Add service', 'Service');
			await panel.type(`${row}.service`, service);
			if (treatment) await panel.chooseInto(`${row}.treatments`, treatment);
		}
		await panel.addOption('Skip If Cleared');
		await panel.toggle('options.skipIfCleared');
		// The names of the booking system are no mistake.
		expect(await editor.part('parameter-issues').count()).toBe(0);
		await panel.inSettings(async () => {
			await editor.field('onError').click();
			await editor.option('Continue (using error output)').click();
		});
		await saved('Request GFE', 'continueErrorOutput');
		await editor.closePanel();
		expect(await visits()).toEqual([]);
	});

	part('Slack tells staff what the error output of a test booking says', async () => {
		const { editor } = walk;
		await canvas.listen();
		await post('webhook-test', booking('booking-4711', 'Zebulon', ['Vampire facial']));
		await canvas.addAfter('Request GFE', 1, 'Slack', 'Send a message');
		await panel.rename('Tell staff');
		await panel.chooseCredential('Front desk');
		await panel.choose('select', 'Channel');
		await panel.byName('channelId', CHANNEL);
		await panel.type('text', 'Booking');
		await panel.drag('Booking', 'booking_id', 'text');
		await panel.typeAfter('text', ': the GFE request failed. ');
		await panel.dragAfter('Request GFE', 'error', 'text');
		await panel.addOption('Include Link to Workflow');
		await panel.toggle('otherOptions.includeLinkToWorkflow');
		await panel.inSettings(() => editor.field('retryOnFail').click());
		await saved('Tell staff', 'retryOnFail');
		await editor.closePanel();
		expect(await visits()).toEqual([]);
		expect(texts()).toEqual([]);
	});

	part('run on the canvas with a new booking, it requests one GFE', async () => {
		await canvas.listen();
		const { data } = await post('webhook-test', booking('booking-4711', 'Zebulon'));
		expect(data).toMatchObject({ result: 'requested', reference: 'booking-4711' });
		expect(await visits()).toEqual([
			expect.objectContaining({
				gfe_id: data.gfe_id,
				requested_treatments: ['Botox', 'Dermal Filler'],
				location_id: 'loc_downtown',
			}),
		]);
	});

	part('if there is a GFE, a Data Table notes the booking with what the node gave', async () => {
		const { editor } = walk;
		await canvas.addAfter('Request GFE', 0, 'If');
		await panel.rename('Has a GFE');
		const isThere = 'conditions.conditions.0';
		await panel.drag('Request GFE', 'gfe_id', `${isThere}.leftValue`);
		await panel.compare(isThere, 'String', 'is not empty');
		await saved('Has a GFE', 'notEmpty');
		await panel.toggle('looseTypeValidation');
		await saved('Has a GFE', 'looseTypeValidation');
		await editor.execute();
		await editor.output().getByText('True Branch (1 item)').waitFor();
		await editor.closePanel();

		await canvas.addAfter('Has a GFE', 0, 'Data table', 'Upsert row(s)');
		await panel.rename('Note the booking');
		await panel.byName('dataTableId', TABLE);
		await panel.choose('matchType', 'All Conditions');
		await panel.addOne();
		await panel.choose('filters.conditions[0].keyName', 'booking_id (string)');
		await panel.drag('Has a GFE', 'reference', 'filters.conditions[0].keyValue');
		const column = (name: string) => `columns.value["${name}"]`;
		for (const [field, name] of [
			['reference', 'booking_id'],
			['gfe_id', 'gfe_id'],
			['location_id', 'location_id'],
			['treatments_text', 'treatments'],
			['appointment_at', 'appointment_time'],
			['all_approved', 'all_approved'],
			['evaluation_completed', 'completed_at'],
			['event_id', 'event_id'],
		] as const) {
			await panel.drag('Has a GFE', field, column(name));
		}
		await panel.type(column('status'), 'requested');
		await panel.type(column('reminded_hours'), '999');
		await panel.leaveOut('resume_url');
		await saved('Note the booking', '"removed":true');
		await editor.closePanel();
	});

	part('each way but the one without an ID leads to the answer', async () => {
		const { editor } = walk;
		await canvas.addBelow('Request GFE', 0, 'Edit Fields (Set)');
		await panel.rename('Answer');
		await panel.dragIntoList('Booking', 'booking_id');
		for (const field of ['gfe_id', 'result', 'summary']) {
			await panel.dragIntoList('Request GFE', field);
		}
		await saved('Answer', '$json.summary');
		await editor.closePanel();
		await canvas.connect('What to do', 1, 'Answer');
		await canvas.connect('Tell staff', 0, 'Answer');
	});

	part('it gets its name and its error workflow, and is published', async () => {
		await canvas.rename(NAME);
		await canvas.chooseErrorWorkflow(TELL_STAFF);
		await walk.editor.publish();
		const workflow = await until('the workflow is published', WAIT_MS, async () => {
			const list = await client.listWorkflows();
			return list.find(({ active, name }) => active && name === NAME);
		});
		await until('its webhook is registered', WAIT_MS, async () => {
			const { status } = await client.publicationStatus(workflow.id);
			return status === 'published' ? true : undefined;
		});
	});

	part('what n8n has saved is the recipe', async () => {
		const [made] = (await client.listCredentials()).filter(({ type }) => type === 'spakinectApi');
		const recipe = fillInRecipe(RECIPE, {
			locationId: 'loc_downtown',
			credentials: { ...credentials, spakinectApi: { id: made!.id, name: made!.name } },
			errorWorkflow,
		});
		const types = (await client.nodeTypes()) as unknown as INodeTypeDescription[];
		// n8n adds settings of its own.
		const settings = Object.keys(recipe.settings!);
		expect(essenceOf((await built())!, types, settings)).toEqual(
			essenceOf(recipe, types, settings),
		);
	});

	part('a booking becomes one GFE and one row, also when it is sent twice', async () => {
		const before = await contacts();
		const { data: first } = await post('webhook', booking('booking-4712', 'Beatrix'));
		expect(first).toEqual({
			booking_id: 'booking-4712',
			gfe_id: expect.any(String),
			result: 'requested',
			summary: expect.stringContaining('Botox and Dermal Filler'),
		});
		const both = [...before, 'email', 'text'].sort();
		expect(await contacts()).toEqual(both);
		const again = await post('webhook', booking('booking-4712', 'Beatrix'));
		expect(again.data).toMatchObject({ booking_id: 'booking-4712', gfe_id: first.gfe_id });
		expect(await contacts()).toEqual(both);
		expect((await visits()).filter(({ gfe_id }) => gfe_id === first.gfe_id)).toHaveLength(1);
		const rows = await client.rows(TABLE);
		expect(rows.map(({ booking_id }) => booking_id)).toEqual(['booking-4710', 'booking-4712']);
		expect(rows[1]).toMatchObject({
			gfe_id: first.gfe_id,
			location_id: 'loc_downtown',
			treatments: 'Botox, Dermal Filler',
			appointment_time: DateTime.fromISO(APPOINTMENT, { zone: N8N_ZONE }).toUTC().toISO(),
			status: 'requested',
			all_approved: null,
		});
		expect(texts()).toEqual([]);
	});

	part('staff are told of a booking that needs them, without the patient', async () => {
		const [before, rows] = [await contacts(), await client.rows(TABLE)];
		const { data } = await post('webhook', booking('b-1', 'Beatrix', ['Vampire facial']));
		expect(data).toMatchObject({ booking_id: 'b-1', gfe_id: null });
		expect(texts()).toEqual([expect.stringMatching(/^Booking b-1: .*Vampire facial/)]);
		// The error workflow starts after the answer.
		expect((await post('webhook', booking('', 'Beatrix'))).status).toBe(500);
		await until('the error workflow tells staff', WAIT_MS, async () => texts()[1]);
		expect(texts()[1]).toContain(`"${NAME}" failed at "No booking ID"`);
		expect(texts().join('\n')).not.toMatch(PATIENT_DATA);
		expect(await contacts()).toEqual(before);
		expect(await client.rows(TABLE)).toEqual(rows);
		expect(services.refused()).toEqual([]);
		expect(walk.problems).toEqual([]);
	});
});
