import type { Locator } from 'playwright-core';
import type { Editor } from './editor.mts';

/** How long a list may take to load, and how often it is opened again. */
const LOADING_MS = 6_000;
const LOADING_TRIES = 8;

/**
 * The open panel of a node, as a person uses it: clicks, typing, and fields dragged from the input panel. A
 * parameter is named by its path in the node, for example `filters.conditions[0].keyName`.
 */
export class Panel {
	constructor(private readonly editor: Editor) {}

	/** The input of a parameter. */
	at(path: string): Locator {
		const value = JSON.stringify(`parameters.${path}`);
		return this.editor.page.locator(`[data-parameter-path=${value}]`);
	}

	/** Gives the node its name, in the panel's head. */
	async rename(name: string): Promise<void> {
		const { keyboard } = this.editor.page;
		const title = this.editor.part('node-title-container');
		await title.click();
		await keyboard.press('ControlOrMeta+A');
		await keyboard.type(name);
		await keyboard.press('Enter');
		await title.locator('[data-test-id="inline-edit-preview"]').getByText(name).waitFor();
	}

	/** Chooses one of the credentials that n8n has. */
	async chooseCredential(name: string): Promise<void> {
		await this.editor.part('node-credentials-select').click();
		await this.editor.option(name).click();
	}

	/** Types into a field. */
	async type(path: string, text: string): Promise<void> {
		const input = this.at(path).locator('input, textarea').last();
		await input.fill(text);
		await input.press('Tab');
	}

	/** Chooses one from a list. n8n loads some lists, and an open list doesn't always show late entries. */
	async choose(path: string, name: string): Promise<void> {
		const find = this.editor.option(name);
		for (let tries = 0; tries < LOADING_TRIES; tries++) {
			await this.at(path).click();
			const isThere = await find.waitFor({ timeout: LOADING_MS }).then(
				() => true,
				() => false,
			);
			if (isThere) return find.click();
			// Escape would close the panel if the list is no longer open.
			await this.leaveField();
		}
		throw new Error(`The list of "${path}" does not offer "${name}"`);
	}

	/** Chooses one of a list that takes several and stays open. */
	async chooseInto(path: string, name: string): Promise<void> {
		await this.choose(path, name);
		await this.leaveField();
	}

	/** Turns a switch on or off. */
	async toggle(path: string): Promise<void> {
		await this.at(path).locator('.el-switch').click();
	}

	/** Says which table or channel by its name: "By Name" instead of "From list". */
	async byName(path: string, name: string): Promise<void> {
		const locator = this.at(path);
		await locator.locator('[data-test-id="rlc-mode-selector"]').click();
		await this.editor.option('By Name').click();
		const input = locator.locator('[data-test-id="rlc-input"]');
		await input.fill(name);
		await input.press('Tab');
	}

	/** Chooses how a condition compares, for example String and "is not empty". */
	async compare(path: string, type: string, how: string): Promise<void> {
		const { page } = this.editor;
		const rule = this.editor.part('filter-condition').filter({ has: this.at(`${path}.leftValue`) });
		await rule.locator('[data-test-id="filter-operator-select"]').click();
		await page.getByRole('menuitem', { name: type, exact: true }).hover();
		await page.getByRole('menuitem', { name: how, exact: true }).click();
	}

	/** Adds one of a node's options. */
	async addOption(name: string): Promise<void> {
		await this.editor.part('collection-parameter-add').last().click();
		await this.editor.option(name).click();
	}

	/** Adds an entry to a collection by its "Add …" button. */
	async addOne(): Promise<void> {
		await this.editor.part('fixed-collection-add').click();
	}

	/** Adds an entry to a collection whose "Add …" is a list. */
	async addFrom(add: string, entry: string): Promise<void> {
		await this.editor.part('ndv').getByPlaceholder(add, { exact: true }).click();
		await this.editor.option(entry).click();
	}

	/** Changes something on the panel's second tab. */
	async inSettings(change: () => Promise<void>): Promise<void> {
		await this.editor.part('tab-settings').click();
		await change();
		await this.editor.part('tab-params').click();
	}

	/** Leaves a column of a table as it is: its trash can. */
	async leaveOut(column: string): Promise<void> {
		await this.editor.part(`remove-field-button-${column}`).click();
		await this.at(`columns.value["${column}"]`).waitFor({ state: 'detached' });
	}

	/** Switches a field to "Expression" and types one. */
	async express(path: string, expression: string): Promise<void> {
		const { page } = this.editor;
		const target = this.at(path);
		const head = JSON.stringify(
			`${path.slice(path.indexOf('.') + 1)}-parameter-input-options-container`,
		);
		await target.hover();
		await page.locator(`[data-test-id=${head}] [data-test-id="radio-button-expression"]`).click();
		await target.locator('.cm-content').click();
		await page.keyboard.press('ControlOrMeta+A');
		// The editor adds the closing braces.
		await page.keyboard.type(`{{ ${expression} `);
		await target.getByText(`{{ ${expression} }}`).waitFor();
		await this.leaveField();
	}

	/** Types at the end of a text that has fields in it. */
	async typeAfter(path: string, text: string): Promise<void> {
		const { keyboard } = this.editor.page;
		const content = this.at(path).locator('.cm-content');
		await content.click();
		await keyboard.press('ControlOrMeta+End');
		await keyboard.type(text);
		await content.getByText(text.trim()).waitFor();
		await this.leaveField();
	}

	/** Drags a field of a node before this one, out of the input panel, onto a parameter. */
	async drag(node: string, field: string, path: string): Promise<void> {
		const target = this.at(path);
		await this.drop(node, field, target);
		await target.getByText(field).first().waitFor();
		await this.leaveField();
	}

	/** Drags a field to the end of a text that has fields in it. */
	async dragAfter(node: string, field: string, path: string): Promise<void> {
		const target = this.at(path).locator('.cm-content');
		await this.drop(node, field, target, 'end');
		await target.getByText(field).first().waitFor();
		await this.leaveField();
	}

	/** Drags a field into the list of an Edit Fields node, where it gets its name. */
	async dragIntoList(node: string, field: string): Promise<void> {
		const rows = this.editor.part('assignment');
		const before = await rows.count();
		await this.drop(node, field, this.editor.part('drop-area'));
		// A field inside of another is called "body.booking_id" at first.
		const name = rows.nth(before).locator('[data-test-id="assignment-name"] input');
		await name.fill(field);
		await name.press('Tab');
		await this.leaveField();
	}

	private async drop(
		node: string,
		field: string,
		target: Locator,
		where: 'middle' | 'end' = 'middle',
	): Promise<void> {
		const { mouse } = this.editor.page;
		const source = await this.inputField(node, field);
		await source.scrollIntoViewIfNeeded();
		await target.scrollIntoViewIfNeeded();
		await source.hover();
		await mouse.down();
		const box = (await target.boundingBox())!;
		const x = box.x + (where === 'end' ? box.width - 30 : box.width / 2);
		const y = box.y + (where === 'end' ? box.height - 8 : box.height / 2);
		// The editor shows its drop targets only once the pointer has moved.
		await mouse.move(box.x + 5, y, { steps: 5 });
		await mouse.move(x, y, { steps: 10 });
		await mouse.up();
	}

	/** The input panel unfolds one node at a time. */
	private async inputField(node: string, field: string): Promise<Locator> {
		const input = this.editor.part('ndv-input-panel');
		const pill = input.locator(`[data-node-name="${node}"][data-name="${field}"]`);
		const heads = input.locator('[data-test-id="run-data-schema-header"]');
		const head = heads.filter({ has: this.editor.page.getByText(node, { exact: true }) });
		await head.waitFor();
		if (!(await pill.isVisible())) await head.click();
		await pill.waitFor();
		return pill;
	}

	/** A click beside the fields. As long as a field has the focus, the result of its expression covers what is below. */
	private async leaveField(): Promise<void> {
		await this.editor.part('tab-params').click();
	}
}
