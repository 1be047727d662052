import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from './longStep.mts';

const isRunning = (pid: number): boolean => {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
};

const take = async (folder: string): Promise<boolean> => {
	try {
		await mkdir(folder);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
	await writeFile(join(folder, 'pid'), String(process.pid));
	return true;
};

const owner = async (folder: string): Promise<number | undefined> => {
	const text = await readFile(join(folder, 'pid'), 'utf8').catch(() => '');
	return Number.parseInt(text, 10) || undefined;
};

/**
 * Runs `work` while no other process on this machine does. The lock is a folder. A lock whose owner has died is
 * taken over. A lock without an owner gets 5 seconds to get one.
 */
export const withLock = async <T,>(
	folder: string,
	what: string,
	log: Log,
	work: () => Promise<T>,
): Promise<T> => {
	await mkdir(dirname(folder), { recursive: true });
	let waited = 0;
	let ownerless = 0;
	while (!(await take(folder))) {
		const pid = await owner(folder);
		ownerless = pid === undefined ? ownerless + 1 : 0;
		if ((pid !== undefined && !isRunning(pid)) || ownerless > 5) {
			await rm(folder, { recursive: true, force: true });
			continue;
		}
		if (waited % 15 === 0)
			log(`${what} is running in process ${pid ?? '?'}. Waiting (${waited} s)`);
		await sleep(1000);
		waited += 1;
	}
	try {
		return await work();
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
};
