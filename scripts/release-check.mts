// Checks whether this tree may be published as the given version, and writes the release notes.
// Usage: npx tsx scripts/release-check.mts --tag 1.2.3 [--notes notes.md]
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const git = (...args: string[]): string =>
	execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

/** The entries of a version in CHANGELOG.md, or undefined if there are none with a date. */
function releaseNotes(changelog: string, version: string): string | undefined {
	const sections = changelog.split(/^(?=## )/m);
	const heading = `## [${version}] - `;
	const section = sections.find((one) => one.startsWith(heading));
	if (!section || !/^\d{4}-\d{2}-\d{2}\s*\n/.test(section.slice(heading.length))) return undefined;
	const notes = section.slice(section.indexOf('\n')).trim();
	return notes === '' ? undefined : notes;
}

function problems(tag: string, version: string, notes: string | undefined): string[] {
	const found: string[] = [];
	if (!/^\d+\.\d+\.\d+$/.test(tag)) found.push(`"${tag}" is not a version such as 1.2.3.`);
	if (tag !== version) found.push(`The tag is ${tag}, but package.json says ${version}.`);
	if (notes === undefined) {
		found.push(`CHANGELOG.md has no entries under "## [${tag}] - YYYY-MM-DD".`);
	}
	if (!git('tag', '--points-at', 'HEAD').split('\n').includes(tag)) {
		found.push(`The checked-out commit does not have the tag ${tag}.`);
	}
	const dirty = git('status', '--porcelain');
	if (dirty !== '') found.push(`The tree differs from the commit:\n${dirty}`);
	return found;
}

const { values } = parseArgs({ options: { tag: { type: 'string' }, notes: { type: 'string' } } });
const { tag = '' } = values;
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const notes = releaseNotes(readFileSync('CHANGELOG.md', 'utf8'), tag);
const found = problems(tag, version, notes);

if (found.length > 0) {
	process.stderr.write(`Not to be published:\n${found.map((one) => `- ${one}`).join('\n')}\n`);
	process.exitCode = 1;
} else {
	if (values.notes !== undefined) writeFileSync(values.notes, `${notes ?? ''}\n`);
	process.stdout.write(`${tag} may be published.\n`);
}
