import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { idleLayers, leftOutLines, missingPrograms } from '../../scripts/test/leftOut.mts';
import { LAYER_NAMES, select, turnsOf } from '../../scripts/test/selection.mts';
import { readDocument, root } from './markdown.mts';

jest.setTimeout(120_000);

/** Runs `npm test` with these arguments on a machine without Chromium. */
const npmTest = (...args: string[]) => {
	const script = join(root, 'scripts', 'run.mjs');
	const env = { ...process.env, CHROMIUM_PATH: '/nonexistent/chromium', NODE_OPTIONS: '' };
	const run = spawnSync(process.execPath, [script, 'test', ...args], {
		cwd: root,
		env,
		encoding: 'utf8',
	});
	return {
		code: run.status,
		output: run.stdout + run.stderr,
		lines: run.stdout.trimEnd().split('\n'),
	};
};

const PROGRAM = {
	name: 'Redis',
	package: 'redis-server',
	tests: { queue: 'queue mode' },
	all: ['queue' as const],
};

describe('the layers of npm test', () => {
	it('are the projects of Jest and the folders of the tests', () => {
		const projects = [...readDocument('jest.config.mjs').matchAll(/^\t*project\('(\w+)'/gm)];
		expect(projects.map(([, name]) => name)).toEqual(LAYER_NAMES);
		expect(readdirSync(join(root, 'test')).sort()).toEqual([...LAYER_NAMES].sort());
	});

	it.each([
		[[], LAYER_NAMES, []],
		[['unit', 'node'], ['unit', 'node'], []],
		[['node', 'unit', 'node'], ['unit', 'node'], []],
		[['unit', '-t', 'phone'], ['unit'], ['-t', 'phone']],
		[['--verbose'], LAYER_NAMES, ['--verbose']],
	])('%j', (args, layers, jestArgs) => {
		expect(select(args)).toEqual({ layers, jestArgs });
	});

	it.each([['Unit'], ['toString'], ['test/unit/a.test.mts']])('%s is not one', (name) => {
		expect(() => select([name])).toThrow(name);
	});

	it('what starts an n8n comes last, and brings only the n8n that it needs', () => {
		expect(turnsOf(['browser', 'unit', 'package'])).toEqual([
			{ layers: ['unit'], build: false, n8n: [] },
			{ layers: ['package'], build: true, n8n: [] },
			{ layers: ['browser'], build: true, n8n: ['n8n'] },
		]);
		expect(turnsOf(['e2e', 'queue'])[0]?.n8n).toEqual(['n8n', 'n8n-1']);
	});

	it('nothing is built or installed for a layer of which nothing can run', () => {
		expect(turnsOf(['queue'], ['queue'])).toEqual([{ layers: ['queue'], build: false, n8n: [] }]);
		expect(turnsOf(['e2e', 'queue'], ['queue'])[0]).toMatchObject({ build: true });
	});
});

describe('what npm test leaves out', () => {
	it('is named with its program, and one line installs all of them', () => {
		const other = { ...PROGRAM, name: 'PostgreSQL', package: 'postgresql' };
		const lines = leftOutLines([PROGRAM, other], ['unit', 'queue']);
		expect(lines).toHaveLength(3);
		expect(lines[0]).toMatch(/Redis.*queue mode/);
		expect(lines[1]).toMatch(/PostgreSQL.*queue mode/);
		expect(lines[2]).toContain('apt-get install -y redis-server postgresql');
	});

	it('is nothing when the layers that run do not need the program', () => {
		expect(leftOutLines([PROGRAM], ['unit'])).toEqual([]);
		expect(leftOutLines([], LAYER_NAMES)).toEqual([]);
		expect(idleLayers([PROGRAM])).toEqual(['queue']);
	});

	it('is looked up on the machine', () => {
		const before = process.env.CHROMIUM_PATH;
		const names = () => missingPrograms().map(({ name }) => name);
		try {
			process.env.CHROMIUM_PATH = '/nonexistent/chromium';
			expect(names()).toContain('Chromium');
			process.env.CHROMIUM_PATH = process.execPath;
			expect(names()).not.toContain('Chromium');
		} finally {
			if (before === undefined) delete process.env.CHROMIUM_PATH;
			else process.env.CHROMIUM_PATH = before;
		}
	});

	it('stands before the total, and is not a failure', () => {
		const { code, lines } = npmTest('browser');
		expect(code).toBe(0);
		expect(lines.slice(-3)).toEqual([
			expect.stringContaining('Chromium'),
			expect.stringContaining('apt-get install -y chromium'),
			expect.stringMatching(/^0 passed, 0 failed, \d+ skipped$/),
		]);
	});
});

it('npm test with a name that is not a layer fails, lists the layers and ends with the total', () => {
	const { code, output, lines } = npmTest('units');
	expect(code).toBe(1);
	for (const layer of LAYER_NAMES) expect(output).toContain(layer);
	expect(lines.at(-1)).toBe('0 passed, 1 failed');
});
