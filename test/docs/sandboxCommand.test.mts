import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import axios from 'axios';

const cli = resolve(process.cwd(), 'sandbox/simulator/cli.mts');

/** Starts the command; `ended` gives its exit code and everything it wrote. */
function run(...args: string[]) {
	const child = spawn(process.execPath, ['--import', 'tsx', cli, ...args], { cwd: process.cwd() });
	let output = '';
	const started = new Promise<void>((done) => {
		for (const stream of [child.stdout, child.stderr]) {
			stream.on('data', (chunk: Buffer) => {
				output += chunk.toString();
				if (output.includes('Ctrl-C')) done();
			});
		}
	});
	const ended = new Promise<{ code: number | null; output: string }>((done) => {
		child.on('close', (code) => done({ code, output }));
	});
	return { child, started, ended, output: () => output };
}

test('prints addresses, keys and locations, and stops cleanly on SIGTERM', async () => {
	const { child, started, ended } = run('--port', '0', '--files-port', '0');
	await started;
	child.kill('SIGTERM');
	const { code, output } = await ended;
	expect(code).toBe(0);
	expect(output).toMatch(/EMR API +http:\/\/127\.0\.0\.1:\d+\/emr\n/);
	for (const text of ['emr-test-key', 'client-test-key', 'loc_other_emr', 'Dashboard']) {
		expect(output).toContain(text);
	}
}, 30_000);

test('many requests that wait at the same time write no warning', async () => {
	const { child, started, ended, output } = run('--port', '0', '--files-port', '0');
	await started;
	const [url] = /http:\/\/127\.0\.0\.1:\d+(?=\/emr)/.exec(output()) ?? [];
	const slow = { faults: [{ kind: 'delay', delayMs: 300 }] };
	await axios.put(`${url}/control/faults`, slow);
	const headers = { 'x-api-key': 'emr-test-key' };
	const read = () => axios.get(`${url}/emr/treatments`, { headers });
	await Promise.all(Array.from({ length: 20 }, read));
	child.kill('SIGTERM');
	expect((await ended).output).not.toMatch(/warning/i);
}, 30_000);

test('a port in use is one clear line and exit code 1', async () => {
	const server = createServer();
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	const { code, output } = await run('--port', String(port), '--files-port', '0').ended;
	server.close();
	expect(code).toBe(1);
	expect(output.trim()).toBe(
		`Port ${port} is in use. Stop what uses it, or choose others: npm run sandbox -- --port=NUMBER --files-port=NUMBER`,
	);
}, 30_000);

test('wrong arguments are refused with a hint and no stack trace', async () => {
	const refused = await Promise.all([run('--port', 'x').ended, run('--colour', 'red').ended]);
	expect(refused.map(({ code }) => code)).toEqual([1, 1]);
	expect(refused[0].output).toContain('--port must be a port number');
	expect(refused[1].output).toContain('Usage:');
	for (const { output } of refused) expect(output).not.toContain('    at ');
}, 30_000);
