import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = process.cwd();

/** The documents for readers, as paths in the project. */
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

/** The text without fenced code blocks, where `#` and `[` have another meaning. */
const prose = (text: string): string => text.replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1/gm, '');

/** The targets of links and pictures outside of code. */
export const linkTargets = (text: string): string[] => {
	const plain = prose(text).replace(/`[^`\n]*`/g, '``');
	return [...plain.matchAll(/\[[^\]]*\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)].map((match) => match[1]!);
};

/** GitHub's anchors of a document's headings. Repeated ones get a number. */
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
