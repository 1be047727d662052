import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient } from '../../sandbox/n8n/client.mts';
import { freePort } from '../../sandbox/n8n/ports.mts';
import { until } from '../../sandbox/n8n/until.mts';
import { Control } from '../../sandbox/demo/control.mts';
import { runTask, type Command } from './support/command.mts';
import { BOOT_MS } from './support/world.mts';
import { FAR_DAY } from './support/farDay.mts';

jest.setTimeout(2 * BOOT_MS);

/** As the page's form sends it. */
const BOOKING = {
	first_name: 'Ada',
	last_name: 'Example',
	email: 'ada@patients.example',
	phone: '+14155550100',
	location_id: 'loc_downtown',
	appointment_time: Date.parse(`${FAR_DAY}T15:00:00Z`) / 1000,
	treatments: ['Botox'],
};

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
			...['--files-port', String(await freePort()), '--user-folder', join(folder, 'n8n')],
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
				'googleDriveOAuth2Api',
				'googleSheetsOAuth2Api',
				'hubspotAppToken',
				'slackApi',
				'spakinectApi',
				'spakinectClientApi',
			]);
			const control = new Control(`http://127.0.0.1:${ports.api}/control`);
			expect((await control.state()).webhooks['emr-test-key']).toContain(`:${ports.n8n}/webhook/`);
			// The tokens of the other systems are new at each start.
			const { gfe_id } = await control.book(BOOKING);
			await control.complete(gfe_id!);
			const { sheets, ...rest } = await until(
				'row, contact, file and message',
				90_000,
				async () => {
					const now = await control.systems();
					const lists = [now.sheets[0]?.rows ?? [], now.contacts, now.files, now.messages];
					return lists.every((list) => list.length > 0) ? now : undefined;
				},
			);
			expect([sheets[0]?.rows.length, rest.files.length, rest.messages.length]).toEqual([1, 1, 1]);
			running.child.kill('SIGTERM');
			expect(await running.ended).toBe(0);
		}
	});
});
