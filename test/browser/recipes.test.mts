import type { WorkflowNode } from '../../sandbox/n8n/client.mts';
import { until } from '../../sandbox/n8n/until.mts';
import { findChromium } from '../../sandbox/programs.mts';
import { ExamplesClient } from '../e2e/support/examplesClient.mts';
import { readRecipe, RECIPES } from '../e2e/support/recipeFile.mts';
import { BOOT_MS } from '../e2e/support/world.mts';
import { Canvas } from './support/canvas.mts';
import { Panel } from './support/panel.mts';
import { startWalk, type Walk } from './support/walk.mts';

const WAIT_MS = 90_000;
/** Only ends a part that hangs. */
const PART_MS = 400_000;
const LOOKED = 'Somebody looked at this';
/** Between the nodes on the canvas. */
const GRID = 220;
const IN_A_ROW = 4;

const columnsOf = ({ parameters }: WorkflowNode) =>
	(parameters.columns as { value?: Record<string, unknown> } | undefined)?.value;

/** The nodes of all recipes that write into a Data Table, side by side. */
const writers = RECIPES.flatMap((file) =>
	readRecipe(file).nodes.map((node) => ({ ...node, name: `${file.slice(0, 2)} ${node.name}` })),
)
	.filter((node) => node.type.endsWith('.dataTable') && columnsOf(node))
	.map((node, index) => ({
		...node,
		name: `${node.name} (${index + 1})`,
		position: [(index % IN_A_ROW) * GRID, Math.floor(index / IN_A_ROW) * GRID] as [number, number],
	}));

// `npm test` says in its last lines when these tests are left out.
const withBrowser = findChromium() === undefined ? describe.skip : describe;

withBrowser('the nodes of the recipes that write into a table', () => {
	let walk: Walk;
	let client: ExamplesClient;
	let id: string;
	beforeAll(async () => {
		walk = await startWalk();
		client = new ExamplesClient(walk.n8n.url);
		await client.login();
		const tables = await client.createWorkflow(readRecipe('00-create-tables.json'));
		await client.run(tables.id, { triggerToStartFrom: { name: 'Run this once' } });
		await client.waitForExecution(tables.id, { status: 'success' });
		const workflow = { name: 'Writers', nodes: writers, connections: {} };
		id = (await client.createWorkflow(workflow)).id;
		await walk.editor.signIn();
		await walk.editor.page.goto(`${walk.n8n.url}/workflow/${id}`);
	}, BOOT_MS);
	afterAll(() => walk?.stop());

	// What n8n changes in a node by showing it is saved with whatever the person changes then.
	it.each(writers)(
		'$name: the panel shows its columns and changes none',
		async ({ name, ...node }) => {
			const { editor } = walk;
			const panel = new Panel(editor);
			const columns = columnsOf({ name, ...node })!;
			await walk.step(name, async () => {
				await new Canvas(editor).open(name);
				for (const column of Object.keys(columns)) {
					await panel.at(`columns.value["${column}"]`).waitFor();
				}
				await panel.inSettings(() => editor.field('notes').locator('textarea').fill(LOOKED));
				await editor.closePanel();
				const saved = await until('the editor has saved the note', WAIT_MS, async () => {
					const { nodes } = await client.workflow(id);
					return nodes.find((one) => one.name === name && one.notes === LOOKED);
				});
				expect(columnsOf(saved)).toEqual(columns);
			});
		},
		PART_MS,
	);
});
