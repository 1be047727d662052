import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { N8nClient } from '../../sandbox/n8n/client.mts';
import { freePort } from '../../sandbox/n8n/ports.mts';
import { changeFile, copyOfCheckout } from '../package/support/checkout.mts';
import { runTask, type Command } from './support/command.mts';
import { BOOT_MS } from './support/world.mts';

jest.setTimeout(3 * BOOT_MS);

const TYPE = 'n8n-nodes-spakinect.spakinect';
const OLD = "description: 'Request Good Faith Exams";

let folder: string;
let dev: Command | undefined;
beforeAll(async () => {
	folder = await copyOfCheckout();
});
afterAll(async () => {
	await dev?.destroy();
	await rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

it('npm run dev shows a change in the running n8n, and survives a broken one', async () => {
	const port = await freePort();
	dev = runTask(
		'dev',
		[
			...['--n8n-port', String(port), '--api-port', String(await freePort())],
			...['--files-port', String(await freePort())],
		],
		{},
		folder,
	);
	await dev.saw('Ready.', BOOT_MS);
	const client = new N8nClient(`http://127.0.0.1:${port}`);
	await client.login();
	const description = async () =>
		(await client.nodeTypes()).find(({ name }) => name === TYPE)?.description;
	expect(await description()).toMatch(/^Request Good Faith Exams/);

	const node = join(folder, 'nodes/Spakinect/Spakinect.node.ts');
	await changeFile(node, OLD, "description: 'Changed once");
	await dev.saw('reloaded by n8n', BOOT_MS);
	expect(dev.output()).toContain('nodes/Spakinect/Spakinect.node.ts changed');
	expect(await description()).toMatch(/^Changed once/);

	await changeFile(node, "description: 'Changed once", "description: 4711 ?? 'Changed twice");
	await dev.saw('Not built; n8n keeps what it has:', BOOT_MS);
	expect(dev.output()).toContain('Spakinect.node.ts(');
	expect(await description()).toMatch(/^Changed once/);

	dev.child.kill('SIGTERM');
	expect(await dev.ended).toBe(0);
});
