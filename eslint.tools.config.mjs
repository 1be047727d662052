// The rules for everything that is not shipped: simulator, scripts, tests, benchmarks (*.mts, *.mjs).
// The shipped code is linted by eslint.config.mjs, which n8n's strict mode wants untouched.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
	{ ignores: ['dist/**', 'node_modules/**', '**/node_modules/**', 'eslint.config.mjs'] },
	{
		files: ['**/*.mts', '**/*.mjs', 'gulpfile.js'],
		extends: [js.configs.recommended, tseslint.configs.strict],
		languageOptions: {
			globals: Object.fromEntries(
				[
					'process',
					'console',
					'Buffer',
					'URL',
					'setTimeout',
					'clearTimeout',
					'require',
					'exports',
				].map((name) => [name, 'readonly']),
			),
		},
		rules: {
			'no-undef': 'off',
			'@typescript-eslint/no-non-null-assertion': 'off',
			'@typescript-eslint/no-require-imports': 'off',
		},
	},
);
