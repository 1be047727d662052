import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';
import { RESOURCES } from '../../nodes/Spakinect/actions/registry';
import { Spakinect } from '../../nodes/Spakinect/Spakinect.node';
import { SpakinectPollingTrigger } from '../../nodes/Spakinect/SpakinectPollingTrigger.node';
import { SpakinectTrigger } from '../../nodes/Spakinect/SpakinectTrigger.node';
import { installN8n } from '../../sandbox/n8n/install.mts';
import { installFolder, projectRoot } from '../../sandbox/n8n/paths.mts';
import { BOOT_MS } from './support/world.mts';

const NODE = 'n8n-nodes-spakinect.spakinect';
const TRIGGER = 'n8n-nodes-spakinect.spakinectTrigger';
const POLLING = 'n8n-nodes-spakinect.spakinectPollingTrigger';

interface Entry {
	key: string;
	properties: INodeTypeDescription;
}
/** n8n's own modules, of the pinned install. */
interface NodeCreatorSearch {
	sublimeSearch(text: string, entries: Entry[]): Array<{ item: Entry }>;
}
interface BuilderSearch {
	NodeTypeParser: new (types: INodeTypeDescription[]) => object;
	searchCodeBuilderNodes(parser: object, queries: string[]): { results: string };
}

/** Every node of n8n and ours, under its full name, with its codex. */
let types: INodeTypeDescription[];
let creator: NodeCreatorSearch;
let builder: BuilderSearch;

const ours = (Type: new () => { description: INodeTypeDescription }): INodeTypeDescription => {
	const codexFile = join(projectRoot, 'nodes', 'Spakinect', `${Type.name}.node.json`);
	const codex = JSON.parse(readFileSync(codexFile, 'utf8')) as INodeTypeDescription['codex'];
	const { description } = new Type();
	return { ...description, name: `n8n-nodes-spakinect.${description.name}`, codex };
};

beforeAll(async () => {
	await installN8n(() => undefined);
	const modules = join(installFolder(), 'node_modules');
	const theirs = ['n8n-nodes-base', '@n8n/n8n-nodes-langchain'].flatMap((pack) => {
		const file = join(modules, pack, 'dist', 'types', 'nodes.json');
		const list = JSON.parse(readFileSync(file, 'utf8')) as INodeTypeDescription[];
		return list.map((type) => ({ ...type, name: `${pack}.${type.name}` }));
	});
	types = [...theirs, ours(Spakinect), ours(SpakinectTrigger), ours(SpakinectPollingTrigger)];
	const load = createRequire(join(modules, 'n8n', 'package.json'));
	creator = load('@n8n/utils/search/sublime-search') as NodeCreatorSearch;
	builder = load('@n8n/ai-utilities/node-catalog') as BuilderSearch;
}, BOOT_MS * 4);

/** The nodes that a text finds, best first. A node of several versions counts once. */
const found = (text: string): string[] => {
	const entries = types.map((properties) => ({ key: properties.name, properties }));
	const names = creator.sublimeSearch(text, entries).map(({ item }) => item.key);
	return [...new Set(names)];
};

const EXAMS = ['exam', 'GFE', 'good faith exam', 'telehealth exam'];
const each = (verbs: string[], nouns: string[]) =>
	verbs.flatMap((verb) => nouns.map((noun) => `${verb} ${noun}`));

describe('the node creator finds the node by what people at a spa type', () => {
	it.each([
		...[...EXAMS.slice(1), 'spakinect', 'medspa', 'med spa', 'medical spa', 'telemedicine'],
		...each(['patient', 'treatment', 'medical', 'check', 'check patient', 'GFE'], ['clearance']),
		...each(['book', 'schedule', 'request', 'reschedule', 'cancel'], EXAMS),
		...each(
			['patient', 'medspa', 'med spa', 'virtual', 'online', 'in-person', 'walk-in'],
			['exam'],
		),
		...each(['exam', 'GFE', 'good faith exam'], ['results', 'PDF', 'approval', 'booking']),
		...each(['expiring', 'expired', 'renew'], ['exam', 'GFE', 'good faith exam']),
		...['exam reminder', 'patient cleared', 'provider approval'],
	])('%s', (text) => {
		expect(found(text).slice(0, 5)).toContain(NODE);
	});

	const visits = RESOURCES.filter(({ value }) => value.endsWith('Visit'));
	const writes = visits.flatMap(({ operations }) => operations.filter((one) => one.writes));
	it.each([...new Set(writes.map(({ name }) => name))])('%s, with what it is done to', (name) => {
		for (const noun of EXAMS) expect(found(`${name} ${noun}`).slice(0, 5)).toContain(NODE);
	});

	it('and does not push itself into searches for something else', () => {
		for (const text of ['slack', 'if', 'webhook', 'google', 'email', 'calendar', 'schedule']) {
			expect([text, ...found(text).slice(0, 3)]).not.toContain(NODE);
		}
	});
});

describe('the triggers are found among the triggers', () => {
	it.each([
		...['good faith exam', 'GFE', 'exam completed', 'GFE completed', 'exam results', 'telehealth'],
		...['exam approved', 'exam finished', 'patient cleared', 'medspa', 'med spa'],
	])('%s', (text) => {
		const triggers = found(text).filter((name) => /trigger$/i.test(name));
		expect(triggers.slice(0, 4)).toEqual(expect.arrayContaining([TRIGGER, POLLING]));
	});
});

describe("n8n's AI builder, when it searches", () => {
	const search = (...queries: string[]) => {
		const { results } = builder.searchCodeBuilderNodes(new builder.NodeTypeParser(types), queries);
		return results;
	};
	/** What it reads of one node. */
	const entryOf = (results: string, name: string) =>
		new RegExp(`^- ${name.replace('.', '\\.')}(?: |$)[\\s\\S]*?(?=^- |(?![\\s\\S]))`, 'm').exec(
			results,
		)?.[0] ?? '';

	// Not "good faith exam": n8n searches word by word, and for "good" it prefers seven nodes of Google.
	it.each(['spakinect', 'gfe', 'patient clearance', 'telehealth exam', 'med spa exam booking'])(
		'%s: finds the node',
		(query) => expect(entryOf(search(query), NODE)).not.toBe(''),
	);

	it('reads what the node and each operation do', () => {
		const entry = entryOf(search('telehealth exam'), NODE);
		expect(entry).toMatch(/emails and texts the patient on every run/);
		for (const { value, operations } of RESOURCES) {
			for (const operation of operations) {
				const part = new RegExp(`- ${value}:[\\s\\S]*?- ${operation.value}\\n(.*\\n.*)`).exec(
					entry,
				);
				expect([value, operation.value, part?.[1]]).toEqual([
					...[value, operation.value],
					expect.stringMatching(operation.writes ? /Changes data/ : /Reads only/),
				]);
			}
		}
	});

	it('is pointed to the nodes that go with it', () => {
		expect(entryOf(search('telehealth exam'), NODE)).toContain(TRIGGER);
		expect(entryOf(search('spakinect trigger'), TRIGGER)).toContain('removeDuplicates');
	});
});
