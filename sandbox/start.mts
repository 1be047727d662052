import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSession, type Session } from './demo/session.mts';
import { OWNER } from './n8n/client.mts';
import { UserError, runMain } from './n8n/errors.mts';
import { projectRoot } from './n8n/paths.mts';
import { assertPortFree } from './n8n/ports.mts';

/** The default ports. An option or an environment variable changes each. */
const PORTS = {
	n8n: { fallback: 5678, option: 'n8n-port', variable: 'START_N8N_PORT', what: 'n8n' },
	api: { fallback: 4010, option: 'api-port', variable: 'START_API_PORT', what: 'the simulator' },
	files: {
		fallback: 4011,
		option: 'files-port',
		variable: 'START_FILES_PORT',
		what: "the simulator's PDF server",
	},
} as const;

const DAY_MS = 24 * 60 * 60 * 1000;

type Ports = Record<keyof typeof PORTS, number>;

const readPorts = (options: Record<string, string | undefined>): Ports => {
	const entries = Object.entries(PORTS).map(([key, { fallback, option, variable }]) => {
		const text = options[option] ?? process.env[variable] ?? String(fallback);
		const port = Number(text);
		if (!Number.isInteger(port) || port < 1 || port > 65_535) {
			throw new UserError(`--${option} is not a port number: ${text}`);
		}
		return [key, port];
	});
	return Object.fromEntries(entries) as Ports;
};

const checkPorts = async (ports: Ports): Promise<void> => {
	for (const [key, { option, variable, what }] of Object.entries(PORTS)) {
		const setting = `npm start -- --${option}=NUMBER, or the variable ${variable}`;
		await assertPortFree(ports[key as keyof Ports], what, setting);
	}
};

const welcome = ({ n8n, simulator }: Session): string => {
	const inThirtyDays = new Date(Date.now() + 30 * DAY_MS).toISOString().slice(0, 10);
	const body = {
		booking_id: 'booking-4711',
		location_id: 'loc_downtown',
		first_name: 'Ada',
		last_name: 'Example',
		email: 'ada@patients.example',
		phone: '(415) 555-0100',
		appointment_time: `${inThirtyDays}T10:00:00`,
		treatments: ['Botox', 'Dermal Filler'],
	};
	return `
Ready.

  n8n        ${n8n.url}
             email ${OWNER.email}, password ${OWNER.password}
  Spakinect  ${simulator.apiUrl}   (the simulator's page: book, complete exams, watch deliveries)
             EMR key emr-test-key, Client key client-test-key, locations loc_downtown and loc_uptown

Google Sheets, Google Drive, HubSpot and Slack are stand-ins too. The simulator's page shows what they hold.
This n8n can't reach the internet: a request to any other address is refused.

Try this:
  1. Book a GFE with the form on the simulator's page. It goes through the published workflow. The same by command:
     curl -X POST ${n8n.url}/webhook/booking -H 'content-type: application/json' -d '${JSON.stringify(body)}'
  2. Complete the exam on the simulator's page, or with the gfe_id of the answer:
     curl -X POST ${simulator.controlUrl}/visits/GFE_ID/complete
  3. Watch the page: the booking's row fills, and the contact, the message and the PDF appear. n8n shows the executions.

Stop with Ctrl-C. Only n8n's data stays for the next start, in .n8n-demo/. Delete that folder to start over.
`;
};

/** Resolves at the first signal to stop. Before `isReady`, a signal ends the process and n8n. */
const untilInterrupted = (isReady: () => boolean): Promise<void> =>
	new Promise((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
			process.once(signal, () => (isReady() ? resolve() : process.exit(130)));
		}
	});

const main = async (): Promise<void> => {
	const text = { type: 'string' } as const;
	const { values } = parseArgs({
		options: {
			'n8n-port': text,
			'api-port': text,
			'files-port': text,
			'user-folder': { ...text, default: join(projectRoot, '.n8n-demo') },
		},
	});
	const ports = readPorts(values);
	await checkPorts(ports);
	let ready = false;
	const stopped = untilInterrupted(() => ready);
	const session = await startSession({
		userFolder: values['user-folder'],
		ports,
		log: (line) => console.log(line),
	});
	ready = true;
	console.log(welcome(session));
	await stopped;
	console.log('Stopping …');
	await session.stop();
};

await runMain(main);
