import { readFileSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../sandbox/n8n/paths.mts';
import { problemsOfTemplate, problemsOfTemplates } from '../../scripts/templates/files.mts';
import type { Template, TemplateNode } from '../../scripts/templates/template.mts';

const EXAMPLES = join(projectRoot, 'examples');
const TEMPLATES = join(EXAMPLES, 'templates');
const FILES = readdirSync(TEMPLATES);
const read = (path: string) =>
	JSON.parse(readFileSync(path, 'utf8')) as Template & { connections: object; settings: object };
const isNote = ({ type }: TemplateNode) => type.endsWith('.stickyNote');

it('three templates have the form', async () => {
	expect(FILES).toHaveLength(3);
	expect(await problemsOfTemplates(projectRoot)).toEqual([]);
});

it.each([
	['request-exams-for-google-sheets-rows.json', '23-google-sheets-bookings.json'],
	['list-patients-on-hold-in-google-sheets.json', '28-google-sheets-hold-list.json'],
])('%s has the nodes of %s, apart from the notes', (template, recipe) => {
	const [one, other] = [read(join(TEMPLATES, template)), read(join(EXAMPLES, recipe))];
	const steps = ({ nodes }: Template) => nodes.filter((node) => !isNote(node));
	expect(steps(one)).toEqual(steps(other));
	expect([one.connections, one.settings]).toEqual([other.connections, other.settings]);
});

describe('a template is refused', () => {
	const good = (): Template => read(join(TEMPLATES, 'send-exam-results-to-hubspot-and-slack.json'));
	const nodeOf = (template: Template, type: string): TemplateNode =>
		template.nodes.find((node) => node.type.endsWith(type))!;
	const yellow = (template: Template) =>
		template.nodes.find(({ parameters }) => parameters.color === 1)!;
	const say = (change: (text: string) => string) => (template: Template) => {
		const { parameters } = yellow(template);
		parameters.content = change(String(parameters.content));
	};
	const neutral = (template: Template) =>
		template.nodes.filter(({ parameters }) => parameters.color === 7);

	const BREACHES: Array<[what: string, change: (template: Template) => void, problem: RegExp]> = [
		[
			'without a verb',
			(one) => (one.name = 'Exam results to HubSpot and Slack'),
			/start with a verb/,
		],
		['without a place', (one) => (one.name = 'Send Spakinect HubSpot Slack'), /say where/],
		['with a long title', (one) => (one.name += ' and more'.repeat(6)), /longer/],
		['with the number of a recipe', (one) => (one.name = `Send 02: ${one.name}`), /number/],
		['whose title leaves a system out', (one) => (one.name = 'Send results to Slack'), /HubSpot/],
		['without a yellow note', (one) => (yellow(one).parameters.color = 7), /0 yellow notes/],
		['with two yellow notes', (one) => (neutral(one)[0]!.parameters.color = 1), /2 yellow notes/],
		[
			'with a note that has no color, so is yellow',
			(one) => delete neutral(one)[0]!.parameters.color,
			/2 yellow notes/,
		],
		['with a red note', (one) => (neutral(one)[0]!.parameters.color = 3), /neither yellow nor/],
		[
			"without 'Who it's for'",
			say((text) => text.replace("Who it's for", 'About')),
			/Who it's for/,
		],
		[
			"without 'How it works'",
			say((text) => text.replace('How it works', 'About')),
			/How it works/,
		],
		["without 'Set up'", say((text) => text.replace('### Set up', '')), /Set up/],
		['without requirements', say((text) => text.replace('### Requirements', '')), /Requirements/],
		[
			'without the self-hosted notice',
			say((text) => text.replace(/self-hosted/gi, '')),
			/self-hosted/,
		],
		[
			'without the community node',
			say((text) => text.replace(/community node/gi, '')),
			/community/,
		],
		['without the package', say((text) => text.replace('n8n-nodes-spakinect', '')), /package/],
		['with a short description', say((text) => text.slice(0, 200)), /words/],
		[
			'with a step on no note',
			(one) => (nodeOf(one, '.slack').position = [3000, 0]),
			/stands behind/,
		],
		[
			'with a note without heading',
			(one) => (neutral(one)[0]!.parameters.content = 'One'),
			/heading/,
		],
		[
			'with notes on each other',
			(one) => (neutral(one)[0]!.position = neutral(one)[1]!.position),
			/overlaps/,
		],
		[
			'with a credential',
			(one) => Object.assign(nodeOf(one, '.slack'), { credentials: {} }),
			/credentials/,
		],
		[
			'with a webhook ID',
			(one) => Object.assign(nodeOf(one, 'Trigger'), { webhookId: 'a' }),
			/webhookId/,
		],
		['with pinned data', (one) => (one.pinData = {}), /pinned/],
		[
			'with a location of its own',
			(one) => (nodeOf(one, 'Trigger').parameters.locationIds = ['jkA6SQCtwZhRNpOFj0ZN']),
			/locationIds/,
		],
		[
			'with a chosen channel',
			(one) =>
				(nodeOf(one, '.slack').parameters.channelId = { __rl: true, mode: 'id', value: 'C0123' }),
			/channelId = C0123/,
		],
		[
			'with a node that n8n named',
			(one) => (nodeOf(one, '.slack').name = 'Slack1'),
			/name that n8n/,
		],
		[
			'with a phone number',
			(one) => (nodeOf(one, '.slack').parameters.text = '+12025550187'),
			/number/,
		],
		[
			'with an email',
			(one) => (nodeOf(one, '.slack').parameters.text = 'a@spa.example'),
			/address/,
		],
		['with a URL', (one) => (nodeOf(one, '.slack').parameters.text = 'http://spa.example'), /URL/],
		['with JavaScript', (one) => (nodeOf(one, '.if').type = 'n8n-nodes-base.code'), /JavaScript/],
	];

	it.each(BREACHES)('%s', (_, change, problem) => {
		const template = good();
		expect(problemsOfTemplate(template)).toEqual([]);
		change(template);
		expect(problemsOfTemplate(template).join('\n')).toMatch(problem);
	});

	it('by file, also if there is no folder', async () => {
		const root = await mkdtemp(join(tmpdir(), 'spakinect-templates-'));
		try {
			expect(await problemsOfTemplates(root)).toHaveLength(1);
			await mkdir(join(root, 'examples', 'templates'), { recursive: true });
			const broken = { ...good(), name: 'Results' };
			await writeFile(join(root, 'examples', 'templates', 'a.json'), JSON.stringify(broken));
			expect(await problemsOfTemplates(root)).toContainEqual(expect.stringMatching(/^a\.json: /));
		} finally {
			await rm(root, { recursive: true, force: true });
		}
	});
});
