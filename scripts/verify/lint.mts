import { createRequire } from 'node:module';
import { join } from 'node:path';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { ESLint, type Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { linesOf, runCommand } from './command.mts';
import type { Check } from './subject.mts';

type Rules = Record<string, unknown>;
interface Plugin {
	rules: Rules;
	configs: Record<string, { rules: Rules }>;
}

/** Rules that can't apply to a community package. n8n's own tools turn off the same rules. */
const NOT_APPLICABLE = [
	// They demand the literal 'main', which node-connection-type-literal of the other plugin refuses.
	'n8n-nodes-base/node-class-description-inputs-wrong-regular-node',
	'n8n-nodes-base/node-class-description-outputs-wrong',
	// For n8n's own repository: a short name there, a full URL here (cred-class-field-documentation-url-not-http-url).
	'n8n-nodes-base/cred-class-field-documentation-url-miscased',
];

const SOURCES = ['nodes/**/*.ts', 'credentials/**/*.ts', 'package.json'];

const allOn = (names: string[]): Linter.RulesRecord =>
	Object.fromEntries(
		names.filter((name) => !NOT_APPLICABLE.includes(name)).map((name) => [name, 'error']),
	);

/** Every rule of both plugins as an error, including those outside their recommended configurations. */
const strictest = (): Linter.Config[] => {
	// Loaded with `require`, because it has no types.
	const base = createRequire(import.meta.url)('eslint-plugin-n8n-nodes-base') as Plugin;
	const community = Object.keys(n8nCommunityNodesPlugin.rules ?? {});
	const of = (set: string) => allOn(Object.keys(base.configs[set]?.rules ?? {}));
	return [
		{
			files: SOURCES,
			languageOptions: {
				parser: tseslint.parser as Linter.Parser,
				parserOptions: { extraFileExtensions: ['.json'] },
			},
			plugins: {
				'@n8n/community-nodes': n8nCommunityNodesPlugin as ESLint.Plugin,
				'n8n-nodes-base': base as unknown as ESLint.Plugin,
			},
			rules: {
				...allOn(community.map((rule) => `@n8n/community-nodes/${rule}`)),
				'no-console': 'error',
			},
		},
		{ files: ['package.json'], rules: of('community') },
		{ files: ['credentials/**/*.ts'], rules: of('credentials') },
		{ files: ['nodes/**/*.ts'], rules: of('nodes') },
	];
};

export const strictRules: Check = {
	name: 'rules',
	title: 'every rule of both ESLint plugins, inline disables off',
	run: async ({ root }) => {
		const eslint = new ESLint({
			cwd: root,
			allowInlineConfig: false,
			overrideConfigFile: true,
			overrideConfig: strictest(),
		});
		const results = await eslint.lintFiles(SOURCES);
		return results.flatMap(({ filePath, messages }) =>
			messages.map(({ line, ruleId, message }) => {
				const path = filePath.slice(root.length + 1);
				return `${path}:${line} ${ruleId ?? 'syntax'}: ${message}`;
			}),
		);
	},
};

export const n8nNodeLint: Check = {
	name: 'lint',
	title: 'n8n-node lint',
	run: async ({ root }) => {
		const bin = join(root, 'node_modules', '.bin', 'n8n-node');
		const { code, output } = await runCommand(bin, ['lint'], root);
		// With only warnings, the exit code is 0.
		return code === 0 && !/[1-9]\d* warnings?\)/.test(output) ? [] : linesOf(output);
	},
};
