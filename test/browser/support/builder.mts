import type { Locator } from 'playwright-core';
import type { Editor } from './editor.mts';

/** Builds a workflow on the canvas as a user does: with clicks, and with fields dragged from the input panel. */
export class Builder {
	constructor(private readonly editor: Editor) {}

	/** Adds a node after the newest open end of the workflow. Its panel opens. */
	async addNext(app: string, action?: string): Promise<void> {
		const { editor } = this;
		// Nodes are added to the right and leave the visible area.
		await editor.part('zoom-to-fit').click();
		await editor.part('canvas-handle-plus').last().click();
		await editor.part('node-creator-search-bar').waitFor();
		await editor.search(app, app);
		if (action === undefined) return editor.add(app);
		await editor.item(app).click();
		await editor.item(action).waitFor();
		await editor.add(action);
	}

	/** Opens the fields of an earlier node in the input panel. */
	async unfoldInput(node: string): Promise<void> {
		const header = this.editor.part('run-data-schema-header').filter({ hasText: node });
		await header.click();
		await this.inputField('body').waitFor();
	}

	/** Drags a field of the input panel onto an input. */
	async drag(field: string, target: Locator): Promise<void> {
		const { mouse } = this.editor.page;
		const source = this.inputField(field);
		await source.scrollIntoViewIfNeeded();
		await target.scrollIntoViewIfNeeded();
		await source.hover();
		await mouse.down();
		const box = (await target.boundingBox())!;
		const middle = box.y + box.height / 2;
		// The editor shows its drop targets only once the pointer has moved.
		await mouse.move(box.x + 5, middle, { steps: 5 });
		await mouse.move(box.x + box.width / 2, middle, { steps: 10 });
		await mouse.up();
		await target.getByText(field).first().waitFor();
	}

	/** Chooses the Data Table of an open panel. */
	async chooseTable(name: string): Promise<void> {
		const { editor } = this;
		await editor.field('dataTableId').locator('[data-test-id="rlc-input"]').click();
		await editor.part('rlc-item').getByText(name, { exact: true }).click();
	}

	/** Adds a condition: the column equals a dragged field. */
	async addCondition(column: string, field: string): Promise<void> {
		const { editor } = this;
		await editor.part('fixed-collection-add').click();
		await editor.chooseLoaded('keyName', column);
		await this.drag(field, editor.field('keyValue'));
	}

	/** Adds one of a node's options. */
	async addOption(name: string): Promise<void> {
		const { editor } = this;
		await editor.part('collection-parameter-add').last().click();
		await editor.option(name).click();
	}

	/** "Always Output Data" on the panel's second tab. */
	async alwaysOutputData(): Promise<void> {
		const { editor } = this;
		await editor.part('tab-settings').click();
		await editor.field('alwaysOutputData').click();
		await editor.part('tab-params').click();
	}

	/** The condition of an If node: a dragged field is not empty. */
	async isNotEmpty(field: string): Promise<void> {
		const { editor } = this;
		await this.drag(field, editor.part('filter-condition-left'));
		await editor.part('filter-operator-select').click();
		await editor.page.getByRole('menuitem', { name: 'String' }).first().hover();
		await editor.page
			.locator(':visible')
			.getByText('is not empty', { exact: true })
			.first()
			.click();
	}

	/** Adds a service of the booking system and its treatment to the open panel's Service Menu. */
	async addService(name: string, treatment: string): Promise<void> {
		const { editor } = this;
		const menu = editor.part('fixed-collection-serviceMenu');
		await menu.locator('input').last().click();
		await editor.option('Service').click();
		await editor.fill('service', name);
		await menu.locator('[data-test-id="parameter-input-treatments"]').click();
		await editor.option(treatment).click();
		await editor.page.keyboard.press('Escape');
	}

	private inputField(name: string): Locator {
		return this.editor.part('ndv-input-panel').getByText(name, { exact: true }).first();
	}
}
