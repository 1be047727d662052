import { DateTime } from 'luxon';
import type { Browser, Page } from 'playwright-core';
import { findChromium } from '../../sandbox/programs.mts';
import { otherSystems, prepareSystems } from '../../sandbox/demo/otherSystems.mts';
import { startServices, type Services } from '../../sandbox/services/index.mts';
import { until } from '../../sandbox/n8n/until.mts';
import { atHome, startBench, startReceiver, type Bench } from '../sandbox/support.mts';
import { launchChromium } from './support/chrome.mts';
import { FAR_DAY } from '../e2e/support/farDay.mts';

// Without a browser there is nothing to look at; the control API behind the page has its own tests.
const withBrowser = findChromium() !== undefined ? describe : describe.skip;

/** How long the page may take on a slow and busy machine. */
const PATIENCE_MS = 60_000;

withBrowser('the dashboard in a browser', () => {
	let bench: Bench;
	let services: Services;
	let browser: Browser;
	let page: Page;
	const problems: string[] = [];
	beforeAll(async () => {
		services = await startServices();
		prepareSystems(services);
		bench = await startBench({ otherSystems: otherSystems(services) });
		browser = await launchChromium();
		page = await browser.newPage();
		page.setDefaultTimeout(PATIENCE_MS);
		page.on('pageerror', ({ message }) => problems.push(message));
		page.on('console', (message) => {
			if (message.type() === 'error') problems.push(message.text());
		});
	});
	afterAll(async () => {
		await browser?.close();
		await bench?.close();
		await services?.stop();
		expect(problems).toEqual([]);
	});
	beforeEach(async () => {
		await bench.control('POST', '/reset');
		await page.goto(bench.apiUrl);
	});

	const notice = async (text: string) => await page.getByTestId('notice').getByText(text).waitFor();

	test('an exam is completed by keyboard, and its webhook is seen and sent again', async () => {
		const hook = await startReceiver();
		await bench.emr('POST', '/subscriptions', { location_id: 'loc_downtown' });
		await bench.emr('POST', '/webhooks', { url: hook.url });
		const { gfe_id } = (await bench.emr('POST', '/appointments', atHome)).data;
		await page.getByTestId('contacts').getByText('ada@example.com').waitFor();

		await page.getByTestId(`complete-${gfe_id}`).focus();
		await page.keyboard.press('Enter');
		await page.getByTestId('decision-Dermal Filler').selectOption('deferred');
		await page.keyboard.press('Tab');
		await page.getByTestId('exam-complete').focus();
		await page.keyboard.press('Enter');
		await notice('Webhook sent');
		const { data } = await bench.emr('GET', `/visits/${gfe_id}`);
		expect(data.data).toMatchObject({
			status: 'Completed',
			approved_treatments: ['Botox'],
			deferred_treatments: ['Dermal Filler'],
		});
		await page.getByTestId('deliveries').getByText('200').waitFor();
		await page.getByRole('button', { name: 'Send again' }).click();
		await notice('Sent again: 200.');
		expect(hook.received).toHaveLength(2);
		await hook.close();
	});

	test('the form books through the API when no n8n is connected', async () => {
		await page.getByTestId('booking-note').getByText('EMR API').waitFor();
		await page.getByLabel('First name').fill('Zoe');
		await page.getByLabel('Appointment').fill(`${FAR_DAY}T14:30`);
		await page.getByTestId('book').click();
		await notice('Booked.');
		const { data } = await bench.control('GET', '/state');
		expect(data.visits).toEqual([
			expect.objectContaining({
				created_by: 'emr-test-key',
				requested_treatments: ['Botox', 'Dermal Filler'],
				appointment_time: new Date(`${FAR_DAY}T14:30`).getTime() / 1000,
			}),
		]);
		const shownDay = DateTime.fromISO(FAR_DAY).toFormat('LLL d, yyyy', { locale: 'en-US' });
		await page.getByTestId('visits').getByText(`Appointment: ${shownDay}`).waitFor();
		const link = `${bench.apiUrl}/intake/${data.visits[0].gfe_id}`;
		const messages = page.getByTestId('contacts');
		await messages.getByText('Hi Zoe').first().waitFor();
		expect(await messages.getByRole('link', { name: link }).count()).toBe(2);
	});

	test('the form books through the workflow when n8n runs with it', async () => {
		const hook = await startReceiver(() => 200);
		await bench.control('PUT', '/bookings', { url: hook.url });
		await page.getByTestId('booking-note').getByText('n8n').waitFor();
		await page.getByTestId('book').click();
		// The receiver's answer has no gfe_id: the workflow did not get to its end.
		await notice('execution in n8n');
		await until('the page logs the failed request', PATIENCE_MS, async () => problems[0]);
		expect(problems.splice(0)).toEqual([expect.stringContaining('502')]);
		expect(JSON.parse(hook.received[0]!.body.toString())).toMatchObject({
			booking_id: expect.stringMatching(/^booking-/),
			location_id: 'loc_downtown',
			email: 'ada@patients.example',
			treatments: ['Botox', 'Dermal Filler'],
		});
		expect((await bench.control('GET', '/state')).data.visits).toEqual([]);
		await bench.control('PUT', '/bookings', { url: null });
		await hook.close();
	});

	test('a delivery shows its URL, and a 404 what it means', async () => {
		const hook = await startReceiver(() => 404);
		await bench.emr('POST', '/subscriptions', { location_id: 'loc_downtown' });
		await bench.emr('POST', '/webhooks', { url: hook.url });
		await page.getByTestId('registered').getByText(hook.url).waitFor();
		const { gfe_id } = (await bench.emr('POST', '/appointments', atHome)).data;
		await bench.control('POST', `/visits/${gfe_id}/complete`);
		const deliveries = page.getByTestId('deliveries');
		await deliveries.getByText(/404: n8n.*Publish/).waitFor();
		// Another URL is registered now: the delivery says where it went.
		await bench.emr('POST', '/webhooks', { url: `${hook.url}/other` });
		await deliveries.getByText(hook.url, { exact: true }).waitFor();
		await hook.close();
	});

	test('a visit is added, cancelled, and found by its status', async () => {
		await page.getByTestId('add-visit').click();
		const cancel = page.getByRole('button', { name: 'Cancel Test Patient' });
		await cancel.focus();
		await page.keyboard.press('Enter');
		await notice('canceled');
		// The button is switched off by that; who uses the keyboard stays in the same row.
		await page.waitForFunction(
			'document.activeElement.getAttribute("aria-label") === "Complete… Test Patient"',
		);
		await page.getByTestId('add-visit').click();
		await page.getByTestId('status-Cancelled').click();
		await page.waitForFunction(
			'document.querySelectorAll(\'[data-testid="visits"] li\').length === 1',
		);
		expect(await page.getByTestId('visits').textContent()).toContain('Cancelled');
	});

	test('a finished exam says which treatments got no decision', async () => {
		const treatments = { requested_treatments: ['Botox', 'Dermal Filler'] };
		const { data } = await bench.control('POST', '/visits', { visits: [treatments] });
		const path = `/visits/${data.ids[0]}/complete`;
		await bench.control('POST', path, { decisions: { Botox: 'approved' } });
		await page
			.getByTestId('visits')
			.getByText('approved: Botox · undecided: Dermal Filler')
			.waitFor();
	});

	test('what n8n wrote is shown: rows, contacts, messages and files', async () => {
		const { sheets, hubspot, slack, drive } = services;
		const section = page.getByTestId('systems');
		await section.getByText('No rows yet').waitFor();
		await section.getByText('No contacts yet').waitFor();
		await section.getByText('No messages yet').waitFor();
		await section.getByText('No files yet').waitFor();

		const tab = sheets.spreadsheets.get('gfe-bookings')!.sheet('Bookings')!;
		const at = (row: number) => ({
			sheet: '',
			startRow: row,
			endRow: row + 1,
			startColumn: 0,
			endColumn: 4,
		});
		tab.write(at(1), [['booking-1', 'gfe-1', 'requested', 'GFE gfe-1 was requested']], 'RAW');
		tab.write(at(2), [['booking-2', 'gfe-2', 'requested', '<b>not bold</b>']], 'RAW');
		hubspot.addContact({ email: 'ada@patients.example', gfe_status: 'Completed' });
		const ts = '1795686536.000001';
		slack.messages.push({ channel: 'front-desk', text: 'GFE gfe-1\nApproved: Botox', ts });
		const content = Buffer.from('%PDF-1.7 made up');
		const { id } = drive.store.add({ name: 'gfe-gfe-1.pdf', parents: ['gfe-pdfs'], content });

		const rows = page.getByTestId('sheet-rows').getByRole('listitem');
		await rows.nth(1).waitFor();
		// The newest is on top; columns without a value are left out.
		expect(await rows.nth(0).innerText()).toMatch(/^booking_id\s+booking-2\s[^]*<b>not bold<\/b>$/);
		expect(await rows.nth(1).innerText()).toMatch(/gfe_id\s+gfe-1[^]*GFE gfe-1 was requested$/);
		const contact = page.getByTestId('crm-contacts').getByRole('listitem');
		expect(await contact.innerText()).toMatch(
			/^email\s+ada@patients\.example\s+gfe_status\s+Completed$/,
		);
		const message = page.getByTestId('slack-messages').getByRole('listitem');
		expect(await message.innerText()).toMatch(/^#front-desk, [\d:]+\s+GFE gfe-1\nApproved: Botox$/);

		// The link is reached by keyboard, and opens the file.
		const link = section.getByRole('link', { name: 'gfe-gfe-1.pdf' });
		await link.focus();
		expect(await link.getAttribute('href')).toBe(`/control/systems/files/${id}`);
		const file = await bench.control('GET', `/systems/files/${id}`);
		expect([file.status, file.headers['content-type'], file.data]).toEqual([
			200,
			'application/pdf',
			content.toString(),
		]);

		await page.getByTestId('reset').click();
		await section.getByText('No rows yet').waitFor();
		await section.getByText('No files yet').waitFor();
	});

	test('without other systems, their section is hidden', async () => {
		const alone = await startBench();
		await page.goto(alone.apiUrl);
		await page.getByText('No visits yet').waitFor();
		expect(await page.getByTestId('systems').isVisible()).toBe(false);
		await page.goto('about:blank');
		await alone.close();
	});

	test('a fault is switched on and off', async () => {
		await page.getByText('Faults').click();
		await page.getByTestId('fault-api').selectOption('emr');
		await page.getByTestId('fault-503').check();
		await notice('503 server error: on.');
		expect((await bench.emr('GET', '/treatments')).status).toBe(503);
		expect((await bench.client('GET', '/treatments')).status).toBe(200);
		await page.getByTestId('faults-note').getByText('1 on. 1 request').waitFor();
		await page.getByTestId('faults-clear').click();
		await notice('All faults are off.');
		expect((await bench.emr('GET', '/treatments')).status).toBe(200);
		// The page shows the new state after the notice.
		await page.locator('[data-testid="fault-503"]:not(:checked)').waitFor();
	});

	test('markup in a name is shown as text', async () => {
		const first_name = '<img src=x onerror="document.title=1">';
		await bench.control('POST', '/visits', { visits: [{ patient_details: { first_name } }] });
		await page.getByTestId('visits').getByText(first_name).waitFor();
		expect(await page.locator('img').count()).toBe(0);
	});
});
