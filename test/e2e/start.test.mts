import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient } from '../../sandbox/n8n/client.mts';
import { freePort } from '../../sandbox/n8n/ports.mts';
import { Control } from '../../sandbox/demo/control.mts';
import { runTask, type Command } from './support/command.mts';
import { BOOT_MS } from './support/world.mts';

jest.setTimeout(2 * BOOT_MS);

const listen = (): Promise<Server> =>
	new Promise((resolve) => {
		const server = createServer();
		server.listen(0, '127.0.0.1', () => resolve(server));
	});

describe('npm start', () => {
	let folder: string;
	let running: Command | undefined;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'spakinect-start-'));
	});
	afterEach(async () => {
		await running?.destroy();
		await rm(folder, { recursive: true, force: true, maxRetries: 10 });
	});

	it('names a port that is in use, and how to choose another, without a stack trace', async () => {
		const taken = await listen();
		const { port } = taken.address() as AddressInfo;
		const start = runTask('start', ['--n8n-port', String(port), '--user-folder', folder]);
		expect(await start.ended).toBe(1);
		taken.close();
		expect(start.output()).toContain(`Port ${port} is already in use, and n8n needs it.`);
		expect(start.output()).toContain('--n8n-port=NUMBER');
		expect(start.output()).not.toMatch(/^\s+at /m);
	});

	it('serves n8n with the workflows published, stops on a signal, and starts again', async () => {
		const ports = { n8n: await freePort(), api: await freePort() };
		const args = [
			...['--n8n-port', String(ports.n8n), '--api-port', String(ports.api)],
			...['--files-port', String(await freePort()), '--crm-port', String(await freePort())],
			...['--user-folder', join(folder, 'n8n'), '--output', join(folder, 'output')],
		];
		for (const round of ['first', 'second']) {
			running = runTask('start', args);
			await running.saw('Ready.', BOOT_MS);
			const client = new N8nClient(`http://127.0.0.1:${ports.n8n}`);
			await client.login();
			const types = (await client.nodeTypes()).map(({ name }) => name);
			expect(types).toContain('n8n-nodes-spakinect.spakinectTrigger');
			const workflows = await client.listWorkflows();
			expect({ round, active: workflows.map(({ active }) => active) }).toEqual({
				round,
				active: [true, true],
			});
			expect((await client.listCredentials()).map(({ type }) => type).sort()).toEqual([
				'spakinectApi',
				'spakinectClientApi',
			]);
			const control = new Control(`http://127.0.0.1:${ports.api}/control`);
			expect((await control.state()).webhooks['emr-test-key']).toContain(`:${ports.n8n}/webhook/`);
			running.child.kill('SIGTERM');
			expect(await running.ended).toBe(0);
		}
	});
});
