import { mkdir } from 'node:fs/promises';
import { startSession } from '../sandbox/demo/session.mts';
import type { WorkflowDefinition } from '../sandbox/n8n/client.mts';
import { runMain } from '../sandbox/n8n/errors.mts';
import { loopbackAxios } from '../sandbox/n8n/loopback.mts';
import { openWalk, type Walk } from '../test/browser/support/walk.mts';
import { FOLDER, around, save } from './pictures/camera.mts';
import { bothWorkflows, oneNode, type Settings } from './pictures/workflows.mts';

// Takes the README's pictures: npx tsx scripts/pictures.mts. All data in them is made up.

const VIEW = { width: 1280, height: 860 };

const DAY_MS = 24 * 60 * 60 * 1000;
/** The value that the panel saves for a choice from the list. */
const DOWNTOWN = { __rl: true, mode: 'list', value: 'loc_downtown', cachedResultName: 'Downtown' };

const ADA = {
	locationId: DOWNTOWN,
	firstName: 'Ada',
	lastName: 'Example',
	email: 'ada@patients.example',
	phone: '(415) 555-0100',
	appointmentTime: `${new Date(Date.now() + 30 * DAY_MS).toISOString().slice(0, 10)}T10:00:00`,
	treatments: ['Botox', 'Dermal Filler'],
};
const DECISIONS = { Botox: 'approved', 'Dermal Filler': 'deferred' };

/** Imports a workflow and opens the panel of its node, or its canvas. */
const open = async (
	{ editor, n8n }: Walk,
	workflow: WorkflowDefinition,
	node?: string,
): Promise<void> => {
	const { id } = await n8n.client.createWorkflow(workflow);
	const nodeId = workflow.nodes.find(({ name }) => name === node)?.id;
	await editor.page.goto([editor.url, 'workflow', id, nodeId].filter(Boolean).join('/'));
	await editor
		.part(nodeId ? 'ndv' : 'canvas-node')
		.first()
		.waitFor();
};

/** Drags the panel to the left, so that the output has space for a table. */
const widenOutput = async ({ editor }: Walk): Promise<void> => {
	await editor.part('panel-drag-button').hover();
	await editor.page.mouse.down();
	await editor.page.mouse.move(100, 60, { steps: 10 });
	await editor.page.mouse.up();
};

const takePictures = async (walk: Walk, settings: Settings): Promise<void> => {
	const { editor, dashboard, control, simulator } = walk;
	await editor.signIn();

	await editor.page.setViewportSize({ width: 1480, height: 1400 });
	const header = { name: 'x-booking-key', value: 'made-up' };
	const id = await walk.n8n.client.createCredential('Booking system', 'httpHeaderAuth', header);
	await open(walk, await bothWorkflows(settings, { id, name: 'Booking system' }));
	await editor.part('zoom-to-fit').click();
	await save(editor.page, 'workflows', await around(editor.part('sticky')));

	await editor.page.setViewportSize({ ...VIEW, height: 980 });
	const create = { resource: 'atHomeVisit', operation: 'create', ...ADA };
	await open(walk, oneNode('Request a GFE', 'spakinect', create, settings), 'Request a GFE');
	await editor.execute();
	await editor.output().getByText('gfe_id').first().waitFor();
	await editor.showOutputAs('JSON');
	await editor.field('treatments').getByText('Dermal Filler').waitFor();
	await save(editor.page, 'create');
	await editor.page.setViewportSize(VIEW);
	const { visits } = await control.state();
	const gfeId = visits.at(-1)!.gfe_id;

	const listen = { locations: ['loc_downtown'] };
	const trigger = oneNode('GFE completed', 'spakinectTrigger', listen, settings);
	await open(walk, trigger, 'GFE completed');
	await editor.listen();
	await control.complete(gfeId, { decisions: DECISIONS });
	await editor.output().getByText(gfeId).first().waitFor();
	await editor.showOutputAs('Schema');
	await editor.output().getByText('deferred_treatments').first().waitFor();
	await save(editor.page, 'trigger');

	await control.addVisits([
		{ requested_treatments: ['Laser Hair Removal'] },
		{ requested_treatments: ['Microneedling', 'Chemical Peel'] },
	]);
	const many = {
		resource: 'gfe',
		operation: 'getAll',
		locationId: DOWNTOWN,
		output: 'treatments',
	};
	await open(walk, oneNode('Decisions', 'spakinect', many, settings), 'Decisions');
	await editor.execute();
	await editor.showOutputAs('Table');
	await editor.output().getByText('undecided').first().waitFor();
	await widenOutput(walk);
	await save(editor.page, 'decisions');

	// The page shows only the main use: one booking through the published workflow, and its result.
	await loopbackAxios(simulator.controlUrl, 10_000).post('/reset', { keepRegistrations: true });
	await dashboard.setViewportSize({ width: 1024, height: 900 });
	await dashboard.goto(simulator.apiUrl);
	// All of it fits in one small picture.
	await dashboard.addStyleTag({ content: 'html { zoom: 0.8 }' });
	await dashboard.getByTestId('book').click();
	await dashboard.getByTestId('sheet-rows').getByText('requested').first().waitFor();
	const [booked] = (await control.state()).visits;
	await control.complete(booked!.gfe_id, { decisions: DECISIONS });
	await dashboard.getByTestId('crm-contacts').getByText('ada@patients.example').waitFor();
	await dashboard.getByTestId('drive-files').getByRole('link').waitFor();
	await save(dashboard, 'simulator');
};

await runMain(async () => {
	await mkdir(FOLDER, { recursive: true });
	const session = await startSession({ log: (line) => console.log(line) });
	try {
		const walk = await openWalk(session.simulator, session.n8n, { view: VIEW });
		try {
			await walk.step('Take the pictures', () => takePictures(walk, session));
		} finally {
			await walk.stop();
		}
	} finally {
		await session.stop();
	}
});
