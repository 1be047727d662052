import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../sandbox/n8n/paths.mts';
import { readDocument } from './markdown.mts';

const SYSTEMS = [
	'Acuity',
	'Aesthetic Record',
	'AestheticsPro',
	'Airtable',
	'Boulevard',
	'Calendly',
	'Excel 365',
	'Google Drive',
	'Google Sheets',
	'HighLevel',
	'HubSpot',
	'Jane',
	'Keap',
	'Mindbody',
	'PatientNow',
	'PostgreSQL',
	'Salesforce',
	'Slack',
	'Square',
	'Symplast',
	'Twilio',
	'Vagaro',
	'Zenoti',
	'Zoho',
];

/** The cells of each row, without headers and rules. */
const rows = readDocument('docs/integrations.md')
	.split('\n')
	.filter((line) => /^\| (?!System\b|-)/.test(line))
	.map((line) =>
		line
			.slice(1, -1)
			.split('|')
			.map((cell) => cell.trim()),
	);

describe('docs/integrations.md', () => {
	it('has one row for each system', () => {
		expect(rows.map(([system]) => system).sort()).toEqual(SYSTEMS);
	});

	it.each(rows.map((cells) => [cells[0]!, cells] as const))(
		'%s: every cell is filled, says whether it was run, and names a public source',
		(_system, cells) => {
			expect(cells.filter((cell) => cell === '')).toEqual([]);
			expect(['`run in tests`', '`read only`']).toContain(cells.at(-2));
			expect(cells.at(-1)).toMatch(/\[[^\]]+\]\(https?:\/\/[^)\s]+\)/);
		},
	);

	/** The examples that a row tells to start from, e.g. `23-google-sheets-bookings.json`. */
	const startsFrom = (cells: string[]): string[] =>
		[...cells.at(-3)!.matchAll(/\(\.\.\/examples\/([^)]+)\)/g)].map(([, file]) => file!);

	it.each(rows.map((cells) => [cells[0]!, cells] as const))(
		'%s: links the example to start from, or says that there is none',
		(_system, cells) => {
			const folder = readdirSync(join(projectRoot, 'examples'));
			const noWayOut = /\(#if-your-system-has-no-way-out\)/.test(cells.at(-3)!);
			const files = startsFrom(cells);
			expect(files.length > 0).toBe(!noWayOut);
			for (const file of files) expect(folder).toContain(file);
		},
	);

	/** The node of a system, as a workflow names it. */
	const NODES: Record<string, RegExp> = {
		Calendly: /n8n-nodes-base\.calendlyTrigger"/,
		'Google Drive': /n8n-nodes-base\.googleDrive"/,
		'Google Sheets': /n8n-nodes-base\.googleSheets"/,
		HighLevel: /"highLevelOAuth2Api"|spakinect-highlevel-booking/,
		HubSpot: /n8n-nodes-base\.hubspot"/,
		PostgreSQL: /n8n-nodes-base\.postgres"/,
		Slack: /n8n-nodes-base\.slack"/,
		Twilio: /n8n-nodes-base\.twilio"/,
	};

	it('says `run in tests` for those systems whose node is in an example', () => {
		const run = rows.filter((cells) => cells.at(-2) === '`run in tests`');
		expect(run.map(([system]) => system).sort()).toEqual(Object.keys(NODES).sort());
	});

	it.each(Object.entries(NODES))('%s: the example has its node', (system, node) => {
		const files = startsFrom(rows.find(([name]) => name === system)!);
		const texts = files.map((file) => readFileSync(join(projectRoot, 'examples', file), 'utf8'));
		expect(texts.some((text) => node.test(text))).toBe(true);
	});
});
