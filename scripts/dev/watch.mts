import { watch } from 'node:fs';
import { join } from 'node:path';

/** An editor writes a file in several steps, and often more than one file. */
const QUIET_MS = 200;

/**
 * Calls `onChange` with the changed files after a moment without changes, one call at a time. The next call
 * gets changes during a call.
 * @returns a function that stops watching
 */
export const watchFolders = (
	root: string,
	folders: string[],
	onChange: (files: string[]) => Promise<void>,
): (() => void) => {
	const changed = new Set<string>();
	let timer: NodeJS.Timeout | undefined;
	let busy = false;
	const flush = async () => {
		if (busy) return;
		busy = true;
		const files = [...changed].sort();
		changed.clear();
		await onChange(files);
		busy = false;
		if (changed.size > 0) schedule();
	};
	const schedule = () => {
		clearTimeout(timer);
		timer = setTimeout(() => void flush(), QUIET_MS);
	};
	const watchers = folders.map((folder) =>
		watch(join(root, folder), { recursive: true }, (_event, file) => {
			// Editors' swap and backup files.
			if (file === null || !/\.(ts|json|svg)$/.test(file)) return;
			changed.add(`${folder}/${file}`);
			schedule();
		}),
	);
	return () => {
		clearTimeout(timer);
		for (const watcher of watchers) watcher.close();
	};
};
