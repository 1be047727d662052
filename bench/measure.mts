import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

export const median = (values: number[]): number => {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** Resets the peak of a process's resident memory. Works on Linux only. */
export const resetPeak = (pid: number): void => {
	try {
		writeFileSync(`/proc/${pid}/clear_refs`, '5');
	} catch {
		// Not Linux: peakMb answers NaN.
	}
};

/** Highest resident memory of the process since `resetPeak`, in MB. */
export const peakMb = (pid: number): number => {
	try {
		const status = readFileSync(`/proc/${pid}/status`, 'utf8');
		return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
	} catch {
		return NaN;
	}
};

export const machine = (): string =>
	`${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}`;

/** Prints a table. The first row is the header. */
export const table = (rows: string[][]): void => {
	const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
	for (const row of rows) {
		console.log(`  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('   ')}`);
	}
};

export const ms = (value: number): string => `${Math.round(value)} ms`;
export const mb = (value: number): string =>
	Number.isNaN(value) ? '–' : `${Math.round(value)} MB`;
export const ratio = (value: number): string => `${value.toFixed(2)} ×`;

/** The figure's goal, and whether it is met. */
export const goal = (met: boolean, text: string): string => `${met ? 'met' : 'MISSED'} (${text})`;
