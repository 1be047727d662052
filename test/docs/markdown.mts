import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = process.cwd();

/** The documents that people read, as paths in the project. */
export const documents = (): string[] => [
	'README.md',
	'CHANGELOG.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
	...readdirSync(join(root, 'docs'))
		.filter((name) => name.endsWith('.md'))
		.map((name) => `docs/${name}`),
];

export const readDocument = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Text without fenced code blocks, in which a `#` or a `[` means something else. */
const prose = (text: string): string => text.replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1/gm, '');

/** Targets of links and pictures; those in code do not count. */
export const linkTargets = (text: string): string[] => {
	const plain = prose(text).replace(/`[^`\n]*`/g, '``');
	return [...plain.matchAll(/\[[^\]]*\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)].map((match) => match[1]!);
};

/** The anchors that GitHub gives to the headings of a document: repeated ones get a number. */
export const anchors = (text: string): Set<string> => {
	const seen = new Map<string, number>();
	const names = [...prose(text).matchAll(/^#{1,6}\s+(.+?)\s*$/gm)].map((match) => {
		const name = match[1]!
			.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replace(/\s/g, '-');
		const count = seen.get(name) ?? 0;
		seen.set(name, count + 1);
		return count === 0 ? name : `${name}-${count}`;
	});
	return new Set(names);
};
