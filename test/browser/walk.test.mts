import { itemsOf } from '../../sandbox/n8n/client.mts';
import { findChromium } from '../../sandbox/programs.mts';
import { until } from '../../sandbox/n8n/until.mts';
import { startWalk, type Walk } from './support/walk.mts';
import { FAR_DAY } from '../e2e/support/farDay.mts';
import { BOOT_MS } from '../e2e/support/world.mts';

const ACTIONS = [
	'Create an at-home visit',
	'Get an at-home visit',
	'Reschedule an at-home visit',
	'Cancel an at-home visit',
	'Check clearance of a patient',
	'Download the PDF of a GFE',
	'Get expiring approvals',
	'Get many GFEs',
	'Reconcile GFEs with your records',
	'Create an in-person visit',
	'Get an in-person visit',
	'Subscribe to a location',
	'Get many treatments',
	'Register a webhook URL',
];
const TRIGGERS = ['On visit completed', 'On any event'];
const WAIT_MS = 90_000;
/** Only ends a part that hangs. */
const PART_MS = 400_000;

// `npm test` says in its last lines when these tests are left out.
const withBrowser = findChromium() === undefined ? describe.skip : describe;

withBrowser('from an empty canvas to a published workflow, in a browser', () => {
	let walk: Walk;
	let gfeId: string;
	beforeAll(async () => {
		walk = await startWalk();
	}, BOOT_MS);
	afterAll(() => walk?.stop());

	const webhookUrl = async () => (await walk.control.state()).webhooks['emr-test-key'];

	/** One test per part of the walk; what follows a failed part cannot work. */
	let failed = false;
	const part = (name: string, run: () => Promise<void>) =>
		it(
			name,
			async () => {
				if (failed) throw new Error('An earlier part of the walk failed');
				failed = true;
				await walk.step(name, run);
				failed = false;
			},
			PART_MS,
		);

	part('the node creator finds the nodes by what people call them', async () => {
		const { editor } = walk;
		await editor.signIn();
		await editor.newWorkflow();
		await editor.openNodeCreator();
		const BOTH = ['Spakinect', 'Spakinect Polling'];
		for (const [names, searches] of [
			[BOTH, ['GFE', 'good faith exam', 'med spa', 'medspa', 'spakinect']],
			[['Spakinect'], ['patient clearance', 'telehealth exam', 'book exam', 'reschedule exam']],
		] as const) {
			for (const words of searches) {
				const shown = await editor.search(words, names.at(-1)!);
				expect([words, shown.slice(0, names.length)]).toEqual([words, names]);
				// The next search would otherwise find this result.
				await editor.clearSearch('Spakinect');
			}
		}
		await editor.search('spakinect', 'Spakinect');
		await editor.item('Spakinect').click();
		await editor.unfold('Triggers', TRIGGERS[0]!);
		await editor.unfold('Actions', ACTIONS[0]!);
		expect(await editor.shownItems()).toEqual([...TRIGGERS, ...ACTIONS]);
	});

	part('the action node is added and gets a credential made on the spot', async () => {
		const { editor, simulator } = walk;
		await editor.add('Create an at-home visit');
		await editor.createCredential('EMR API Key', {
			apiKey: 'emr-test-key',
			baseUrl: simulator.emrUrl,
			locations: 'Uptown: loc_uptown\nDowntown: loc_downtown',
		});
		expect(await editor.credential()).toBe('Spakinect EMR account');
	});

	part('the fields are filled, with treatments from the API, and a GFE is created', async () => {
		const { editor, control } = walk;
		await editor.fill('firstName', 'Ada');
		await editor.fill('lastName', 'Example');
		await editor.fill('email', 'ada@patients.example');
		await editor.fill('phone', '(415) 555-0100');
		await editor.fill('appointmentTime', `${FAR_DAY}T10:00:00`);
		await editor.chooseLocation('Downtown');
		await editor.openFavorites();
		expect((await editor.options().allInnerTexts()).slice(0, 4)).toEqual([
			expect.stringMatching(/^Botox\s+Favorite of this location$/),
			expect.stringMatching(/^Dermal Filler\s+Favorite of this location$/),
			expect.stringMatching(/^Laser Hair Removal\s+Favorite of this location$/),
			'Body Contouring',
		]);
		await editor.option('Botox').click();
		await editor.option('Dermal Filler').click();
		await editor.page.keyboard.press('Escape');
		await editor.execute();
		await editor.output().getByText('+14155550100').waitFor();

		const { visits } = await control.state();
		expect(visits).toHaveLength(1);
		expect(visits[0]).toMatchObject({
			requested_treatments: ['Botox', 'Dermal Filler'],
			location_id: 'loc_downtown',
		});
		gfeId = visits[0]!.gfe_id;
		await editor.output().getByText(gfeId, { exact: true }).waitFor();
		await editor.closePanel();
	});

	part('the trigger is added; without a location it cannot be run', async () => {
		const { editor } = walk;
		await editor.openNodeCreator();
		await editor.search('spakinect', 'Spakinect');
		await editor.item('Spakinect').click();
		await editor.unfold('Triggers', TRIGGERS[0]!);
		await editor.add('On visit completed');
		expect(await editor.credential()).toBe('Spakinect EMR account');
		await editor.page.getByText('Spakinect keeps one webhook URL per API key').waitFor();
		expect(await editor.part('node-execute-button').isDisabled()).toBe(true);
		await editor.choose('locations', 'Downtown');
		await editor.page.keyboard.press('Escape');
	});

	part('listening for a test event, the exam is completed on the dashboard', async () => {
		const { editor, dashboard, simulator } = walk;
		await editor.listen();
		expect(await webhookUrl()).toContain(`${walk.n8n.url}/webhook-test/`);
		await dashboard.goto(simulator.apiUrl);
		await dashboard.getByTestId(`complete-${gfeId}`).click();
		await dashboard.getByRole('combobox', { name: 'Dermal Filler' }).selectOption('deferred');
		await dashboard.getByTestId('exam-complete').click();
		await dashboard.getByTestId('deliveries').getByText('200').waitFor();

		await editor.showOutputAs('JSON');
		const json = editor.output().getByText('"visit.completed"');
		await json.waitFor();
		const text = (await editor.output().innerText()).replace(/\s+/g, ' ');
		expect(text).toContain(`"gfe_id": "${gfeId}"`);
		expect(text).toMatch(/"approved_treatments": \[ ?"Botox" ?\]/);
		expect(text).toMatch(/"deferred_treatments": \[ ?"Dermal Filler" ?\]/);
		expect(text).toContain('"all_approved": false');
	});

	part('published, the production URL is the registered one and its events run', async () => {
		const { editor, control, n8n } = walk;
		await editor.closePanel();
		await editor.publish();
		const [workflow] = await n8n.client.listWorkflows();
		await until('the workflow is published', WAIT_MS, async () => {
			const { status } = await n8n.client.publicationStatus(workflow!.id);
			return status === 'published' ? true : undefined;
		});
		expect(await webhookUrl()).toContain(`${n8n.url}/webhook/`);
		await control.complete(gfeId, {
			decisions: { Botox: 'approved', 'Dermal Filler': 'approved' },
		});
		const done = await until('an execution of the published workflow', WAIT_MS, async () => {
			const list = await n8n.client.executions(workflow!.id);
			return list.find(({ mode, status }) => mode === 'webhook' && status === 'success');
		});
		const [item] = itemsOf(await n8n.client.execution(done.id), 'Spakinect Trigger');
		expect(item?.json).toMatchObject({ gfe_id: gfeId, all_approved: true });
	});

	part('with a Client key only what it can do is offered', async () => {
		const { editor, n8n, simulator } = walk;
		const data = {
			apiKey: 'client-test-key',
			environment: 'custom',
			baseUrl: simulator.clientUrl,
		};
		await n8n.client.createCredential('Client', 'spakinectClientApi', data);
		await editor.newWorkflow();
		await editor.openNodeCreator();
		await editor.search('spakinect', 'Spakinect');
		await editor.item('Spakinect').click();
		await editor.unfold('Actions', ACTIONS[0]!);
		await editor.add('Create an at-home visit');
		// n8n takes the newest credential that fits, and with it the kind of key.
		expect(await editor.credential()).toBe('Client');
		expect(await editor.choices('resource')).toEqual(['At-Home Visit', 'GFE', 'Treatment']);
		expect(await editor.choices('operation')).toEqual(['Create', 'Get']);
		expect(await editor.page.getByText('Intake Answers').isVisible()).toBe(false);
		expect(walk.problems).toEqual([]);
	});
});
