import type { Browser, Page } from 'playwright-core';
import { findChromium } from '../../sandbox/programs.mts';
import { launchChromium } from './support/chrome.mts';
import { atHome, startBench, startReceiver, type Bench } from '../sandbox/support.mts';

// Without a browser there is nothing to look at; the control API behind the page has its own tests.
const withBrowser = findChromium() !== undefined ? describe : describe.skip;

withBrowser('the dashboard in a browser', () => {
	let bench: Bench;
	let browser: Browser;
	let page: Page;
	const problems: string[] = [];
	beforeAll(async () => {
		bench = await startBench();
		browser = await launchChromium();
		page = await browser.newPage();
		page.on('pageerror', ({ message }) => problems.push(message));
		page.on('console', (message) => {
			if (message.type() === 'error') problems.push(message.text());
		});
	}, 60_000);
	afterAll(async () => {
		await browser.close();
		await bench.close();
		expect(problems).toEqual([]);
	});
	beforeEach(async () => {
		await bench.control('POST', '/reset');
		await page.goto(bench.apiUrl);
	});

	const notice = async (text: string) =>
		await page.getByTestId('notice').getByText(text).waitFor({ timeout: 10_000 });

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
	}, 30_000);

	test('the form books through the API when no n8n is connected', async () => {
		await page.getByTestId('booking-note').getByText('EMR API').waitFor();
		await page.getByLabel('First name').fill('Zoe');
		await page.getByLabel('Appointment').fill('2031-03-08T14:30');
		await page.getByTestId('book').click();
		await notice('Booked.');
		const { data } = await bench.control('GET', '/state');
		expect(data.visits).toEqual([
			expect.objectContaining({
				created_by: 'emr-test-key',
				requested_treatments: ['Botox', 'Dermal Filler'],
				appointment_time: new Date('2031-03-08T14:30').getTime() / 1000,
			}),
		]);
		await page.getByTestId('visits').getByText('Appointment: Mar 8, 2031').waitFor();
		const link = `${bench.apiUrl}/intake/${data.visits[0].gfe_id}`;
		const messages = page.getByTestId('contacts');
		await messages.getByText('Hi Zoe').first().waitFor();
		expect(await messages.getByRole('link', { name: link }).count()).toBe(2);
	}, 30_000);

	test('the form books through the workflow when n8n runs with it', async () => {
		const hook = await startReceiver(() => 200);
		await bench.control('PUT', '/bookings', { url: hook.url });
		await page.getByTestId('booking-note').getByText('n8n').waitFor();
		await page.getByTestId('book').click();
		// The receiver's answer has no gfe_id: the workflow did not get to its end.
		await notice('execution in n8n');
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
	}, 30_000);

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
	}, 30_000);

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
	}, 30_000);

	test('a finished exam says which treatments got no decision', async () => {
		const treatments = { requested_treatments: ['Botox', 'Dermal Filler'] };
		const { data } = await bench.control('POST', '/visits', { visits: [treatments] });
		const path = `/visits/${data.ids[0]}/complete`;
		await bench.control('POST', path, { decisions: { Botox: 'approved' } });
		await page
			.getByTestId('visits')
			.getByText('approved: Botox · undecided: Dermal Filler')
			.waitFor();
	}, 30_000);

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
		expect(await page.getByTestId('fault-503').isChecked()).toBe(false);
	}, 30_000);

	test('markup in a name is shown as text', async () => {
		const first_name = '<img src=x onerror="document.title=1">';
		await bench.control('POST', '/visits', { visits: [{ patient_details: { first_name } }] });
		await page.getByTestId('visits').getByText(first_name).waitFor();
		expect(await page.locator('img').count()).toBe(0);
	}, 30_000);
});
