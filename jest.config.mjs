// These dependencies of mockttp are only ES modules, which Jest on Node 20 can't require.
const ES_ONLY = '/node_modules/(get-port|milliparsec)/';
const swc = (parser) => [
	'@swc/jest',
	{ jsc: { parser, target: 'es2022' }, module: { type: 'commonjs' } },
];
const shared = {
	rootDir: import.meta.dirname ?? process.cwd(),
	testEnvironment: 'node',
	moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'node'],
	transform: {
		'^.+\\.m?ts$': swc({ syntax: 'typescript' }),
		[`${ES_ONLY}.+\\.js$`]: swc({ syntax: 'ecmascript' }),
	},
	transformIgnorePatterns: [`/node_modules/(?!${ES_ONLY.split('/')[2]}/)`],
	testPathIgnorePatterns: ['/node_modules/', '/dist/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
};
const project = (name, extra = {}) => ({
	...shared,
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.mts`],
	...extra,
});
// For layers whose dates are fixed. The stand-ins need the machine's clock: TLS compares their certificates with it.
const fixedClock = { setupFiles: ['<rootDir>/test/node/support/clock.mts'] };

// unit: pure functions · docs: the documents, and commands that are started · sandbox: the simulator ·
// services: the stand-ins of Google, HubSpot and others · node: real n8n-core against the simulator ·
// contract: descriptions and the built package · package: builds of scratch copies, and n8n's review ·
// e2e, queue, browser: a real n8n; browser also the simulator's page
// test:fast runs unit, sandbox, services, node and contract. What each layer needs: scripts/test/selection.mts
export default {
	watchman: false,
	// A thousand random cases take seconds alone and minutes on a loaded machine. No test uses this limit as a
	// goal.
	testTimeout: 180_000,
	projects: [
		project('unit', fixedClock),
		project('docs'),
		project('sandbox'),
		project('services'),
		project('node', fixedClock),
		project('contract', fixedClock),
		project('package'),
		project('e2e'),
		project('queue'),
		project('browser'),
	],
};
