import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import axios from 'axios';
import { failureOf } from '../n8n/client.mts';
import { StepError, messageOf, runMain } from '../n8n/errors.mts';
import { projectRoot } from '../n8n/paths.mts';
import { until } from '../n8n/until.mts';
import { Control } from './control.mts';
import { startSession, type Session } from './session.mts';

const DAY_S = 24 * 60 * 60;
const EVENT_TIMEOUT_MS = 60_000;

const began = Date.now();
const say = (line: string): void => {
	console.log(`[${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s] ${line}`);
};

/** An invented patient; a fresh booking number makes each run a new booking. */
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

const checkRegistration = async (control: Control): Promise<void> => {
	const calls = await control.calls();
	const registered = calls.findIndex((call) => /POST .*\/webhooks 200/.test(call));
	const subscribed = calls.findIndex((call) => /POST .*\/subscriptions 200/.test(call));
	if (subscribed < 0 || registered < subscribed) {
		throw new StepError('publish', `the simulator saw ${calls.join(', ') || 'nothing'}`);
	}
	say('The simulator has seen: location subscribed, then webhook URL registered');
};

const book = async (session: Session): Promise<string> => {
	const answer = await axios.post<{ gfe_id?: string }>(
		`${session.n8n.url}/webhook/booking`,
		booking(),
		{ proxy: false, timeout: EVENT_TIMEOUT_MS, validateStatus: () => true },
	);
	const id = answer.data.gfe_id;
	if (id) return id;
	const [last] = (await session.n8n.client.executions(session.workflows.booking)).slice(-1);
	const why = last
		? failureOf(await session.n8n.client.execution(last.id))
		: 'no execution started';
	throw new StepError('book a GFE', `n8n answered ${answer.status}; ${why}`);
};

const complete = async (control: Control, gfeId: string): Promise<void> => {
	const decisions = { Botox: 'approved', 'Dermal Filler': 'conditionally_approved' };
	const { delivery_id: id } = await control.complete(gfeId, { decisions });
	say('Exam completed in the simulator: Botox approved, Dermal Filler conditionally approved');
	const delivery = await until('deliver the webhook', EVENT_TIMEOUT_MS, async () =>
		(await control.deliveries()).find((one) => one.id === id && one.acknowledged),
	);
	const last = delivery.attempts.at(-1);
	say(`Signed webhook delivered to ${delivery.url}: ${last?.status} in ${last?.ms} ms`);
};

const checkResults = async (session: Session, gfeId: string): Promise<void> => {
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
	if (!update) throw new StepError('update the CRM', 'the CRM stand-in got nothing');
	say(`Row in ${session.sheet}:`);
	console.log(`${rows[0]}\n${row}`);
	say(`PDF: ${pdf} (${size} bytes)`);
	say(`CRM update: ${JSON.stringify(update)}`);
};

const main = async (): Promise<void> => {
	const { values } = parseArgs({
		options: { output: { type: 'string', default: join(projectRoot, 'output') } },
	});
	const session = await startSession({ output: values.output, newSheet: true, log: say });
	const interrupted = () => void session.stop().finally(() => process.exit(130));
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
	try {
		const control = new Control(session.simulator.controlUrl);
		await checkRegistration(control);
		say('A booking comes in at the booking webhook');
		const gfeId = await book(session);
		say(`GFE created: ${gfeId}`);
		await complete(control, gfeId);
		await checkResults(session, gfeId);
	} finally {
		await session.stop().catch((error: unknown) => say(`Stopping: ${messageOf(error)}`));
	}
	say('Done: everything worked.');
};

await runMain(main);
