import type { Locator, Page } from 'playwright-core';
import { OWNER } from '../../../sandbox/n8n/client.mts';
import { until } from '../../../sandbox/n8n/until.mts';

const PATIENCE_MS = 90_000;

/** n8n's editor, through the `data-test-id`s of its own tests. Playwright waits for each element. */
export class Editor {
	constructor(
		readonly page: Page,
		readonly url: string,
	) {}

	/** An element of the editor by its test id. */
	part(testId: string): Locator {
		return this.page.locator(`[data-test-id="${testId}"]`);
	}

	async signIn(): Promise<void> {
		await this.page.goto(`${this.url}/signin`);
		await this.part('emailOrLdapLoginId').locator('input').fill(OWNER.email);
		await this.part('password').locator('input').fill(OWNER.password);
		await this.part('form-submit-button').click();
		await this.page.waitForURL(/\/home\//);
	}

	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.part('canvas-add-button').waitFor();
	}

	/** Opens the node creator, with the large plus of an empty canvas or the small plus. */
	async openNodeCreator(): Promise<void> {
		const first = this.part('canvas-add-button');
		await ((await first.isVisible()) ? first : this.part('node-creator-plus-button')).click();
		await this.part('node-creator-search-bar').waitFor();
	}

	/** Empties the search, and waits until a name of its last result is gone. */
	async clearSearch(shown: string): Promise<void> {
		await this.part('node-creator-search-bar').fill('');
		await this.item(shown).first().waitFor({ state: 'hidden' });
	}

	/** @returns the names that the node creator shows once `expected` is one of them */
	async search(text: string, expected: string): Promise<string[]> {
		await this.part('node-creator-search-bar').fill(text);
		await this.item(expected).waitFor();
		return this.shownItems();
	}

	/** An entry of the node creator by its whole name. */
	item(name: string): Locator {
		return this.part('node-creator-item-name').getByText(name, { exact: true });
	}

	async shownItems(): Promise<string[]> {
		return (await this.part('node-creator-item-name').allTextContents()).map((name) => name.trim());
	}

	/** Opens a list of an app's triggers or actions, if it is folded. */
	async unfold(category: 'Triggers' | 'Actions', anItem: string): Promise<void> {
		const heading = this.part('node-creator-category-item').filter({ hasText: category });
		await heading.waitFor();
		if (!(await this.item(anItem).isVisible())) await heading.click();
		await this.item(anItem).waitFor();
	}

	/** Adds the node of an entry in the node creator. Its panel opens. */
	async add(name: string): Promise<void> {
		await this.item(name).click();
		await this.part('ndv').waitFor();
	}

	async closePanel(): Promise<void> {
		await this.part('ndv-close-button').click();
		await this.part('ndv').waitFor({ state: 'hidden' });
	}

	/** The field of a parameter in an open panel or credential. */
	field(name: string): Locator {
		return this.part(`parameter-input-${name}`);
	}

	async fill(name: string, value: string): Promise<void> {
		const input = this.field(name).locator('input');
		await input.fill(value);
		await input.press('Tab');
	}

	/** The entries of the list that is open now. */
	options(): Locator {
		return this.page.locator('.el-select-dropdown__item:visible');
	}

	option(name: string): Locator {
		return this.options().filter({ has: this.page.getByText(name, { exact: true }) });
	}

	/** The choices of a list, without their descriptions. The list is closed again. */
	async choices(name: string): Promise<string[]> {
		await this.field(name).click();
		await this.options().first().waitFor();
		const texts = await this.options().allInnerTexts();
		await this.page.keyboard.press('Escape');
		await this.options().first().waitFor({ state: 'hidden' });
		return texts.map((text) => text.trim().split('\n')[0]!);
	}

	/** Chooses the location from the credential's list and waits until n8n has asked for its favorites. */
	async chooseLocation(name: string): Promise<void> {
		await this.field('locationId').locator('[data-test-id="rlc-input"]').click();
		const asked = this.page.waitForResponse((answer) =>
			answer.url().includes('/dynamic-node-parameters/options'),
		);
		await this.part('rlc-item').getByText(name, { exact: true }).click();
		await asked;
	}

	/** Opens the list of treatments when the favorites of the location are in it. */
	async openFavorites(): Promise<void> {
		await this.field('treatments').click();
		await this.options().filter({ hasText: 'Favorite' }).first().waitFor();
	}

	/** Chooses one from a list. */
	async choose(name: string, value: string): Promise<void> {
		await this.field(name).click();
		await this.option(value).click();
	}

	/** The name of the credential that the open panel uses. n8n chooses one a moment after it shows the field. */
	async credential(): Promise<string> {
		const input = this.part('node-credentials-select').locator('input');
		await input.waitFor();
		return until('a credential', PATIENCE_MS, async () => (await input.inputValue()) || undefined);
	}

	/** Creates n8n's first credential from the open panel. n8n tests the key before it continues. */
	async createCredential(
		kind: string,
		values: { apiKey: string; baseUrl: string; locations: string },
	): Promise<void> {
		await this.part('node-credentials-empty-state').getByRole('button').click();
		const dialog = this.part('editCredential-modal');
		await dialog.waitFor();
		await this.part('credential-mode-dropdown-trigger').click();
		await this.page.getByRole('menuitem', { name: kind }).click();
		await this.fill('apiKey', values.apiKey);
		await this.choose('environment', 'Custom');
		await this.fill('baseUrl', values.baseUrl);
		await this.field('locations').locator('textarea').fill(values.locations);
		await this.part('credential-save-button').click();
		// It closes by itself if the key works. Otherwise, it stays open and shows the reason.
		await dialog.waitFor({ state: 'hidden' });
	}

	/** "Execute step" of the open panel. */
	async execute(): Promise<void> {
		await this.part('node-execute-button').click();
	}

	/** "Execute step" of a trigger's panel. It resolves when n8n waits for the event. */
	async listen(): Promise<void> {
		await this.execute();
		await this.part('trigger-listening').waitFor();
	}

	/** The output pane of the open panel. */
	output(): Locator {
		return this.part('output-panel');
	}

	async showOutputAs(form: 'Schema' | 'Table' | 'JSON'): Promise<void> {
		await this.output().getByRole('radio', { name: form }).click();
	}

	/** Publishes the workflow on the canvas, under the version name that n8n suggests. */
	async publish(): Promise<void> {
		await this.part('workflow-open-publish-modal-button').click();
		await this.part('workflow-publish-button').click();
		await this.page.getByRole('button', { name: 'Got it' }).click();
	}
}
