import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { UserError } from './errors.mts';

export type Log = (line: string) => void;

interface LongStep {
	title: string;
	command: string;
	args: string[];
	cwd: string;
	env?: NodeJS.ProcessEnv;
}

const PROGRESS_EVERY_MS = 15_000;
const KEPT_OUTPUT = 20_000;

const TROUBLES: Array<{ pattern: RegExp; message: string; advice: string }> = [
	{
		pattern:
			/not found: make|find Python|Could not find any Python|g\+\+: not found|g\+\+: No such|make: .*not found|no acceptable C compiler/i,
		message: 'a compiler is missing',
		advice:
			'n8n stores its data with a native module that is compiled here. Install a C++ compiler, make and Python 3, then run the same command again (Debian and Ubuntu: apt-get install g++ make python3; macOS: xcode-select --install).',
	},
	{
		pattern:
			/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET|network (error|request)/i,
		message: 'the package registry cannot be reached',
		advice:
			'Check the network, and the proxy if there is one (npm config get proxy), then run the same command again.',
	},
	{
		pattern: /ENOSPC/,
		message: 'the disk is full',
		advice: 'n8n needs about 2.2 GB. Free some space, or set N8N_SANDBOX_CACHE to a larger disk.',
	},
	{
		pattern: /EACCES|EPERM/,
		message: 'a file or folder cannot be written',
		advice: 'Check who owns the folder, or set N8N_SANDBOX_CACHE to one that you can write to.',
	},
];

/** The last `lines` lines of a program's output, without colors and the frames of a progress spinner. */
export const tail = (text: string, lines: number): string => {
	const plain = stripVTControlCharacters(text.replaceAll('\u001b[999D', '\n'));
	const kept = plain.split('\n').filter((line) => line.trim() !== '' && !/^[◒◐◓◑]/.test(line));
	return kept.slice(-lines).join('\n');
};

/** Turns a failed step's output into a message that says what to do. */
export const explainFailure = (title: string, output: string): UserError => {
	const known = TROUBLES.find(({ pattern }) => pattern.test(output));
	if (known) return new UserError(`${title}: ${known.message}.`, known.advice);
	return new UserError(`${title} failed. Its last lines:\n${tail(output, 15)}`);
};

/**
 * Runs a command that may take minutes. It logs the start, a line every 15 seconds, and the duration.
 * @returns its standard output
 * @throws UserError when it fails or cannot be started
 */
export const runLongStep = async (step: LongStep, log: Log): Promise<string> => {
	const began = Date.now();
	const seconds = () => Math.round((Date.now() - began) / 1000);
	log(`${step.title} …`);
	const timer = setInterval(
		() => log(`  still running: ${step.title} (${seconds()} s)`),
		PROGRESS_EVERY_MS,
	);
	let stdout = '';
	let all = '';
	const code = await new Promise<number | string>((resolve) => {
		const child = spawn(step.command, step.args, {
			cwd: step.cwd,
			env: step.env ?? process.env,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		child.stdout.on('data', (chunk: Buffer) => {
			stdout += chunk;
			all = (all + chunk).slice(-KEPT_OUTPUT);
		});
		child.stderr.on('data', (chunk: Buffer) => {
			all = (all + chunk).slice(-KEPT_OUTPUT);
		});
		child.once('error', (error) => resolve(error.message));
		child.once('close', (exitCode, signal) => resolve(exitCode ?? signal ?? 'unknown'));
	});
	clearInterval(timer);
	if (code !== 0) throw explainFailure(step.title, `${all}\n(ended with ${code})`);
	log(`  done: ${step.title} (${seconds()} s)`);
	return stdout;
};
