import type { Locator } from 'playwright-core';
import type { Editor } from './editor.mts';

/** The canvas of a workflow, as a person uses it: nodes are added at an output, and outputs drawn to inputs. */
export class Canvas {
	constructor(private readonly editor: Editor) {}

	/** Adds a node at an open output of another, by its plus. Its panel opens. */
	async addAfter(node: string, output: number, app: string, action?: string): Promise<void> {
		await this.fit();
		await this.handle('output', node, output)
			.locator('[data-test-id="canvas-handle-plus"]')
			.click();
		await this.pick(app, action);
	}

	/** Adds a second node at an output: a line is drawn to where the canvas is empty. Its panel opens. */
	async addBelow(node: string, output: number, app: string, action?: string): Promise<void> {
		await this.fit();
		const { x, y } = await this.dot('output', node, output);
		await this.line({ x, y }, { x: x + 60, y: y + 300 });
		await this.pick(app, action);
	}

	/** Draws a line from an output to the input of another node. */
	async connect(node: string, output: number, to: string): Promise<void> {
		await this.fit();
		await this.line(await this.dot('output', node, output), await this.dot('input', to, 0));
	}

	/** Opens the panel of a node. */
	async open(node: string): Promise<void> {
		await this.fit();
		await this.editor.page
			.locator(`[data-test-id="canvas-node"][data-node-name="${node}"]`)
			.dblclick();
		await this.editor.part('ndv').waitFor();
	}

	/** "Execute workflow". It resolves when n8n waits for the webhook. */
	async listen(): Promise<void> {
		await this.editor.part('execute-workflow-button').click();
		await this.editor.page.getByText('Waiting for trigger event').first().waitFor();
	}

	/** Gives the workflow its name, in its menu. */
	async rename(name: string): Promise<void> {
		const { page } = this.editor;
		await this.menu('Rename');
		await page.keyboard.press('ControlOrMeta+A');
		await page.keyboard.type(name);
		await page.keyboard.press('Enter');
		await this.editor.part('inline-edit-preview').filter({ hasText: name }).first().waitFor();
	}

	/** Chooses the workflow that n8n starts when this one fails, in the workflow's settings. */
	async chooseErrorWorkflow(name: string): Promise<void> {
		const { editor } = this;
		await this.menu('Settings');
		await editor.part('workflow-settings-error-workflow').click();
		await editor.options().filter({ hasText: name }).click();
		await editor.part('workflow-settings-save-button').getByRole('button').click();
		await editor.part('workflow-settings-dialog').waitFor({ state: 'hidden' });
	}

	/** Nodes are added to the right and leave the visible area. */
	private async fit(): Promise<void> {
		await this.editor.part('zoom-to-fit').click();
	}

	private async menu(entry: string): Promise<void> {
		await this.editor.part('workflow-menu').click();
		await this.editor.page.getByRole('menuitem', { name: entry, exact: true }).click();
	}

	private async pick(app: string, action?: string): Promise<void> {
		const { editor } = this;
		await editor.part('node-creator-search-bar').waitFor();
		await editor.search(app, app);
		if (action === undefined) return editor.add(app);
		await editor.item(app).click();
		await editor.item(action).waitFor();
		await editor.add(action);
	}

	private handle(kind: 'input' | 'output', node: string, index: number): Locator {
		return this.editor.page.locator(
			`[data-test-id="canvas-node-${kind}-handle"][data-node-name="${node}"][data-index="${index}"]`,
		);
	}

	/** The middle of the circle at which a line starts or ends. */
	private async dot(kind: 'input' | 'output', node: string, index: number) {
		const side = kind === 'output' ? '.source' : '.target';
		const box = (await this.handle(kind, node, index).locator(side).first().boundingBox())!;
		return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
	}

	private async line(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
		const { mouse } = this.editor.page;
		await mouse.move(from.x, from.y);
		await mouse.down();
		await mouse.move(to.x - 30, to.y, { steps: 10 });
		await mouse.move(to.x, to.y, { steps: 10 });
		await mouse.up();
	}
}
