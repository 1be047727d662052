import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
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

const checkResults = async (session: Session, gfeId: string, say: Log): Promise<void> => {
	const [execution] = await session.n8n.client.waitForExecution(session.workflows.results);
	if (execution?.status !== 'success') {
		throw new StepError(
			'run the result workflow',
			execution ? failureOf(execution) : 'nothing ran',
		);
	}
	say(`Execution ${execution.id} of the result workflow succeeded`);
	const rows = (await readFile(session.sheet, 'utf8')).trimEnd().split('\n');
	const row = rows.find((line) => line.startsWith(`"${gfeId}"`));
	if (!row) throw new StepError('write the row', `no row for ${gfeId} in ${session.sheet}`);
	const pdf = join(session.output, `gfe-${gfeId}.pdf`);
	const file = await open(pdf);
	const { size } = await file.stat();
	const start = (await file.read(Buffer.alloc(5), 0, 5, 0)).buffer.toString('latin1');
	await file.close();
	if (start !== '%PDF-') throw new StepError('save the PDF', `${pdf} is not a PDF`);
	const update = session.crm.updates.find((one) => one.gfe_id === gfeId);
	if (!update) throw new StepError('update the CRM', 'the CRM stand-in received nothing');
	say(`Row in ${session.sheet}:`);
	for (const line of [rows[0] ?? '', row]) say(`  ${line}`);
	say(`PDF: ${pdf} (${size} bytes)`);
	say(`CRM update: ${JSON.stringify(update)}`);
};

/**
 * Plays the main job once: a booking comes in, the exam is completed, the results arrive.
 * @throws StepError naming the step, with the n8n execution's own error
 */
export const playStory = async (session: Session, say: Log): Promise<void> => {
	const control = new Control(session.simulator.controlUrl);
	await checkRegistration(control, say);
	say('Sending a booking to the booking webhook');
	const gfeId = await book(session);
	say(`GFE created: ${gfeId}`);
	await complete(control, gfeId, say);
	await checkResults(session, gfeId, say);
};
