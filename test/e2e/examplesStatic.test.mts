import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Spakinect } from '../../nodes/Spakinect/Spakinect.node';
import { SpakinectPollingTrigger } from '../../nodes/Spakinect/SpakinectPollingTrigger.node';
import { SpakinectTrigger } from '../../nodes/Spakinect/SpakinectTrigger.node';
import type { WorkflowNode } from '../../sandbox/n8n/client.mts';
import { installN8n } from '../../sandbox/n8n/install.mts';
import { installFolder, projectRoot } from '../../sandbox/n8n/paths.mts';
import { EXAMPLES, readExample } from './support/examples.mts';
import { problemsOf, type NodeType } from './support/examplesParameters.mts';
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
const creates = (node: WorkflowNode) => node.parameters.operation === 'create';

it('each recipe has its row and its section in docs/examples.md, under its number', () => {
	const document = readFileSync(join(projectRoot, 'docs', 'examples.md'), 'utf8');
	const listed = (pattern: RegExp) => [...document.matchAll(pattern)].map(([, found]) => found);
	const recipes = EXAMPLES.filter((file) => !file.startsWith('00'));
	expect(listed(/^\| \[.*?\]\(\.\.\/examples\/(\S+)\)/gm)).toEqual(recipes);
	expect(listed(/^## (\d\d) /gm)).toEqual([...new Set(recipes.map((file) => file.slice(0, 2)))]);
});

describe.each(EXAMPLES)('%s', (file) => {
	const { nodes, connections } = readExample(file);
	const text = readFileSync(join(projectRoot, 'examples', file), 'utf8');
	const real = nodes.filter(({ type }) => !type.endsWith('.stickyNote'));

	it('is made of n8n’s own nodes and ours, with parameters that they have', () => {
		const problems = real.flatMap((node) => problemsOf(node, types.get(node.type)));
		expect(problems).toEqual([]);
	});

	it('explains itself in notes', () => {
		const notes = ofNode(nodes, 'stickyNote').map(({ parameters }) => String(parameters.content));
		expect(notes.length).toBeGreaterThanOrEqual(file.startsWith('00') ? 1 : 3);
		for (const note of notes) expect(note).toMatch(/^## (What|Fill in)[\s\S]{150,}/);
	});

	it('names no credential, no secret and no machine', () => {
		for (const node of nodes) expect(node).not.toHaveProperty('credentials');
		expect(text).not.toMatch(
			/webhookId|pinData|console\.|api[_-]?key"|test-key|bearer (?!auth\b)/i,
		);
		expect(text).not.toMatch(/127\.0\.0\.1|localhost|\/home\/|\/root\/|\/tmp\/|loc_/);
		const hosts = [...text.matchAll(/https?:\/\/([^/"'\s`)]+)/g)].map(([, host]) => host);
		expect(new Set([...hosts, 'crm.example.com'])).toEqual(new Set(['crm.example.com']));
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
			const reached = isStart(node) || targets.includes(node.name) || node.name in connections;
			expect([node.name, reached]).toEqual([node.name, true]);
		}
		for (const [, name] of text.matchAll(/\$\('((?:[^'\\]|\\\\')+)'\)/g)) {
			expect(names).toContain(name!.replaceAll("\\\\'", "'"));
		}
	});

	it('cannot contact a patient twice by itself', () => {
		for (const node of real.filter((one) => one.type.startsWith('n8n-nodes-spakinect.'))) {
			const options = (node.parameters.options ?? {}) as Record<string, unknown>;
			if (creates(node)) {
				expect(options.onExisting).toBe('return');
				expect(node.retryOnFail).toBe(false);
			}
			if (node.parameters.operation === 'cancel') expect(options.ifNotCancellable).toBe('continue');
			if (/Trigger$/.test(node.type)) {
				const [next] = connections[node.name]!.main!.flat();
				expect(ofNode(nodes, 'removeDuplicates').map(({ name }) => name)).toContain(next!.node);
			}
		}
	});

	it('tells staff IDs only', () => {
		for (const task of real.filter(({ name }) => name === 'Tell staff')) {
			expect(task.parameters.jsonBody).toBe(
				'={{ { text: $json.text, booking_id: $json.booking_id ?? null, gfe_id: $json.gfe_id ?? null } }}',
			);
		}
	});
});
