import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const KEPT_OUTPUT = 200_000;

/** A started program with all of its own child processes. */
export interface ProcessGroup {
	pid: number;
	/** Its output so far (the last 200,000 characters). */
	output(): string;
	/** Resolves when the program has ended, to a text such as `exit code 1`. */
	ended: Promise<string>;
	/** Asks the program to end, and kills the group after `graceMs` (default 15 s). */
	stop(graceMs?: number): Promise<void>;
	/** Kills the whole group immediately (SIGKILL), like a power cut. */
	kill(): Promise<void>;
}

const signalGroup = (pid: number, signal: NodeJS.Signals): void => {
	try {
		process.kill(-pid, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
};

/**
 * Ends the group when this process ends in any way. The guard waits on a pipe that the system closes. An exit
 * handler isn't enough, because a killed process runs none.
 */
const guard = (pid: number): ChildProcess => {
	const child = spawn('/bin/sh', ['-c', `read -r line; kill -s KILL -- -${pid} 2>/dev/null`], {
		stdio: ['pipe', 'ignore', 'ignore'],
		detached: true,
	});
	child.unref();
	return child;
};

/** Starts a program in a process group of its own. */
export const startGroup = (
	command: string,
	args: string[],
	options: { cwd: string; env: NodeJS.ProcessEnv },
): ProcessGroup => {
	const child = spawn(command, args, {
		...options,
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const pid = child.pid ?? 0;
	let text = '';
	const keep = (chunk: Buffer) => {
		text = (text + chunk.toString()).slice(-KEPT_OUTPUT);
	};
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);
	const watcher = pid ? guard(pid) : undefined;
	const ended = new Promise<string>((resolve) => {
		const finish = (reason: string) => {
			if (pid) signalGroup(pid, 'SIGKILL');
			watcher?.kill('SIGKILL');
			resolve(reason);
		};
		child.once('error', (error) => finish(error.message));
		child.once('exit', (code, signal) => finish(signal ? `signal ${signal}` : `exit code ${code}`));
	});
	const kill = async (): Promise<void> => {
		if (pid) signalGroup(pid, 'SIGKILL');
		await ended;
	};
	return {
		pid,
		output: () => text,
		ended,
		kill,
		stop: async (graceMs = 15_000) => {
			child.kill('SIGTERM');
			const timeout = new AbortController();
			const late = sleep(graceMs, true, { signal: timeout.signal }).catch(() => false);
			if (await Promise.race([ended.then(() => false), late])) await kill();
			timeout.abort();
		},
	};
};
