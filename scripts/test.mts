import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError, messageOf } from '../sandbox/n8n/errors.mts';
import { installN8n } from '../sandbox/n8n/install.mts';
import { PINNED, projectRoot, type Pinned } from '../sandbox/n8n/paths.mts';
import { addCounts, countsOf, totalLine, type Counts, type JestReport } from './totals.mts';

interface Run {
	projects: string[];
	/** Which n8n the tests need; those run one file after another, two n8n are too much for a laptop. */
	n8n: readonly Pinned[];
}

const FAST: Run = { projects: ['unit', 'sandbox', 'services', 'node', 'contract'], n8n: [] };
const SETS: Record<string, Run[]> = {
	fast: [FAST],
	all: [
		FAST,
		{ projects: ['package'], n8n: [] },
		{ projects: ['e2e', 'queue', 'browser'], n8n: PINNED },
	],
	queue: [{ projects: ['queue'], n8n: ['n8n'] }],
};

const bin = (name: string): string => join(projectRoot, 'node_modules', '.bin', name);

const run = (command: string, args: string[]): Promise<number> =>
	new Promise((resolve, reject) => {
		const child = spawn(command, args, { cwd: projectRoot, stdio: 'inherit' });
		child.once('error', reject);
		child.once('exit', (code) => resolve(code ?? 1));
	});

const build = async (): Promise<void> => {
	console.log('Building the nodes …');
	if ((await run('npm', ['run', '--silent', 'build'])) !== 0) {
		throw new UserError('The build failed; its messages are above.');
	}
};

const jest = async (set: Run, extra: string[]): Promise<Counts> => {
	const folder = await mkdtemp(join(tmpdir(), 'spakinect-jest-'));
	const report = join(folder, 'report.json');
	const args = ['--selectProjects', ...set.projects, '--passWithNoTests', '--json'];
	// All cores: Jest keeps one for itself, which on two is half of them.
	args.push(set.n8n.length > 0 ? '--runInBand' : '--maxWorkers=100%');
	const code = await run(bin('jest'), [...args, `--outputFile=${report}`, ...extra]);
	const text = await readFile(report, 'utf8').catch(() => '');
	await rm(folder, { recursive: true, force: true });
	return countsOf(text === '' ? undefined : (JSON.parse(text) as JestReport), code);
};

const main = async (): Promise<void> => {
	const [name = 'all', ...extra] = process.argv.slice(2);
	const runs = SETS[name];
	if (!runs)
		throw new UserError(`There is no test set "${name}".`, `Sets: ${Object.keys(SETS).join(', ')}`);
	let total: Counts = { passed: 0, failed: 0, skipped: 0 };
	try {
		await build();
		for (const set of runs) {
			for (const pinned of set.n8n) await installN8n(console.log, pinned);
			total = addCounts(total, await jest(set, extra));
		}
	} catch (error) {
		console.error(`\nFailed: ${messageOf(error)}`);
		if (error instanceof UserError && error.advice) console.error(error.advice);
		total = addCounts(total, { passed: 0, failed: 1, skipped: 0 });
	}
	console.log(`\n${totalLine(total)}`);
	process.exitCode = total.failed > 0 ? 1 : 0;
};

await main();
