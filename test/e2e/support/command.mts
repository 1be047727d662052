import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../../sandbox/n8n/paths.mts';
import { until } from '../../../sandbox/n8n/until.mts';

export interface Command {
	child: ChildProcess;
	output(): string;
	/** Resolves to the exit code when the command has ended. */
	ended: Promise<number | null>;
	/** Waits for a text in the output. It fails immediately if the command ends without it. */
	saw(text: string, timeoutMs: number): Promise<void>;
	/** Ends the command and all of its child processes, in any state. */
	destroy(): Promise<void>;
}

/** Runs `node scripts/run.mjs <task>` as `npm run` does, in this checkout or in a copy of it. */
export const runTask = (
	task: string,
	args: string[],
	env: NodeJS.ProcessEnv = {},
	root = projectRoot,
): Command => {
	// Jest's own settings must not reach the command.
	const clean = { ...process.env, NODE_ENV: undefined, JEST_WORKER_ID: undefined, ...env };
	const child = spawn(process.execPath, [join('scripts', 'run.mjs'), task, ...args], {
		cwd: root,
		env: clean,
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: true,
	});
	let text = '';
	let over = false;
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => {
			text += chunk.toString();
		});
	}
	const ended = new Promise<number | null>((resolve) => {
		child.once('close', (code) => {
			over = true;
			resolve(code);
		});
	});
	return {
		child,
		output: () => text,
		ended,
		destroy: async () => {
			if (!over && child.pid) process.kill(-child.pid, 'SIGKILL');
			await ended;
		},
		saw: async (wanted, timeoutMs) => {
			await until(`"${wanted}" in the output`, timeoutMs, async () => {
				if (text.includes(wanted)) return true;
				if (over) throw new Error(`The command ended:\n${text}`);
				return undefined;
			});
		},
	};
};
