import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

/** Runs a program. @returns its exit code and all of its output */
export const runCommand = (
	command: string,
	args: string[],
	cwd: string,
	env: NodeJS.ProcessEnv = process.env,
): Promise<{ code: number; output: string }> =>
	new Promise((resolve, reject) => {
		const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
		let output = '';
		for (const stream of [child.stdout, child.stderr]) {
			stream.on('data', (chunk: Buffer) => {
				output += chunk.toString();
			});
		}
		child.once('error', reject);
		child.once('close', (code) => resolve({ code: code ?? 1, output }));
	});

/** The non-empty lines of an output, without colors and npm's warnings. */
export const linesOf = (output: string): string[] =>
	stripVTControlCharacters(output)
		.split('\n')
		.filter((line) => line.trim() !== '' && !line.startsWith('npm warn'));
