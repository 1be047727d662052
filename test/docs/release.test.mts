import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDocument, root } from './markdown.mts';

jest.setTimeout(60_000);

const CHANGELOG = `# Changelog

## [Unreleased]

## [1.2.3] - 2026-11-23

### Added

- Something.

## [1.2.2] - Unreleased

- Earlier.
`;

let folder: string;
const git = (...args: string[]) =>
	execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
		cwd: folder,
		stdio: 'pipe',
	});
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const commit = (version: string, changelog = CHANGELOG) => {
	write('package.json', JSON.stringify({ name: 'x', version }));
	write('CHANGELOG.md', changelog);
	git('add', '.');
	git('commit', '-qm', 'x', '--no-gpg-sign', '--allow-empty');
};
const check = (...args: string[]) => {
	const tsx = join(root, 'node_modules/.bin/tsx');
	const script = join(root, 'scripts/release-check.mts');
	const run = spawnSync(tsx, [script, ...args], { cwd: folder, encoding: 'utf8' });
	return { code: run.status, output: run.stdout + run.stderr };
};

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'spakinect-release-'));
	git('init', '-q');
	commit('1.2.3');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('publishes a clean tree whose tag is the version, with the notes of that version', () => {
	git('tag', '1.2.3');
	const notes = join(tmpdir(), `notes-${process.pid}.md`);
	expect(check('--tag', '1.2.3', '--notes', notes)).toMatchObject({ code: 0 });
	expect(readFileSync(notes, 'utf8')).toBe('### Added\n\n- Something.\n');
	rmSync(notes);
});

it.each<[string, string, () => void, RegExp]>([
	['an untagged commit', '1.2.3', () => undefined, /does not have the tag 1\.2\.3/],
	[
		'a tag that is on another commit',
		'1.2.3',
		() => {
			git('tag', '1.2.3');
			commit('1.2.3');
		},
		/does not have the tag/,
	],
	[
		'a changed file',
		'1.2.3',
		() => {
			git('tag', '1.2.3');
			write('CHANGELOG.md', `${CHANGELOG}\n`);
		},
		/differs from the commit/,
	],
	[
		'a file that is not committed',
		'1.2.3',
		() => {
			git('tag', '1.2.3');
			write('new.txt', '');
		},
		/new\.txt/,
	],
	['another version', '1.2.4', () => git('tag', '1.2.4'), /package\.json says 1\.2\.3/],
	[
		'a version whose entries have no date',
		'1.2.2',
		() => {
			commit('1.2.2');
			git('tag', '1.2.2');
		},
		/has no entries/,
	],
	['no tag', '', () => undefined, /is not a version/],
])('refuses %s', (_what, tag, prepare, reason) => {
	prepare();
	const { code, output } = check('--tag', tag);
	expect(code).toBe(1);
	expect(output).toMatch(reason);
	expect(output).not.toMatch(/^\s+at /m);
});

it('the workflow checks before it publishes, and pins what it uses', () => {
	const workflow = readDocument('.github/workflows/publish.yml');
	const uses = [...workflow.matchAll(/uses: (\S+)/g)].map((match) => match[1]!);
	expect(uses.length).toBeGreaterThan(1);
	expect(uses.filter((one) => !/@[0-9a-f]{40}$/.test(one))).toEqual([]);
	const at = (text: string) => workflow.indexOf(text);
	expect(at('release-check.mts')).toBeGreaterThan(0);
	expect(at('release-check.mts')).toBeLessThan(at('npm run release'));
	expect(at('npm run verify')).toBeLessThan(at('npm run release'));
	expect(workflow).toContain('id-token: write');
});
