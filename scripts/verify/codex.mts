import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from './subject.mts';

/** The categories that n8n allows a community node; "AI" would hide it from the search. */
const CATEGORIES = [
	...['Analytics', 'Communication', 'Data & Storage', 'Development', 'Finance & Accounting'],
	...['Marketing & Content', 'Miscellaneous', 'Productivity', 'Sales', 'Utility'],
];

interface Codex {
	node?: string;
	categories?: string[];
	subcategories?: unknown;
	alias?: string[];
	resources?: Record<string, Array<{ url?: string }> | undefined>;
}

const problemsOf = (codex: Codex, name: string): string[] => {
	const categories = codex.categories ?? [];
	const links = ['primaryDocumentation', 'credentialDocumentation'];
	return [
		...(codex.node === name ? [] : [`node is ${codex.node}, not ${name}`]),
		...(categories.length > 0 ? [] : ['categories is empty']),
		...categories
			.filter((category) => !CATEGORIES.includes(category))
			.map((category) => `the category "${category}" is none of n8n's`),
		...(codex.subcategories === undefined ? [] : ['subcategories must not be there']),
		...(codex.alias?.length ? [] : ['alias is empty: the search finds the node by its name only']),
		// Without `resources` n8n drops the whole file silently.
		...links
			.filter((link) => !codex.resources?.[link]?.[0]?.url?.startsWith('https://'))
			.map((link) => `resources.${link} has no https address`),
	];
};

export const codexFiles: Check = {
	name: 'codex',
	title: 'codex files: categories, aliases, addresses',
	run: async ({ packed, files, manifest }) => {
		const found: string[] = [];
		for (const node of manifest.n8n?.nodes ?? []) {
			const path = node.replace(/\.js$/, '.json');
			if (!files.includes(path)) {
				found.push(`${path} is missing`);
				continue;
			}
			const codex = JSON.parse(await readFile(join(packed, path), 'utf8')) as Codex;
			const base = /([^/]+)\.node\.js$/.exec(node)?.[1] ?? '';
			const name = `${manifest.name}.${base.charAt(0).toLowerCase()}${base.slice(1)}`;
			found.push(...problemsOf(codex, name).map((problem) => `${path}: ${problem}`));
		}
		return found;
	},
};
