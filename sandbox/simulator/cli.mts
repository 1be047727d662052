import { parseArgs } from 'node:util';
import { seedKeys, seedLocations } from './seed.mts';
import { startSimulator, type Simulator } from './index.mts';

function fail(message: string): never {
	console.error(message);
	process.exit(1);
}

function readPort(text: string, name: string): number {
	const port = Number(text);
	if (/^\d+$/.test(text) && port <= 65_535) return port;
	return fail(`--${name} must be a port number from 0 to 65535.`);
}

function readPorts(): { port: number; filesPort: number } {
	try {
		const { values } = parseArgs({
			options: {
				port: { type: 'string', default: '4010' },
				'files-port': { type: 'string', default: '4011' },
			},
		});
		const filesPort = readPort(values['files-port'], 'files-port');
		return { port: readPort(values.port, 'port'), filesPort };
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		return fail(`${reason}\nUsage: npm run sandbox -- [--port=4010] [--files-port=4011]`);
	}
}

async function start(): Promise<Simulator> {
	const ports = readPorts();
	try {
		return await startSimulator({ ...ports, webhookRetryDelaysMs: [2000, 5000, 15_000] });
	} catch (error) {
		const { code, port, message } = error as NodeJS.ErrnoException & { port?: number };
		if (code === 'EADDRINUSE') {
			return fail(
				`Port ${port} is in use. Stop what uses it, or choose others: npm run sandbox -- --port=NUMBER --files-port=NUMBER`,
			);
		}
		return fail(`The simulator could not start: ${message}`);
	}
}

const simulator = await start();
const stop = () => {
	simulator.close().then(
		() => process.exit(0),
		() => process.exit(1),
	);
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

const keys = seedKeys.map(
	({ key, kind, locations }) => `  ${key.padEnd(16)} ${kind.padEnd(6)} ${locations.join(', ')}`,
);
console.log(`Spakinect simulator (made-up data only)

  Dashboard        ${simulator.apiUrl}/
  EMR API          ${simulator.emrUrl}
  Client API       ${simulator.clientUrl}
  PDF links        ${simulator.filesUrl}
  Control API      ${simulator.controlUrl}

API keys           kind   locations
${keys.join('\n')}
Locations          ${seedLocations.map(({ id }) => id).join(', ')}

Try it             curl -H 'x-api-key: emr-test-key' ${simulator.emrUrl}/treatments

Ctrl-C stops it.`);
