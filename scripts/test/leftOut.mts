import { findChromium, findDatabase, findPostgres, findRedis } from '../../sandbox/programs.mts';
import type { LayerName } from './selection.mts';

/** A program that some tests need and that npm does not install. */
interface Program {
	name: string;
	/** Debian's package. */
	package: string;
	/** Layer → its tests that are skipped without the program. */
	tests: Partial<Record<LayerName, string>>;
	/** Layers in which every test needs the program. */
	all: LayerName[];
}

const CHROMIUM: Program = {
	name: 'Chromium',
	package: 'chromium',
	tests: { browser: "n8n's editor and the simulator's page (browser)" },
	all: ['browser'],
};
const forQueue = (name: string, debianPackage: string, tests = {}): Program => ({
	name,
	package: debianPackage,
	tests: { ...tests, queue: 'queue mode (queue)' },
	all: ['queue'],
});
const DATABASE = { e2e: 'the PostgreSQL examples (e2e)' };

/** The programs that this machine lacks. */
export const missingPrograms = (): Program[] => {
	const redis = findRedis() === undefined;
	const postgres = findPostgres() === undefined;
	const setpriv = !postgres && findDatabase() === undefined;
	return [
		...(findChromium() === undefined ? [CHROMIUM] : []),
		...(redis ? [forQueue('Redis', 'redis-server')] : []),
		...(postgres ? [forQueue('PostgreSQL', 'postgresql', DATABASE)] : []),
		...(setpriv ? [forQueue('setpriv', 'util-linux', DATABASE)] : []),
	];
};

/** Layers in which no test can run. */
export const idleLayers = (missing: Program[]): LayerName[] => missing.flatMap(({ all }) => all);

/** Which tests of these layers were left out, and the command that installs their programs. */
export const leftOutLines = (missing: Program[], layers: LayerName[]): string[] => {
	const needed = missing
		.map((program) => ({
			...program,
			skipped: layers.flatMap((layer) => program.tests[layer] ?? []),
		}))
		.filter(({ skipped }) => skipped.length > 0);
	if (needed.length === 0) return [];
	const packages = needed.map((program) => program.package).join(' ');
	return [
		...needed.map(({ name, skipped }) => `Left out, no ${name}: ${skipped.join(', ')}`),
		`To run them too: sudo apt-get update && sudo apt-get install -y ${packages}`,
	];
};
