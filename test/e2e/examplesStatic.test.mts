import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Spakinect } from '../../nodes/Spakinect/Spakinect.node';
import { SpakinectPollingTrigger } from '../../nodes/Spakinect/SpakinectPollingTrigger.node';
import { SpakinectTrigger } from '../../nodes/Spakinect/SpakinectTrigger.node';
import type { WorkflowNode } from '../../sandbox/n8n/client.mts';
import { installN8n } from '../../sandbox/n8n/install.mts';
import { installFolder, projectRoot } from '../../sandbox/n8n/paths.mts';
import { problemsOf, type NodeType } from './support/examplesParameters.mts';
import { boldProblems, sentenceProblems } from './support/examplesNotes.mts';
import { wordsProblems } from './support/examplesWords.mts';
import { readRecipe, RECIPES } from './support/recipeFile.mts';
import { node as newNode } from './support/workflows.mts';
import { BOOT_MS } from './support/world.mts';

/** Every node type by its full name, as n8n 2.41.1 and this package describe it. */
const types = new Map<string, NodeType[]>();
const add = (name: string, type: NodeType) => types.set(name, [...(types.get(name) ?? []), type]);

beforeAll(async () => {
	await installN8n(() => undefined);
	for (const pack of ['n8n-nodes-base', '@n8n/n8n-nodes-langchain']) {
		const file = join(installFolder(), 'node_modules', pack, 'dist', 'types', 'nodes.json');
		for (const type of JSON.parse(readFileSync(file, 'utf8')) as Array<NodeType>) {
			add(`${pack}.${type.name}`, type);
			// n8n makes this one itself, of each node that can ask a person and wait.
			if (type.name === 'chat') add(`${pack}.chatHitlTool`, type);
		}
	}
	for (const { description } of [
		new Spakinect(),
		new SpakinectTrigger(),
		new SpakinectPollingTrigger(),
	]) {
		add(`n8n-nodes-spakinect.${description.name}`, description as NodeType);
		add(`n8n-nodes-spakinect.${description.name}Tool`, description as NodeType);
	}
}, BOOT_MS * 4);

const ofNode = (nodes: WorkflowNode[], type: string) =>
	nodes.filter((node) => node.type === `n8n-nodes-base.${type}`);
/** Operations that contact the patient. */
const contacts = ({ parameters }: WorkflowNode) =>
	['create', 'reschedule'].includes(String(parameters.operation));
/** Whether an event that comes twice does no harm behind this node: it drops it, or writes the same row again. */
const takesRepeats = ({ type, parameters }: WorkflowNode) =>
	type.endsWith('.removeDuplicates') ||
	(type.endsWith('.dataTable') && parameters.operation === 'upsert');
/** Addresses that n8n's own nodes do not know. */
const HOSTS = ['services.leadconnectorhq.com'];

it('each recipe has its row and its section in docs/examples.md, under its number', () => {
	const document = readFileSync(join(projectRoot, 'docs', 'examples.md'), 'utf8');
	const listed = (pattern: RegExp) => [...document.matchAll(pattern)].map(([, found]) => found);
	const recipes = RECIPES.filter((file) => !file.startsWith('00'));
	expect(listed(/^\| \[.*?\]\(\.\.\/examples\/(\S+)\)/gm)).toEqual(recipes);
	expect(listed(/^## (\d\d) /gm)).toEqual([...new Set(recipes.map((file) => file.slice(0, 2)))]);
});

it.each(RECIPES.filter((file) => file.startsWith('2')))(
	'%s says which key it needs, as the table does',
	(file) => {
		const document = readFileSync(join(projectRoot, 'docs', 'examples.md'), 'utf8');
		const key = document.split(`(../examples/${file})`)[1]!.split('|')[1]!.trim();
		const notes = ofNode(readRecipe(file).nodes, 'stickyNote').map(({ parameters }) => parameters);
		expect(JSON.stringify(notes)).toMatch(key === 'EMR' ? /You need an EMR key/ : /Client key: /);
	},
);

describe.each(RECIPES)('%s', (file) => {
	const { nodes, connections } = readRecipe(file);
	const text = readFileSync(join(projectRoot, 'examples', file), 'utf8');
	const real = nodes.filter(({ type }) => !type.endsWith('.stickyNote'));

	it('is made of n8n’s own nodes and ours, with parameters that they have', () => {
		const problems = real.flatMap((node) => problemsOf(node, types.get(node.type)));
		expect(problems).toEqual([]);
	});

	it('explains itself in notes', () => {
		const notes = ofNode(nodes, 'stickyNote').map(({ parameters }) => String(parameters.content));
		expect(notes.length).toBeGreaterThanOrEqual(file === '00-create-tables.json' ? 1 : 3);
		for (const note of notes) expect(note).toMatch(/^## (What|Fill in)[\s\S]{150,}/);
		if (file.startsWith('00')) return;
		const fillIn = notes.find((note) => note.startsWith('## Fill in'));
		expect(fillIn).toContain(
			'\n- Under **… > Settings**, choose **00 Tell staff** as **Error workflow**.',
		);
		for (const node of real.filter(({ type }) => /\.(spakinect|slack|hubspot)/.test(type))) {
			expect(notes.join('\n')).toContain(`**${node.name}**`);
		}
	});

	it('names in its notes only what is there', () => {
		const descriptions = real.flatMap(({ type }) => types.get(type)!);
		expect(boldProblems(nodes, descriptions)).toEqual([]);
	});

	it('decides by fields, never by a sentence that is for people', () => {
		expect(sentenceProblems(nodes)).toEqual([]);
	});

	it('names no credential, no secret and no machine', () => {
		for (const node of nodes) expect(node).not.toHaveProperty('credentials');
		expect(text).not.toMatch(
			/webhookId|pinData|console\.|api[_-]?key"|test-key|bearer (?!auth\b)/i,
		);
		expect(text).not.toMatch(/127\.0\.0\.1|localhost|\/home\/|\/root\/|\/tmp\/|loc_/);
		const hosts = [...text.matchAll(/https?:\/\/([^/"'\s`)]+)/g)].map(([, host]) => host);
		expect(hosts.filter((host) => !HOSTS.includes(host!))).toEqual([]);
	});

	it('is connected: every node can be reached, every connection leads somewhere', () => {
		const names = new Set(real.map(({ name }) => name));
		expect(names.size).toBe(real.length);
		const targets = Object.values(connections).flatMap((byType) =>
			Object.values(byType).flatMap((outputs) => outputs.flat().map(({ node }) => node)),
		);
		for (const name of [...Object.keys(connections), ...targets]) expect(names).toContain(name);
		const isStart = ({ type }: WorkflowNode) => /trigger$|\.webhook$/i.test(type);
		for (const node of real) {
			const feeds = Object.keys(connections[node.name] ?? {}).some((kind) =>
				kind.startsWith('ai_'),
			);
			const reached = isStart(node) || targets.includes(node.name) || feeds;
			expect([node.name, reached]).toEqual([node.name, true]);
		}
		for (const [, name] of text.matchAll(/\$\('((?:[^'\\]|\\\\')+)'\)/g)) {
			expect(names).toContain(name!.replaceAll("\\\\'", "'"));
		}
	});

	it('cannot contact a patient twice by itself', () => {
		for (const node of real.filter((one) => one.type.startsWith('n8n-nodes-spakinect.'))) {
			const options = (node.parameters.options ?? {}) as Record<string, unknown>;
			if (contacts(node)) {
				expect([node.parameters.onExisting, options.onExisting]).toEqual(['return', undefined]);
				expect(node.retryOnFail).toBe(false);
			}
			if (node.parameters.operation === 'cancel') expect(options.ifNotCancellable).toBe('continue');
			if (/Trigger$/.test(node.type)) {
				const [next] = connections[node.name]!.main!.flat();
				const behind = real.filter(({ name }) => name === next!.node);
				expect(behind.map((one) => [one.name, takesRepeats(one)])).toEqual([[next!.node, true]]);
			}
		}
	});

	// n8n drops a null that is no expression as soon as somebody opens the panel: test/browser/recipes.test.mts.
	it('empties a column by an expression', () => {
		const columns = real.map(
			({ parameters }) => parameters.columns as { value?: object } | undefined,
		);
		expect(columns.flatMap((one) => Object.values(one?.value ?? {}))).not.toContain(null);
	});

	it('tells staff fixed words, IDs, treatments, times and what the Spakinect nodes say', () => {
		expect(wordsProblems(nodes, connections)).toEqual([]);
	});
});

it('a note that names what is not there is found, and so is a decision by a sentence', () => {
	const note = (content: string) => newNode('Note', 'n8n-nodes-base.stickyNote', { content });
	const set = newNode('Line', 'n8n-nodes-base.set', {
		assignments: { assignments: [{ name: 'line', value: '={{ $json.summary }}' }] },
	});
	const found = boldProblems([note('- **Lines**: the **Line**, **Values**.'), set], []);
	expect(found).toEqual(['Lines', 'Values']);
	const guards = note('## What it guards against\n\n- **Lines**: the **Line**.');
	expect(boldProblems([guards, set], [])).toEqual([]);
	const filter = (leftValue: string) =>
		newNode('Today', 'n8n-nodes-base.filter', { conditions: { conditions: [{ leftValue }] } });
	expect(sentenceProblems([set, filter('={{ $json.line }}')])).toEqual(['Today: line']);
	expect(sentenceProblems([set, filter('={{ $json.summary }}')])).toEqual(['Today: summary']);
	expect(sentenceProblems([set, filter('={{ $json.cleared }}')])).toEqual([]);
});

it.each([
	['the patient', '={{ $json.patient_details.first_name }}', 'Get'],
	['another name', '={{ $json.name }}', 'Get'],
	['the error of another system', '={{ $json.error }}', 'CRM'],
	['a changed field', '={{ $json.summary + $json.email }}', 'Get'],
])('a message to staff with %s is found', (_what, text, from) => {
	const onError = 'continueErrorOutput';
	const nodes = [
		newNode('Get', 'n8n-nodes-spakinect.spakinect', {}, { onError }),
		newNode('CRM', 'n8n-nodes-base.hubspot', {}, { onError }),
		newNode('Tell staff', 'n8n-nodes-base.slack', { text }),
	];
	const connections = {
		[from]: { main: [[], [{ node: 'Tell staff', type: 'main' as const, index: 0 }]] },
	};
	expect(wordsProblems(nodes, connections)).toHaveLength(1);
	nodes[2]!.parameters.text = '=GFE {{ $json.gfe_id }}: {{ $json.error }}';
	expect(wordsProblems(nodes, { Get: connections[from]! })).toEqual([]);
});
