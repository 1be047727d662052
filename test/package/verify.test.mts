import { cp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packProject } from '../../sandbox/n8n/pack.mts';
import { projectRoot } from '../../sandbox/n8n/paths.mts';
import { packageJson } from '../../scripts/verify/manifest.mts';
import { credentialChoice, hardcodedIds, panel } from '../../scripts/verify/panel.mts';
import { recipes } from '../../scripts/verify/recipes.mts';
import { findingsOf } from '../../scripts/verify/scan.mts';
import {
	openSubject,
	readSubject,
	type Check,
	type Subject,
} from '../../scripts/verify/subject.mts';
import { contents, entries, noDisables, size } from '../../scripts/verify/tarball.mts';
import { changeFile, copyOfCheckout } from './support/checkout.mts';

jest.setTimeout(400_000);

const BUILT = 'dist/nodes/Spakinect';
const NODE = `${BUILT}/Spakinect.node`;

let original: Awaited<ReturnType<typeof openSubject>>;
let folder: string;
let subject: Subject;

beforeAll(async () => {
	original = await openSubject(projectRoot, await packProject());
});
afterAll(() => original.close());

beforeEach(async () => {
	folder = await copyOfCheckout();
	await cp(original.subject.packed, join(folder, 'package'), { recursive: true });
	subject = await readSubject(folder, join(folder, 'package'), 50_000);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const change = (path: string, from: string | RegExp, to: string) =>
	changeFile(join(folder, path), from, to);
const write = (path: string, text: string) => writeFile(join(folder, path), text);
const manifest = (changes: object) => {
	subject.manifest = { ...subject.manifest, ...changes };
	return Promise.resolve();
};

const NO_OP = { name: 'Wait', type: 'n8n-nodes-base.noOp', parameters: {} };

const BREAKS: Array<[Check, string, () => Promise<unknown>, RegExp]> = [
	[size, 'a large tarball', async () => (subject.bytes = 120_001), /120001 bytes, 1 too many/],
	[contents, 'a source map', async () => subject.files.push(`${NODE}.js.map`), /node\.js\.map/],
	[contents, 'no license', async () => (subject.files = ['package.json']), /LICENSE is missing/],
	[entries, 'a missing node', async () => (subject.files = []), /Trigger\.node\.js, which is not/],
	[
		entries,
		'a node that is not listed',
		() => write('nodes/Spakinect/More.node.ts', ''),
		/^nodes\/Spakinect\/More\.node\.ts is not listed/,
	],
	[
		noDisables,
		'a rule turned off in a comment',
		() => change('nodes/Spakinect/domain/json.ts', '\n', '\n// eslint-disable-next-line\n'),
		/^nodes\/Spakinect\/domain\/json\.ts:2 /,
	],
	[packageJson, 'a dependency', () => manifest({ dependencies: { a: '1' } }), /^dependencies is/],
	[packageJson, 'no bug address', () => manifest({ bugs: undefined }), /^bugs\.url is not https/],
	[packageJson, 'an install script', () => manifest({ scripts: { prepare: 'x' } }), /s\.prepare/],
	[packageJson, 'another license', () => manifest({ license: 'ISC' }), /^license is ISC/],
	[
		panel,
		'a long hint',
		() => change(`package/${BUILT}/actions/fields.js`, "hint: '", `hint: '${'x'.repeat(120)}`),
		/treatments: the hint has [12]\d\d characters/,
	],
	[
		panel,
		'an operation without a description',
		() =>
			change(
				`package/${BUILT}/actions/atHomeVisit/cancel.operation.js`,
				/(action: 'Cancel an at-home visit',)\s*description: ['"].*['"],/,
				'$1',
			),
		/operation "Cancel" has no description/,
	],
	[
		credentialChoice,
		'two credentials at once',
		() =>
			change(
				`package/${BUILT}/shared/authentication.js`,
				"authentication: ['client'] }",
				"authentication: ['client', 'emr'] }",
			),
		/Spakinect\.node\.js: more than one credential/,
	],
	[
		hardcodedIds,
		'an account id',
		() => change('nodes/Spakinect/domain/json.ts', '\n', "\nconst accountId = '4711';\n"),
		/^nodes\/Spakinect\/domain\/json\.ts:2 /,
	],
	[
		recipes,
		'an example with eleven nodes',
		() => write('examples/99-long.json', JSON.stringify({ nodes: Array(11).fill(NO_OP) })),
		/^99-long\.json has 11 nodes/,
	],
];

describe('the checks of npm run verify', () => {
	it.each(BREAKS.map(([check, ...rest]) => [check.name, ...rest, check] as const))(
		'%s finds %s',
		async (_name, _what, breakIt, expected, check) => {
			await breakIt();
			expect((await check.run(subject)).join('\n')).toMatch(new RegExp(expected.source, 'm'));
		},
	);

	it('finds nothing in a package that is as it should be', async () => {
		const checks = BREAKS.map(([check]) => check);
		for (const check of checks)
			expect({ name: check.name, found: await check.run(subject) }).toEqual({
				name: check.name,
				found: [],
			});
	});

	it.each([
		[{ passed: true }, []],
		[{ passed: true, message: 'No files found to analyze' }, ['No files found to analyze']],
		[
			{ passed: false, message: 'bad', details: '\nx.ts\n  1:1 error\n' },
			['bad', 'x.ts', '  1:1 error'],
		],
	])('reads %j as the scanner’s verdict', (verdict, findings) => {
		expect(findingsOf(verdict)).toEqual(findings);
	});
});
