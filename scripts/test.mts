import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError, messageOf } from '../sandbox/n8n/errors.mts';
import { installN8n } from '../sandbox/n8n/install.mts';
import { projectRoot } from '../sandbox/n8n/paths.mts';
import { idleLayers, leftOutLines, missingPrograms } from './test/leftOut.mts';
import { select, turnsOf, type Turn } from './test/selection.mts';
import { addCounts, countsOf, totalLine, type Counts, type JestReport } from './test/totals.mts';

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
		throw new UserError('The build failed. See its messages above.');
	}
};

const jest = async ({ layers, n8n }: Turn, extra: string[]): Promise<Counts> => {
	const folder = await mkdtemp(join(tmpdir(), 'spakinect-jest-'));
	const report = join(folder, 'report.json');
	const args = ['--selectProjects', ...layers, '--passWithNoTests', '--json'];
	// Many tests wait for a server, so one worker more than there are cores keeps all cores busy.
	args.push(n8n.length > 0 ? '--runInBand' : `--maxWorkers=${availableParallelism() + 1}`);
	const code = await run(bin('jest'), [...args, `--outputFile=${report}`, ...extra]);
	const text = await readFile(report, 'utf8').catch(() => '');
	await rm(folder, { recursive: true, force: true });
	return countsOf(text === '' ? undefined : (JSON.parse(text) as JestReport), code);
};

const main = async (): Promise<void> => {
	let total: Counts = { passed: 0, failed: 0, skipped: 0 };
	let leftOut: string[] = [];
	try {
		const { layers, jestArgs } = select(process.argv.slice(2));
		const missing = missingPrograms();
		leftOut = leftOutLines(missing, layers);
		const turns = turnsOf(layers, idleLayers(missing));
		if (turns.some((turn) => turn.build)) await build();
		for (const turn of turns) {
			for (const pinned of turn.n8n) await installN8n(console.log, pinned);
			total = addCounts(total, await jest(turn, jestArgs));
		}
	} catch (error) {
		console.error(`\nFailed: ${messageOf(error)}`);
		if (error instanceof UserError && error.advice) console.error(error.advice);
		total = addCounts(total, { passed: 0, failed: 1, skipped: 0 });
	}
	for (const line of ['', ...leftOut, totalLine(total)]) console.log(line);
	process.exitCode = total.failed > 0 ? 1 : 0;
};

await main();
