import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Check } from './subject.mts';

/** The scanner's result for a folder. */
interface Verdict {
	passed: boolean;
	message?: string;
	/** ESLint's own report. */
	details?: string;
}

interface Scanner {
	SOURCE_FILE_PATTERNS: string[];
	analyzePackage(folder: string, patterns: string[]): Promise<Verdict>;
}

/** The files of a published tarball that n8n's scanner checks. */
const TARBALL_PATTERNS = ['**/*.js', 'package.json'];

/** n8n's scanner as a library, because its command line accepts only published packages. */
const loadScanner = async (root: string): Promise<Scanner> => {
	const file = join(root, 'node_modules/@n8n/scan-community-package/scanner/scanner.mjs');
	return (await import(pathToFileURL(file).href)) as Scanner;
};

/**
 * The scanner's result as findings. A package without files to scan passes the scanner but fails here. The
 * scanner's command always exits with 0, so only the result counts.
 */
export const findingsOf = ({ passed, message, details = '' }: Verdict): string[] => {
	if (passed && message === undefined) return [];
	return [message ?? 'not passed', ...details.split('\n').filter((line) => line.trim() !== '')];
};

export const scanSource: Check = {
	name: 'scan-source',
	title: "n8n's package scan, source",
	run: async ({ root }) => {
		const scanner = await loadScanner(root);
		return findingsOf(await scanner.analyzePackage(root, scanner.SOURCE_FILE_PATTERNS));
	},
};

export const scanTarball: Check = {
	name: 'scan-tarball',
	title: "n8n's package scan, tarball",
	run: async ({ root, packed }) => {
		const scanner = await loadScanner(root);
		return findingsOf(await scanner.analyzePackage(packed, TARBALL_PATTERNS));
	},
};
