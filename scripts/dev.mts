// `npm run dev`: starts the simulator and n8n with the nodes. Each change is built and reloaded.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { OWNER, type N8nClient } from '../sandbox/n8n/client.mts';
import { UserError, messageOf, runMain } from '../sandbox/n8n/errors.mts';
import { installN8n } from '../sandbox/n8n/install.mts';
import { installTarball, packProject } from '../sandbox/n8n/pack.mts';
import { packageName, projectRoot } from '../sandbox/n8n/paths.mts';
import { assertPortFree } from '../sandbox/n8n/ports.mts';
import { startN8n, type N8n } from '../sandbox/n8n/start.mts';
import { until } from '../sandbox/n8n/until.mts';
import { startSimulator, type Simulator } from '../sandbox/simulator/index.mts';
import { SOURCES, buildInto } from './dev/build.mts';
import { watchFolders } from './dev/watch.mts';

/** n8n watches installed packages only in this mode, and logs it at this level. */
const WATCHING = { NODE_ENV: 'development', N8N_DEV_RELOAD: 'true', N8N_LOG_LEVEL: 'info' };
const RELOAD_TIMEOUT_MS = 60_000;

const readPort = (option: string, text: string): number => {
	const port = Number(text);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	throw new UserError(`--${option} is not a port number: ${text}`);
};

const saveCredentials = async (client: N8nClient, simulator: Simulator): Promise<void> => {
	const known = await client.listCredentials();
	for (const [name, type, apiKey, baseUrl] of [
		['Spakinect EMR (sandbox)', 'spakinectApi', 'emr-test-key', simulator.emrUrl],
		['Spakinect Client (sandbox)', 'spakinectClientApi', 'client-test-key', simulator.clientUrl],
	] as const) {
		const data = { apiKey, baseUrl, environment: 'custom' };
		const old = known.find((one) => one.name === name);
		await (old
			? client.updateCredential(old.id, name, type, data)
			: client.createCredential(name, type, data));
	}
};

const count = (text: string, part: string): number => text.split(part).length - 1;

/**
 * Builds the nodes and waits until n8n has loaded them. @returns one line about the result, or the compiler's
 * messages
 */
const rebuild = async (n8n: N8n, installed: string): Promise<string> => {
	const began = Date.now();
	const seconds = () => `${((Date.now() - began) / 1000).toFixed(1)} s`;
	const before = count(n8n.output(), `Hot reload triggered for ${packageName}`);
	const failed = count(n8n.output(), `Hot reload failed for ${packageName}`);
	const version = await n8n.client.nodeTypesVersion();
	const errors = await buildInto(projectRoot, installed);
	if (errors.length > 0) return `  Not built; n8n keeps what it has:\n${errors.join('\n')}`;
	const built = seconds();
	await until('n8n to reload', RELOAD_TIMEOUT_MS, async () => {
		if (count(n8n.output(), `Hot reload triggered for ${packageName}`) === before) return undefined;
		if (count(n8n.output(), `Hot reload failed for ${packageName}`) > failed) return true;
		// It serves the old list until it has loaded all nodes.
		if ((await n8n.client.nodeTypesVersion().catch(() => version)) === version) return undefined;
		// While n8n rewrites the list, it serves a broken list or doesn't answer.
		const list: unknown = await n8n.client.nodeTypes().catch(() => undefined);
		return Array.isArray(list) ? true : undefined;
	});
	if (count(n8n.output(), `Hot reload failed for ${packageName}`) > failed)
		return '  Built, but n8n could not load it.';
	return `  Built after ${built}, reloaded by n8n after ${seconds()}.`;
};

const main = async (): Promise<void> => {
	const option = (value: string) => ({ type: 'string', default: value }) as const;
	const { values } = parseArgs({
		options: {
			'n8n-port': option('5678'),
			'api-port': option('4010'),
			'files-port': option('4011'),
			'user-folder': option(join(projectRoot, '.n8n-demo', 'dev')),
		},
	});
	const ports = { n8n: 0, api: 0, files: 0 };
	for (const name of ['n8n', 'api', 'files'] as const) {
		ports[name] = readPort(`${name}-port`, values[`${name}-port`]);
		await assertPortFree(ports[name], name, `npm run dev -- --${name}-port=NUMBER`);
	}
	const userFolder = values['user-folder'];
	const simulator = await startSimulator({ port: ports.api, filesPort: ports.files });
	console.log('Starting n8n with the nodes (10 to 30 s) …');
	await installN8n(console.log);
	const installed = await installTarball(await packProject(console.log), userFolder);
	// Build once before n8n watches. After that only changes are written.
	await buildInto(projectRoot, installed);
	const env = { ...WATCHING };
	const n8n = await startN8n({ userFolder, port: ports.n8n, env, tarball: null });
	await n8n.client.signIn();
	await saveCredentials(n8n.client, simulator);
	const stop = watchFolders(projectRoot, SOURCES, async (files) => {
		console.log(`${files.join(', ')} changed; building …`);
		console.log(await rebuild(n8n, installed).catch((error: unknown) => `  ${messageOf(error)}`));
	});
	console.log(`\nReady.\n  n8n        ${n8n.url}  (${OWNER.email}, ${OWNER.password})`);
	console.log(`  Spakinect  ${simulator.apiUrl}`);
	console.log('\nChanges in nodes/ and credentials/ are built and reloaded. Stop with Ctrl-C.');
	await new Promise((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
	});
	stop();
	await n8n.stop();
	await simulator.close();
};

await runMain(main);
