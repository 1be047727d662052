import { failureOf } from '../n8n/client.mts';
import { StepError } from '../n8n/errors.mts';
import type { Log } from '../n8n/longStep.mts';
import { loopbackAxios } from '../n8n/loopback.mts';
import { until } from '../n8n/until.mts';
import { Control } from './control.mts';
import type { Session } from './session.mts';

const DAY_S = 24 * 60 * 60;
const EVENT_TIMEOUT_MS = 60_000;

/** An invented patient. A new booking number makes each run a new booking. */
const booking = () => ({
	booking_id: `booking-${Date.now()}`,
	location_id: 'loc_downtown',
	first_name: 'Ada',
	last_name: 'Example',
	email: 'ada@patients.example',
	phone: '(415) 555-0100',
	appointment_time: Math.floor(Date.now() / 1000) + 2 * DAY_S,
	treatments: ['Botox', 'Dermal Filler'],
});

const checkRegistration = async (control: Control, say: Log): Promise<void> => {
	const calls = await control.calls();
	const registered = calls.findIndex((call) => /POST .*\/webhooks 200/.test(call));
	const subscribed = calls.findIndex((call) => /POST .*\/subscriptions 200/.test(call));
	if (subscribed < 0 || registered < subscribed) {
		throw new StepError('publish', `the simulator saw ${calls.join(', ') || 'nothing'}`);
	}
	say('n8n subscribed to the location, then registered its webhook URL');
};

const book = async (session: Session): Promise<string> => {
	const answer = await loopbackAxios(session.n8n.url, EVENT_TIMEOUT_MS).post<{ gfe_id?: string }>(
		'/webhook/booking',
		booking(),
		{ validateStatus: () => true },
	);
	const id = answer.data.gfe_id;
	if (id) return id;
	const [last] = (await session.n8n.client.executions(session.workflows.booking)).slice(-1);
	const why = last
		? failureOf(await session.n8n.client.execution(last.id))
		: 'no execution started';
	throw new StepError('book a GFE', `n8n answered ${answer.status}; ${why}`);
};

const complete = async (control: Control, gfeId: string, say: Log): Promise<void> => {
	const decisions = { Botox: 'approved', 'Dermal Filler': 'conditionally_approved' };
	const { delivery_id: id } = await control.complete(gfeId, { decisions });
	say('Exam completed in the simulator: Botox approved, Dermal Filler conditionally approved');
	const delivery = await until('deliver the webhook', EVENT_TIMEOUT_MS, async () =>
		(await control.deliveries()).find((one) => one.id === id && one.acknowledged),
	);
	const last = delivery.attempts.at(-1);
	say(`Signed webhook delivered to ${delivery.url}: ${last?.status} in ${last?.ms} ms`);
};

/** Runs an action that starts the result workflow, and waits for the end of the workflow. */
const runResults = async (
	{ n8n, workflows }: Session,
	start: () => Promise<void>,
	say: Log,
): Promise<void> => {
	const before = (await n8n.client.executions(workflows.results)).length;
	await start();
	const all = await n8n.client.waitForExecution(workflows.results, { count: before + 1 });
	const execution = all.at(-1)!;
	if (execution.status !== 'success') {
		throw new StepError('run the result workflow', failureOf(execution));
	}
	say(`Execution ${execution.id} of the result workflow succeeded`);
};

const sayLines = (text: string, say: Log): void => {
	for (const line of text.split('\n')) say(`    ${line}`);
};

const sayFields = (fields: Record<string, string>, say: Log): void => {
	for (const [name, value] of Object.entries(fields)) {
		const isLong = value.includes('\n');
		say(`  ${name}:${isLong ? '' : ` ${value}`}`);
		if (isLong) sayLines(value, say);
	}
};

const checkResults = async (control: Control, gfeId: string, say: Log): Promise<void> => {
	const { sheets, contacts, messages, files } = await control.systems();
	const has = (one: Record<string, string>) => one.gfe_id === gfeId;
	const row = sheets.flatMap(({ rows }) => rows).find(has);
	if (!row) throw new StepError('write the row', `the sheet has no row for ${gfeId}`);
	const contact = contacts.find(has);
	if (!contact) throw new StepError('update the contact', `HubSpot has no contact for ${gfeId}`);
	const message = messages.find(({ text }) => text.includes(gfeId));
	if (!message) throw new StepError('tell the front desk', `Slack has no message about ${gfeId}`);
	const pdf = files.find(({ name }) => name === `gfe-${gfeId}.pdf`);
	const start = pdf && (await control.systemsFile(pdf.id)).subarray(0, 5).toString('latin1');
	if (start !== '%PDF-')
		throw new StepError('save the PDF', 'the file in Google Drive is not a PDF');
	say('Row in Google Sheets:');
	sayFields(row, say);
	say('Contact in HubSpot:');
	sayFields(contact, say);
	say(`Message in Slack, #${message.channel}:`);
	sayLines(message.text, say);
	say(`File in Google Drive: ${pdf?.name} (${pdf?.bytes} bytes)`);
};

/**
 * Plays the main job once: a booking comes in, the exam is completed, the results arrive.
 * @throws StepError naming the step, with the n8n execution's own error
 */
export const playThrough = async (session: Session, say: Log): Promise<void> => {
	const control = new Control(session.simulator.controlUrl);
	await checkRegistration(control, say);
	say('Sending a booking to the booking webhook');
	const gfeId = await book(session);
	say(`GFE created: ${gfeId}`);
	await runResults(session, () => complete(control, gfeId, say), say);
	await checkResults(control, gfeId, say);
};
