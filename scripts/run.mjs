// The entry of every npm script: installs missing dependencies, then runs the named task. It is plain
// JavaScript without dependencies, because it runs before they are installed.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = (name) => join(root, 'node_modules', '.bin', name);
const tsx = (file, ...args) => [bin('tsx'), file, ...args];

/** The command of each task. */
const TASKS = {
	start: tsx('sandbox/start.mts'),
	demo: tsx('sandbox/demo/run.mts'),
	sandbox: tsx('sandbox/simulator/cli.mts'),
	test: tsx('scripts/test.mts'),
	'test:fast': tsx('scripts/test.mts', 'unit', 'sandbox', 'services', 'node', 'contract'),
	'test:queue': tsx('scripts/test.mts', 'queue'),
	bench: tsx('bench/run.mts'),
	dev: tsx('scripts/dev.mts'),
	verify: tsx('scripts/verify.mts'),
};

/** Additional environment variables of a task. TEST_SIZE: see test/unit/support/size.mts */
const ENVIRONMENT = { 'test:fast': { TEST_SIZE: 'small' } };

/** Ends with one message and advice, without a stack trace. */
const fail = (message, advice) => {
	console.error(`\nFailed: ${message}${advice ? `\n${advice}` : ''}`);
	process.exit(1);
};

const checkNode = () => {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	if (major > 20 || (major === 20 && minor >= 19)) return;
	fail(
		`Node.js ${process.versions.node} is too old: 20.19 or newer is needed.`,
		'Install a newer Node.js (https://nodejs.org) and run the same command again.',
	);
};

const readLock = (path) => {
	try {
		return JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
	} catch {
		return {};
	}
};

/** npm writes node_modules/.package-lock.json last, so an interrupted install isn't accepted. */
const isInstalled = () => {
	const wanted = readLock(join(root, 'package-lock.json'));
	const present = readLock(join(root, 'node_modules', '.package-lock.json'));
	return Object.entries(wanted).every(
		([path, entry]) =>
			path === '' ||
			entry.link ||
			(present[path]
				? present[path].version === entry.version
				: entry.optional || entry.devOptional),
	);
};

const explain = (output) => {
	if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET/.test(output)) {
		return 'The package registry cannot be reached. Check the network and the proxy (npm config get proxy), then run the same command again.';
	}
	if (/ENOSPC/.test(output))
		return 'The disk is full: free some space, then run the same command again.';
	if (/EACCES|EPERM/.test(output))
		return 'A file cannot be written: check who owns the project folder.';
	return output.trim().split('\n').slice(-10).join('\n');
};

const install = () =>
	new Promise((resolve) => {
		const began = Date.now();
		const seconds = () => Math.round((Date.now() - began) / 1000);
		console.log('Installing the development dependencies …');
		const timer = setInterval(
			() => console.log(`  still running: npm ci (${seconds()} s)`),
			15_000,
		);
		const env = { ...process.env, NODE_ENV: undefined, npm_config_omit: undefined };
		const child = spawn('npm', ['ci'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
		// Ctrl-C reaches npm directly. After any other signal, npm would keep writing into node_modules.
		for (const signal of ['SIGTERM', 'SIGHUP']) {
			process.once(signal, () => {
				child.kill(signal);
				process.exit(1);
			});
		}
		let output = '';
		const keep = (chunk) => (output = (output + chunk).slice(-20_000));
		child.stdout.on('data', keep);
		child.stderr.on('data', keep);
		child.once('error', (error) => fail(`npm cannot be started (${error.message}).`));
		child.once('close', (code) => {
			clearInterval(timer);
			if (code !== 0) fail('npm ci did not succeed.', explain(output));
			console.log(`  done: npm ci (${seconds()} s)`);
			resolve();
		});
	});

/** Runs the task in this terminal. Ctrl-C reaches the task directly, so this process only waits for its end. */
const run = (command, args, more = {}) =>
	new Promise((resolve) => {
		const env = { ...process.env, ...more };
		const child = spawn(command, args, { cwd: root, env, stdio: 'inherit' });
		process.on('SIGINT', () => undefined);
		for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
		child.once('error', (error) => fail(`${command} cannot be started (${error.message}).`));
		child.once('exit', (code) => resolve(code ?? 1));
	});

const [name = '', ...rest] = process.argv.slice(2);
const task = TASKS[name];
if (!task) fail(`There is no task "${name}".`, `Tasks: ${Object.keys(TASKS).join(', ')}`);
checkNode();
if (!isInstalled()) await install();
const [command, file, ...args] = task;
if (!existsSync(join(root, file)))
	fail(`"${name}" is not part of this version (${file} is missing).`);
process.exitCode = await run(command, [file, ...args, ...rest], ENVIRONMENT[name]);
