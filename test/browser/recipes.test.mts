import type { WorkflowNode } from '../../sandbox/n8n/client.mts';
import { until } from '../../sandbox/n8n/until.mts';
import { findChromium } from '../../sandbox/programs.mts';
import { ExamplesClient } from '../e2e/support/examplesClient.mts';
import { readRecipe, RECIPES } from '../e2e/support/recipeFile.mts';
import { Canvas } from './support/canvas.mts';
import { Panel } from './support/panel.mts';
import { startWalk, type Walk } from './support/walk.mts';

const WAIT_MS = 45_000;
const LOOKED = 'Somebody looked at this';

const columnsOf = ({ parameters }: WorkflowNode) =>
	parameters.columns as { value: Record<string, unknown> } | undefined;
/** The nodes that write into a Data Table. */
const writers = RECIPES.flatMap((file) =>
	readRecipe(file)
		.nodes.filter((node) => node.type.endsWith('.dataTable') && columnsOf(node)?.value)
		.map((node): [string, string, WorkflowNode] => [file, node.name, node]),
);

// `npm test` says in its last lines when these tests are left out.
const withBrowser = findChromium() === undefined ? describe.skip : describe;

withBrowser('an imported recipe', () => {
	let walk: Walk;
	let client: ExamplesClient;
	const imported = new Map<string, string>();
	beforeAll(async () => {
		walk = await startWalk();
		client = new ExamplesClient(walk.n8n.url);
		await client.login();
		const tables = await client.createWorkflow(readRecipe('00-create-tables.json'));
		await client.run(tables.id, { triggerToStartFrom: { name: 'Run this once' } });
		await client.waitForExecution(tables.id, { status: 'success' });
		for (const file of new Set(writers.map(([name]) => name))) {
			imported.set(file, (await client.createWorkflow(readRecipe(file))).id);
		}
		await walk.editor.signIn();
	}, 300_000);
	afterAll(() => walk?.stop(), 60_000);

	it.each(writers)(
		'%s writes the same columns after somebody looked at "%s"',
		async (file, name, node) => {
			const { editor, n8n } = walk;
			const canvas = new Canvas(editor);
			const panel = new Panel(editor);
			const id = imported.get(file)!;
			await walk.step(`${file}: ${name}`, async () => {
				await editor.page.goto(`${n8n.url}/workflow/${id}`);
				await canvas.open(name);
				const value = columnsOf(node)!.value;
				for (const column of Object.keys(value)) {
					await panel.at(`columns.value["${column}"]`).waitFor();
				}
				await panel.inSettings(() => editor.field('notes').locator('textarea').fill(LOOKED));
				await editor.closePanel();
				const saved = await until('the editor has saved the note', WAIT_MS, async () => {
					const { nodes } = await client.workflow(id);
					return nodes.find((one) => one.name === name && one.notes === LOOKED);
				});
				expect(columnsOf(saved)!.value).toEqual(value);
			});
		},
		90_000,
	);
});
