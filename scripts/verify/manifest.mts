import type { Check, Manifest } from './subject.mts';

const DEPENDENCIES = [
	'dependencies',
	'optionalDependencies',
	'bundledDependencies',
	'bundleDependencies',
	'overrides',
];
/** npm would run these scripts on the user's machine. */
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];

const isFilled = (value: unknown): boolean =>
	Array.isArray(value)
		? value.length > 0
		: Object.keys((value as object | undefined) ?? {}).length > 0;

/** `git+https://github.com/a/b.git` and the like as `https://github.com/a/b`. */
const webAddress = (url = ''): string => url.replace(/^git\+/, '').replace(/\.git$/, '');

const addresses = ({ repository, bugs, homepage }: Manifest): string[] => {
	const home = webAddress(repository?.url);
	const found: string[] = [];
	if (!/^https:\/\/github\.com\/[\w.-]+\/[\w.-]+$/.test(home)) {
		found.push(
			'repository.url is not a public GitHub repository, from which n8n fetches the source',
		);
	}
	if (repository?.directory) found.push('repository.directory: n8n refuses monorepos');
	if (bugs?.url !== `${home}/issues`) found.push(`bugs.url is not ${home}/issues ("Report issue")`);
	if (!homepage?.startsWith(home) || home === '') found.push(`homepage is not below ${home}`);
	return found;
};

export const packageJson: Check = {
	name: 'package',
	title: 'package.json: no dependencies, no install scripts, license, addresses',
	run: async ({ manifest }) => {
		const scripts = (manifest.scripts as Record<string, string> | undefined) ?? {};
		const peers = JSON.stringify(manifest.peerDependencies ?? {});
		return [
			...DEPENDENCIES.filter((key) => isFilled(manifest[key])).map((key) => `${key} is not empty`),
			...INSTALL_SCRIPTS.filter((key) => key in scripts).map((key) => `scripts.${key} is there`),
			...(peers === '{"n8n-workflow":"*"}' ? [] : [`peerDependencies is ${peers}`]),
			...(manifest.license === 'MIT' ? [] : [`license is ${manifest.license}`]),
			...(manifest.files?.join() === 'dist/credentials,dist/nodes'
				? []
				: [`files is ${manifest.files?.join()}`]),
			...addresses(manifest),
		];
	},
};
